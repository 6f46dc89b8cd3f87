"""Cases about epochs, envelopes, stamps and openings (TV-5 to TV-10, TV-12, TV-13)."""

from dataclasses import replace

from holdspace.sealing import log_draft
from holdspace.sealing.codec import u32, u64
from holdspace.sealing.envelope import Header, Position, Said, commit, seal_envelope
from holdspace.sealing.epoch import epoch_commit, message_key
from holdspace.sealing.log_entry import LogEntry, sign_entry
from holdspace.sealing.log_replay import apply
from holdspace.sealing.padding import pad, padlen
from holdspace.sealing.primitives import ae_seal
from holdspace.sealing.stamp import make_opening, stamp
from tests.vectors import salamander
from tests.vectors.accounts import Case, Cases
from tests.vectors.chains import Chain
from tests.vectors.stream import Stream

# Entries of `circle` when these are said: all four belong, it is epoch 3.
SAID_AFTER, EPOCH = 8, 3

BODIES = {
    "share": (1, '{"v":1,"t":"Thank you for listening tonight.","h":"be-with-me"}'),
    "share without a wish": (1, '{"v":1,"t":"Only this."}'),
    "nothing but a dot": (1, '{"v":1,"t":"."}'),
    "emoji and right to left": (
        2,
        '{"v":1,"t":"\U0001f327\ufe0f \u0634\u0643\u0631\u0627 \u05ea\u05d5\u05d3\u05d4"}',
    ),
    "192 bytes": (1, '{"v":1,"t":"' + "x" * 178 + '"}'),
    "193 bytes": (1, '{"v":1,"t":"' + "x" * 179 + '"}'),
    "5000 bytes": (2, '{"v":1,"t":"' + "y" * 4986 + '"}'),
    "unknown fields": (2, '{"v":1,"t":"hello","later":[1,{"deep":null}]}'),
    "profile": (9, '{"v":1,"n":"\u0623\u0645\u0627\u0631\u0627 \U0001f33b"}'),
    "standing": (
        8,
        '{"v":1,"name":"Night walkers","profiles":{"00112233445566778899aabbccddeeff":{"n":"Ben"}},'
        '"agreement":{"version":1,"model":2,"text":"What is said here stays here."}}',
    ),
    "standing with a place": (
        8,
        '{"v":1,"name":"Night walkers","profiles":{},"agreement":{"version":1,"model":2,"text":"x"},'
        '"place":{"where":"The hall. Ring twice.","link":"https://rooms.example/night","why":{"2026-12-20":"Holidays"}}}',
    ),
    "signature": (
        11,
        '{"v":1,"type":"signature","of":"principles","version":1,"sha256":"' + "ab" * 32 + '"}',
    ),
    "chat": (3, '{"v":1,"t":"Who has the key for tonight?"}'),
    "more to come": (1, '{"v":1,"t":"It began in spring.","more":true}'),
    "a part of a share": (2, '{"v":1,"t":"Then it got worse.","part":true,"h":"be-with-me"}'),
    "withdrawn share": (1, '{"v":1,"gone":true}'),
    "withdrawn chat": (3, '{"v":1,"gone":true,"t":5}'),
    "entry of a later release": (11, '{"v":1,"type":"breathing"}'),
}


class Speaker:
    """Somebody of the circle sealing things."""

    def __init__(self, chain: Chain, name: str, who: str = "amara") -> None:
        self.chain = chain
        self.stream = Stream(f"envelope {name}")
        self.state = chain.states[SAID_AFTER - 1]
        self.header = Header(1, chain.group, EPOCH, self.stream.id(), chain.person(who).id)
        self.k_msg = message_key(chain.group, EPOCH, chain.es(EPOCH))
        self.said = Said(Position(self.state.seq, self.state.head16), self.state.time_ms + 60_000, b"")
        self.frank_key, self.nonce = self.stream.take(32), self.stream.take(12)

    def seal(self, kind: int, body: bytes, parent: bytes | None = None) -> bytes:
        """The envelope of a body."""
        self.header = self.header._replace(kind=kind, parent=parent or self.header.parent)
        self.said = replace(self.said, body=body)
        return seal_envelope(self.header, self.k_msg, self.said, frank_key=self.frank_key, nonce=self.nonce)

    def spoken(self, kind: int, body: bytes, parent: bytes | None = None) -> Case:
        """The envelope of a body, with everything it was made of."""
        envelope = self.seal(kind, body, parent)
        return _spoken(self) | {"body": body, "envelope": envelope}

    def seal_inner(self, inner: bytes, commitment: bytes | None = None) -> bytes:
        """An envelope of any inner, with any commitment: what no honest client makes."""
        head = self.header.encode()
        clear = head + self.nonce + (commitment or commit(head, inner))
        return clear + ae_seal(self.k_msg, self.nonce, clear, inner)

    def inner(self, body: bytes) -> bytes:
        """An honest inner, not padded."""
        position = u32(self.said.position.seq) + self.said.position.head16
        return self.frank_key + position + u64(self.said.sent_ms) + u32(len(body)) + body


def epoch_cases(chain: Chain) -> Cases:
    """TV-5 and TV-12: secrets with their commit and key, and a key no log names."""
    cases: Cases = {}
    for epoch, es in chain.secrets.items():
        commit_ = epoch_commit(chain.group, epoch, es)
        k_msg = message_key(chain.group, epoch, es)
        cases[f"epoch {epoch}"] = {
            "group": chain.group,
            "epoch": epoch,
            "es": es,
            "commit": commit_,
            "k_msg": k_msg,
        }
    ghost = Stream("ghost").take(32)
    cases["ghost"] = {"group": chain.group, "epoch": EPOCH, "es": ghost, "code": "epoch-unlogged"}
    cases["no such epoch"] = {"group": chain.group, "epoch": 99, "es": chain.es(1), "code": "epoch-unlogged"}
    cases["of another epoch"] = {
        "group": chain.group,
        "epoch": 2,
        "es": chain.es(3),
        "code": "epoch-unlogged",
    }
    return cases


def envelope_cases(chain: Chain) -> Cases:
    """TV-6: sealed byte for byte, and opened."""
    cases: Cases = {}
    for name, (kind, body) in BODIES.items():
        parent = Stream("the share").id() if kind == 2 else None
        cases[name] = Speaker(chain, name).spoken(kind, body.encode(), parent)
    return cases


def _spoken(speaker: Speaker) -> Case:
    header = speaker.header
    place = {"group": header.group, "epoch": header.epoch, "item_id": header.item_id, "author": header.author}
    said = {
        "seq": speaker.said.position.seq,
        "head16": speaker.said.position.head16,
        "sent_ms": speaker.said.sent_ms,
    }
    secret = {"k_msg": speaker.k_msg, "frank_key": speaker.frank_key, "nonce": speaker.nonce}
    return {
        "kind": header.kind,
        **place,
        "revision": header.revision,
        "parent": header.parent,
        **said,
        **secret,
    }


def stamp_cases(chain: Chain) -> Cases:
    """TV-10: stamp and opening; a word altered, a header altered, a stamp of another host."""
    speaker = Speaker(chain, "stamped")
    envelope = speaker.seal(1, b'{"v":1,"t":"You are not welcome here."}')
    key, older, received = Stream("stamp").take(32), Stream("older stamp").take(32), 1790000000500
    inner = pad(speaker.inner(speaker.said.body))
    opening = make_opening(envelope, received, stamp(key, envelope, received), inner)
    word = inner[:80] + b"Y" + inner[81:]
    good: Case = {"keys": [key], "opening": opening.encode(), "body": speaker.said.body}
    other = replace(opening, clear=opening.clear[:44] + Stream("x").id() + opening.clear[60:])
    return {
        "stamped": good
        | {"envelope": envelope, "received_ms": received, "stamp": opening.stamp, "inner": inner},
        "an older key": good | {"keys": [older, key]},
        "a word altered": good | {"opening": replace(opening, inner=word).encode(), "code": "commitment"},
        "the author altered": good | {"opening": other.encode(), "code": "commitment", "stamp_code": "stamp"},
        "the time altered": good
        | {"opening": replace(opening, received_ms=received + 1).encode(), "stamp_code": "stamp"},
        "of another host": good | {"keys": [older], "stamp_code": "stamp"},
        "cut": good | {"opening": opening.encode()[:196], "code": "format", "stamp_code": "format"},
    }


def salamander_cases(chain: Chain) -> Cases:
    """TV-9: AES-GCM alone opens one ciphertext under two keys; the envelope refuses both."""
    speaker = Speaker(chain, "salamander")
    inner = pad(speaker.inner(b'{"v":1,"t":"You are loved."}'))
    head = speaker.header.encode()
    clear = head + speaker.nonce + commit(head, inner)
    keys = (speaker.k_msg, Stream("second key").take(32))
    envelope = clear + salamander.collide(keys, speaker.nonce, clear, inner)
    return {"two keys": {"envelope": envelope, "keys": list(keys), "code": "commitment"}}


def fork_cases(chain: Chain) -> Cases:
    """TV-13: two REKEY at one seq. Each is right; whoever has one calls a sender who has the other a fork."""
    state = chain.states[SAID_AFTER - 1]
    entries = []
    for who in ("ben", "amara"):
        es = Stream(f"fork of {who}").take(32)
        draft = log_draft.rekey(state, replace(chain.by(who), now_ms=state.time_ms), es=es)
        person = replace(chain.person(who), gen=1)
        entries.append(sign_entry(draft, person.keys.e))
    heads = [apply(state, LogEntry.parse(data)).head for data in entries]
    return {"two at one seq": {"after": SAID_AFTER, "entries": entries, "heads": heads, "code": "fork"}}


def padlen_table() -> list[list[int]]:
    """TV-15."""
    sizes = [
        0,
        1,
        255,
        256,
        257,
        300,
        511,
        512,
        513,
        1000,
        1024,
        1025,
        4095,
        4096,
        4097,
        5064,
        8191,
        8192,
        8193,
    ]
    sizes += [65535, 65536, 70000, 98000, 1048576, 1048577]
    return [[size, padlen(size)] for size in sizes]


def flipped(chain: Chain) -> Case:
    """TV-7: an envelope that opens; with any bit of its first 124 bytes flipped it must not."""
    return said_to_chidi(chain, Speaker(chain, "flipped").seal(1, b'{"v":1,"t":"Hold on."}'), None)


def said_to_chidi(chain: Chain, envelope: bytes, code: str | None, **given: object) -> Case:
    """Read by Chidi, who holds every epoch's key, after all eight entries, unless `given` says otherwise."""
    base: Case = {"envelope": envelope, "entries": SAID_AFTER, "me": chain.person("chidi").id, "expect": {}}
    base |= {"held": {str(epoch): chain.es(epoch) for epoch in (1, 2, 3)}, "seen": []}
    return base | ({"code": code} if code else {}) | given
