"""Cases of asking without a link (sealing.md 9.7): the answer, the note about it, the four words, the invite's mark."""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from holdspace.sealing import box, request
from holdspace.sealing.invite import Link, invite_public
from holdspace.sealing.keys import account_keys
from holdspace.sealing.log_payload import InviteTerms
from holdspace.sealing.primitives import ae_seal, kdf, label, x_public
from tests.vectors import reference_hpke
from tests.vectors.accounts import Case, Cases
from tests.vectors.chains import DAY, START
from tests.vectors.joining import SMALL_X25519
from tests.vectors.stream import Stream


def answer_cases() -> Cases:
    """An invite to somebody who asked; and what a host could put in its place, or pass on elsewhere."""
    stream = Stream("answer")
    seed, group, asked, ephemeral = stream.take(32), stream.id(), stream.id(), stream.take(32)
    link = Link(stream.id(), stream.id(), stream.id())
    inside = b"\x01" + link.invite_id + link.genesis16 + link.secret
    keys = account_keys(seed)

    def sealed(plain: bytes, purpose: int = box.INVITE) -> bytes:
        head = box.box_head(purpose)
        info = label("box") + head + box.request_context(group, asked)
        return head + reference_hpke.seal(ephemeral, keys.x_pub, info, plain)

    good: Case = {"seed": seed, "group": group, "request": asked, "answer": sealed(inside)}
    made = {"invite_id": link.invite_id, "genesis16": link.genesis16, "secret": link.secret}
    enc = X25519PrivateKey.from_private_bytes(ephemeral).public_key().public_bytes_raw()
    other = Stream("another")
    return {
        "opens": good | made | {"x_pub": keys.x_pub, "ephemeral": ephemeral, "enc": enc},
        "to somebody else": good | {"seed": other.take(32), "code": "damaged"},
        "for another request": good | {"request": other.id(), "code": "damaged"},
        "for another group": good | {"group": other.id(), "code": "damaged"},
        "of another purpose": good | {"answer": sealed(inside, box.PROFILE), "code": "damaged"},
        "flipped": good | {"answer": sealed(inside)[:-1] + b"\0", "code": "damaged"},
        "a secret alone": good | {"answer": sealed(link.secret), "code": "format"},
        "one byte more": good | {"answer": sealed(inside + b"\0"), "code": "format"},
        "newer": good | {"answer": sealed(b"\x02" + inside[1:]), "code": "version"},
        "cut": good | {"answer": sealed(inside)[:53], "code": "format"},
    }


def note_cases() -> Cases:
    """What facilitators tell one another about the key an invite was sealed to."""
    stream = Stream("note")
    fkey, group, invite_id, nonce = stream.take(32), stream.id(), stream.id(), stream.take(12)
    account_x = account_keys(stream.take(32)).x_pub

    def sealed(inside: bytes) -> bytes:
        head = b"HN\x01\0\0\0\0\x03"
        key = kdf(fkey, "note", group + b"\0\0\0\x03")
        return head + nonce + ae_seal(key, nonce, head + group + invite_id, inside)

    note = sealed(b"\0" + account_x)
    good: Case = {"fkey": fkey, "gen": 3, "group": group, "invite_id": invite_id, "note": note}
    said = {"nonce": nonce, "account_x": account_x}
    compared = {"note": sealed(b"\x01" + account_x), "compared": True}
    damaged = {"code": "damaged"}
    return {
        "not compared": good | said | {"compared": False},
        "compared": good | said | compared,
        "another key": good | {"fkey": stream.take(32)} | damaged,
        "another group": good | {"group": stream.id()} | damaged,
        "another invite": good | {"invite_id": stream.id()} | damaged,
        "another generation": good | {"note": note[:7] + b"\x02" + note[8:]} | damaged,
        "with the public key": good | {"fkey": x_public(fkey)} | damaged,
        "flipped": good | {"note": note[:-1] + bytes([note[-1] ^ 1])} | damaged,
        "compared perhaps": good | {"note": sealed(b"\x02" + account_x)} | damaged,
        "a key of small order": good | {"note": sealed(b"\0" + bytes.fromhex(SMALL_X25519))} | damaged,
        "newer": good | {"note": note[:2] + b"\x02" + note[3:], "code": "version"},
        "not ours": good | {"note": b"HX" + note[2:], "code": "format"},
        "reserved byte": good | {"note": note[:3] + b"\x01" + note[4:], "code": "format"},
        "cut": good | {"note": note[:-1], "code": "format"},
        "longer": good | {"note": note + b"\0", "code": "format"},
    }


def word_cases() -> Cases:
    """The numbers of two keys' four words."""
    keys = [account_keys(Stream(f"words {number}").take(32)).x_pub for number in range(2)]
    return {
        f"key {at}": {"account_x": key, "numbers": list(request.account_numbers(key))}
        for at, key in enumerate(keys)
    }


def terms_cases() -> Cases:
    """What an INVITE says of itself in its last byte."""
    stream = Stream("terms")
    invite_id, secret = stream.id(), stream.id()
    plain = InviteTerms(invite_id, invite_public(secret, invite_id), START + 7 * DAY)
    many = InviteTerms(plain.invite_id, plain.public, plain.expires_ms, 2).encode()
    aimed = InviteTerms(plain.invite_id, plain.public, plain.expires_ms, 1, stream.id()).encode()
    data = plain.encode()
    good = {"plain": data, "known": data + b"\x01", "from a listing": data + b"\x02"}
    bad = {
        "of another mark": data + b"\x03",
        "two marks": data + b"\x01\x02",
        "from a listing, for two": many + b"\x02",
        "from a listing, for somebody of the list": aimed + b"\x02",
    }
    cases: Cases = {
        name: {"terms": each, "known": name == "known", "from_listing": name == "from a listing"}
        for name, each in good.items()
    }
    return cases | {name: {"terms": each, "code": "log-format"} for name, each in bad.items()}
