"""Cases about boxes and invites: TV-4 and TV-16, links, cards, the profile of somebody who asks."""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from holdspace.sealing import box, history, invite, keys, vouching
from holdspace.sealing.codec import to_padded_json, u32
from holdspace.sealing.primitives import label
from tests.vectors import reference_hpke
from tests.vectors.accounts import Case, Cases
from tests.vectors.stream import Stream

SMALL_X25519 = "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"


def box_cases() -> Cases:
    """TV-4, each purpose there is; `ephemeral` lets a twin make the very same box."""
    cases: Cases = {name: _box_case(name, *each) for name, each in _boxes().items()}
    good = {name: cases["epoch"][name] for name in ("purpose", "context", "x", "x_pub", "box")}
    sealed = cases["epoch"]["box"]
    stream = Stream("other boxes")
    stranger = keys.group_keys(stream.take(32), stream.id(), 1)
    return cases | {
        "another key": good | {"x": stranger.x, "x_pub": stranger.x_pub, "code": "damaged"},
        "another purpose": good | {"purpose": box.FKEY, "code": "damaged"},
        "purpose byte changed": good
        | {"box": sealed[:4] + b"\x02" + sealed[5:], "purpose": 2, "code": "damaged"},
        "another context": good | {"context": stream.take(32), "code": "damaged"},
        "flipped": good | {"box": sealed[:-1] + bytes([sealed[-1] ^ 1]), "code": "damaged"},
        "enc of small order": good
        | {"box": sealed[:6] + bytes.fromhex(SMALL_X25519) + sealed[38:], "code": "damaged"},
        "cut": good | {"box": sealed[:53], "code": "format"},
        "reserved byte": good | {"box": sealed[:5] + b"\x01" + sealed[6:], "code": "format"},
        "newer suite": good | {"box": sealed[:3] + b"\x02" + sealed[4:], "code": "version"},
        "unknown purpose": good | {"box": sealed[:4] + b"\x0a" + sealed[5:], "code": "version"},
    }


def small_order_cases() -> Cases:
    """Keys nobody can seal to; with and without the top bit, which X25519 ignores."""
    p = 2**255 - 19
    points = [n.to_bytes(32, "little") for n in (0, 1, p - 1, p, p + 1)]
    points += [bytes.fromhex(SMALL_X25519)]
    points += [bytes.fromhex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")]
    points += [point[:31] + bytes([point[31] | 0x80]) for point in points]
    return {point.hex(): {"x_pub": point, "code": "bad-public-key"} for point in points}


def _boxes() -> dict[str, tuple[int, bytes, bytes]]:
    stream = Stream("boxes")
    group, member, invite_id, es, fkey = (stream.take(size) for size in (16, 16, 16, 32, 32))
    notice = {"v": 1, "t": "Please talk to me before you come back.", "g": "Night walkers", "by": "Ben"}
    return {
        "epoch": (box.EPOCH, box.epoch_context(group, 3, member, 1), es),
        "fkey": (box.FKEY, box.fkey_context(group, 2, member, 1), fkey),
        "profile": (
            box.PROFILE,
            box.profile_context(group, 2, invite_id, member),
            to_padded_json({"v": 1, "n": "\u0623\u0645\u0627\u0631\u0627 \U0001f33b"}),
        ),
        "history": (box.HISTORY, history.history_context(group, member, 2, 7), u32(1) + es + u32(3) + fkey),
        "notice": (box.NOTICE, box.notice_context(group, member, 1, 9), to_padded_json(notice)),
    }


def _box_case(name: str, purpose: int, context: bytes, plain: bytes) -> Case:
    stream = Stream("box " + name)
    pairs = keys.group_keys(stream.take(32), context[:16], 1)
    ephemeral = stream.take(32)
    head = box.box_head(purpose)
    sealed = head + reference_hpke.seal(ephemeral, pairs.x_pub, label("box") + head + context, plain)
    enc = X25519PrivateKey.from_private_bytes(ephemeral).public_key().public_bytes_raw()
    made = {"ephemeral": ephemeral, "enc": enc, "plain": plain, "box": sealed}
    return {"purpose": purpose, "context": context, "x": pairs.x, "x_pub": pairs.x_pub, **made}


def link_cases() -> Cases:
    """A link, and what mail programs do to it."""
    stream = Stream("link")
    link = invite.Link(stream.id(), stream.id(), stream.id())
    fragment = link.fragment()
    made = {"invite_id": link.invite_id, "genesis16": link.genesis16, "secret": link.secret}
    seed = invite.invite_seed(link.secret, link.invite_id)
    public = invite.invite_public(link.secret, link.invite_id)
    damaged = {
        "cut": fragment[:-1],
        "longer": fragment + "A",
        "a sign changed": fragment[:9] + ("A" if fragment[9] != "A" else "B") + fragment[10:],
        "padded": fragment + "==",
        "no version": fragment[2:],
        "newer": "2." + fragment[2:],
        "empty": "",
    }
    bad: Cases = {name: {"fragment": text, "code": "invite-damaged"} for name, text in damaged.items()}
    good: Case = {"fragment": fragment, **made, "invite_seed": seed, "invite_public": public}
    return {"reads": good, "with the #": {"fragment": "#" + fragment, **made}, **bad}


def card_cases() -> Cases:
    """The card of an invite."""
    stream = Stream("card")
    link = invite.Link(stream.id(), stream.id(), stream.id())
    body = {
        "v": 1,
        "group": "pVgGOq_VdOH3_D9a1Ebjzg",
        "name": "Night walkers",
        "by": "Ben",
        "model": 2,
        "agreement": "What is said here stays here.",
        "fkey": "XGxv8MozfNurSHCMiui1c13IxpFexmFRFaiFnu5LPObW"[:43],
        "fgen": 1,
        "expires": 1790604800000,
    }
    nonce = stream.take(12)
    card = invite.seal_card(body, link, nonce=nonce)
    good: Case = {"card": card, "invite_id": link.invite_id, "secret": link.secret}
    return {
        "opens": good | {"nonce": nonce, "padded": to_padded_json(body), "body": body},
        "another secret": good | {"secret": stream.id(), "code": "damaged"},
        "another invite": good | {"invite_id": stream.id(), "code": "damaged"},
        "newer": good | {"card": b"HC\x02" + card[3:], "code": "version"},
        "cut": good | {"card": card[:100], "code": "format"},
    }


def join_cases() -> Cases:
    """TV-16: the record of a newcomer with both signatures."""
    stream = Stream("join")
    group, member, seed = stream.id(), stream.id(), stream.take(32)
    link = invite.Link(stream.id(), stream.id(), stream.id())
    pairs = keys.group_keys(seed, group, 1)
    asked = invite.ask_to_join(link, group, member, 1, pairs)
    given = {"group": group, "member_id": member, "gen": 1, "seed": seed, "fragment": link.fragment()}
    message = vouching.join_message(group, link.genesis16, asked.record)
    made = {"message": message, "record": asked.record.encode(), "self_sig": asked.self_sig}
    return {"asks": {**given, **made, "invite_public": invite.invite_public(link.secret, link.invite_id)}}


def request_cases() -> Cases:
    """What a request to join may look like before anybody asks the log."""
    good = join_cases()["asks"]
    record, self_sig = good["record"], good["self_sig"]
    small = bytes.fromhex(SMALL_X25519)
    return {
        "fine": {"record": record, "self_sig": self_sig},
        "cut": {"record": record[:-1], "self_sig": self_sig, "code": "format"},
        "short signature": {"record": record, "self_sig": self_sig[:-1], "code": "format"},
        "as facilitator": {
            "record": record[:84] + b"\x02" + record[85:],
            "self_sig": self_sig,
            "code": "format",
        },
        "nobody's id": {"record": bytes(16) + record[16:], "self_sig": self_sig, "code": "format"},
        "gen 0": {"record": record[:16] + bytes(4) + record[20:], "self_sig": self_sig, "code": "format"},
        "x of small order": {
            "record": record[:20] + small + record[52:],
            "self_sig": self_sig,
            "code": "bad-public-key",
        },
        "e of small order": {
            "record": record[:52] + b"\x01" + bytes(31) + record[84:],
            "self_sig": self_sig,
            "code": "bad-public-key",
        },
    }
