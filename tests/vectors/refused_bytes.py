"""Entries a log must not take because their bytes are wrong, and first entries that begin nothing (TV-11)."""

from dataclasses import replace

from holdspace.sealing import log_draft
from holdspace.sealing.log_entry import Draft, sign_entry
from holdspace.sealing.log_payload import FACILITATOR
from holdspace.sealing.primitives import ZERO16
from tests.vectors import chains
from tests.vectors.accounts import Cases
from tests.vectors.chains import Chain
from tests.vectors.joining import SMALL_X25519
from tests.vectors.refused import TWO_IN, Make, Trial
from tests.vectors.stream import Stream


def payload_cases(chain: Chain) -> Cases:
    """Payloads that are not what their type says: `log-format`, whoever signs."""
    two = Trial(chain, TWO_IN)
    record = two.asked("dana", "known").encode()
    terms = chain.terms("x").encode()
    small = bytes.fromhex(SMALL_X25519)
    payloads: dict[str, tuple[int, bytes]] = {
        "add nobody": (2, b""),
        "add half a record": (2, record[:-1]),
        "add with role 0": (2, record[:84] + b"\0" + record[85:]),
        "add with gen 0": (2, record[:16] + bytes(4) + record[20:]),
        "add nobody's id": (2, ZERO16 + record[16:]),
        "add an x of small order": (2, record[:20] + small + record[52:]),
        "add an e of small order": (2, record[:52] + bytes(32) + record[84:]),
        "remove nobody": (3, b""),
        "remove half an id": (3, bytes(15)),
        "leave with words": (4, b"!"),
        "re-key with words": (5, b"!"),
        "invite cut": (6, terms[:-1]),
        "invite with a strange mark": (6, terms + b"\x03"),
        "invite of no use": (6, terms[:56] + b"\0\0" + terms[58:]),
        "invite of 31 uses": (6, terms[:56] + b"\0\x1f" + terms[58:]),
        "invite without an id": (6, ZERO16 + terms[16:]),
        "invite with a key anybody can sign for": (6, terms[:16] + bytes(32) + terms[48:]),
        "invite that never ends": (6, terms[:48] + b"\xff" * 8 + terms[56:]),
        "revoke half an id": (7, bytes(15)),
        "role 3": (8, two.id("amara") + b"\x03"),
        "role cut": (8, two.id("amara")),
        "facilitators' key of small order": (11, small + b"\0\0\0\x02"),
        "facilitators' key cut": (11, bytes(35)),
        "four leads": (12, b"".join(name + key for name, key in chains.leads(4))),
        "half a lead": (12, bytes(63)),
        "lead of small order": (12, bytes(32) + small),
        "agreement of model 3": (13, b"\0\0\0\x02\x03" + bytes(32)),
        "agreement cut": (13, bytes(36)),
        "close with words": (14, b"!"),
    }
    return {name: two.case(_of(*each), "ben", "log-format") for name, each in payloads.items()} | _whole(
        chain
    )


def _of(type_: int, payload: bytes) -> Make:
    def make(t: Trial) -> Draft:
        draft = log_draft.rekey(t.state, t.by("ben"), es=t.es)
        return replace(draft, type=type_, payload=payload)

    return make


def _whole(chain: Chain) -> Cases:
    """Bytes that are no entry at all."""
    good = chain.entries[TWO_IN]
    broken = {
        "no bytes": b"",
        "cut": good[:-1],
        "longer": good + b"\0",
        "not ours": b"HX" + good[2:],
        "newer": good[:2] + b"\x02" + good[3:],
        "type 0": good[:3] + b"\0" + good[4:],
        "type 15": good[:3] + b"\x0f" + good[4:],
        "length wrong": good[:119] + bytes([good[119] ^ 1]) + good[120:],
        "after the year 287396": good[:56] + b"\x00\x20" + bytes(6) + good[64:],
    }
    return {
        f"entry: {name}": {"after": TWO_IN, "entry": data, "code": "log-format"}
        for name, data in broken.items()
    }


def genesis_cases(chain: Chain) -> Cases:
    """First entries that begin nothing."""
    ben = chains.Person("ben", chain.group)
    record = ben.record(FACILITATOR)
    first = log_draft.genesis(chain.group, record, chain.policy, es=chain.es(1), now_ms=chains.START)
    founder, tlvs = first.payload[:165], first.payload[165:]
    payloads = {
        "founder is a member": founder[:84] + b"\x01" + founder[85:] + tlvs,
        "founder with an invite": founder[:85] + b"\x01" + founder[86:] + tlvs,
        "founder cut": founder[:-1],
        "TLV twice": founder + tlvs[:35] + tlvs[:35],
        "TLVs fall": founder + tlvs[-4:] + tlvs[:35],
        "TLV unknown": founder + b"\x06\0\x01\0",
        "TLV 0": founder + b"\0\0\x01\0",
        "TLV cut": founder + tlvs[:-1],
        "TLV head cut": founder + b"\x05\0",
        "steward anybody can sign for": founder + b"\x01\0\x20" + bytes(32),
        "steward cut": founder + b"\x01\0\x1f" + tlvs[3:34],
        "no leads": founder + b"\x02\0\0",
        "four leads": founder + b"\x02\x01\0" + b"".join(a + b for a, b in chains.leads(4)),
        "cap 1": founder + b"\x03\0\x02\0\x01",
        "cap 501": founder + b"\x03\0\x02\x01\xf5",
        "history maybe": founder + b"\x05\0\x01\x02",
    }
    changed = {name: (replace(first, payload=payload), "log-format") for name, payload in payloads.items()}
    changed |= {
        "seq 1": (replace(first, seq=1), "log-chain"),
        "prev": (replace(first, prev=b"\x01" + bytes(31)), "log-chain"),
        "another type": (replace(first, type=5, payload=b""), "log-chain"),
        "another actor": (replace(first, actor=Stream("x").id()), "log-authority"),
        "epoch 0": (replace(first, epoch=0), "log-epoch"),
        "epoch 2": (replace(first, epoch=2), "log-epoch"),
        "gen 2": (
            replace(first, payload=founder[:16] + b"\0\0\0\x02" + founder[20:] + tlvs),
            "log-authority",
        ),
    }
    cases: Cases = {
        name: {"entry": sign_entry(draft, ben.keys.e), "code": code}
        for name, (draft, code) in changed.items()
    }
    cases["signed by somebody else"] = {"entry": sign_entry(first, bytes(32)), "code": "log-signature"}
    return cases
