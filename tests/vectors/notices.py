"""Cases of words to somebody who was removed (sealing.md 4.4). In the circle, Chidi removed Eli by entry 8."""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from holdspace.sealing.box import NOTICE, box_head
from holdspace.sealing.codec import to_padded_json
from holdspace.sealing.keys import group_keys
from holdspace.sealing.notice import Removal, notice_message
from holdspace.sealing.primitives import label, sign
from tests.vectors import reference_hpke
from tests.vectors.accounts import Case, Cases
from tests.vectors.chains import Chain
from tests.vectors.stream import Stream

REMOVED_AT = 8
BODY = {
    "v": 1,
    "t": "Please talk to me before you come back. \U0001f33b",
    "g": "Night walkers",
    "by": "Chidi",
}


class Words:
    """What Chidi says to Eli, and what else could be put in its place."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self.removal = Removal(chain.group, chain.person("eli").id, 1, REMOVED_AT)
        self.words = to_padded_json(BODY)

    def signature(self, who: str, removal: Removal | None = None, words: bytes | None = None) -> bytes:
        """By somebody's first keys in the group."""
        e = group_keys(Stream(f"seed of {who}").take(32), self.chain.group, 1).e
        return sign(e, notice_message(removal or self.removal, self.words if words is None else words))

    def case(self, name: str, inside: bytes, **other: object) -> Case:
        """Inside a box for Eli, who has the list up to the removal; but for what is said otherwise."""
        removal = other.pop("removal", self.removal)
        assert isinstance(removal, Removal)
        reader = other.pop("reader", "eli")
        seed = Stream(f"seed of {reader}").take(32)
        keys = group_keys(seed, removal.group, removal.gen)
        ephemeral = Stream(f"notice {name}").take(32)
        head = box_head(NOTICE)
        info = label("box") + head + removal.context
        sealed = head + reference_hpke.seal(ephemeral, keys.x_pub, info, inside)
        enc = X25519PrivateKey.from_private_bytes(ephemeral).public_key().public_bytes_raw()
        place = {"group": removal.group, "member": removal.member_id, "gen": removal.gen, "seq": removal.seq}
        made = {"seed": seed, "ephemeral": ephemeral, "enc": enc, "box": sealed}
        return {**place, **made, "entries": REMOVED_AT + 1, "pin": None, **other}


def notice_cases(chain: Chain) -> Cases:
    """Words that count, and all that does not."""
    says = Words(chain)
    signed = says.signature("chidi") + says.words
    by = {"signer": Stream("seed of chidi").take(32), "body": BODY}
    pin = {"seq": 5, "head16": chain.states[5].head16}
    ahead = {"seq": 12, "head16": chain.states[12].head16}
    good = {
        "signed by who removed": says.case("signed", signed, **by),
        "with a pin": says.case("pinned", signed, **by, pin=pin),
        "with what came later": says.case("later", signed, **by, entries=len(chain.entries), pin=ahead),
    }
    return good | _unsigned(says) | _misplaced(says, signed, pin, ahead)


def _unsigned(says: Words) -> Cases:
    """Nobody signed it who could have."""
    longer = says.words[:20] + b"never" + says.words[25:]
    inside = {
        "without a signature": says.words,
        "a signature of zeros": bytes(64) + says.words,
        "signed by another facilitator": says.signature("ben") + says.words,
        "signed by the one who was removed": says.signature("eli") + says.words,
        "signed for other words": says.signature("chidi", words=longer) + says.words,
        "signed for another entry": says.signature("chidi", says.removal._replace(seq=7)) + says.words,
        "shorter than a signature": bytes(63),
    }
    cases = {name: says.case(name, data, code="notice-unsigned") for name, data in inside.items()}
    no_json = bytes(60)
    return cases | {
        "words that are none": says.case(
            "none", says.signature("chidi", words=no_json) + no_json, code="padding"
        )
    }


def _misplaced(says: Words, signed: bytes, pin: Case, ahead: Case) -> Cases:
    """Well signed, and not for this reader, this list or this entry."""
    group, member, gen, _ = says.removal
    rekeyed, left = Removal(group, member, gen, 10), Removal(group, member, gen, 9)
    elsewhere = Removal(Stream("elsewhere").id(), member, gen, REMOVED_AT)
    unsigned = {"code": "notice-unsigned"}
    whole = len(says.chain.entries)
    first = says.signature("chidi", elsewhere) + says.words
    return {
        "to somebody else": says.case("else", signed, reader="amara", **unsigned),
        "a list that ends before": says.case("before", signed, entries=REMOVED_AT, **unsigned),
        "no list": says.case("no list", signed, entries=0, **unsigned),
        "another list than was seen": says.case("fork", signed, pin=pin | {"seq": 4}, **unsigned),
        "a shorter list than was seen": says.case("short", signed, pin=ahead, **unsigned),
        "by an entry that removes nobody": says.case(
            "rekey", says.signature("ben", rekeyed) + says.words, removal=rekeyed, entries=whole, **unsigned
        ),
        "by who left": says.case(
            "left", says.signature("amara", left) + says.words, removal=left, entries=whole, **unsigned
        ),
        "in another group": says.case("elsewhere", first, removal=elsewhere, **unsigned),
    }
