"""Cases of opening: what a client shows and refuses, and the first check that fails (TV-6, 8, 12, 13)."""

from dataclasses import replace

from holdspace.sealing.envelope import Position, commit
from holdspace.sealing.epoch import message_key
from holdspace.sealing.padding import pad, padlen
from holdspace.sealing.primitives import sha
from tests.vectors.accounts import Cases
from tests.vectors.chains import Chain
from tests.vectors.messages import EPOCH, SAID_AFTER, Speaker, said_to_chidi
from tests.vectors.stream import Stream

BAD_BODIES = {
    "not UTF-8": (1, b'{"v":1,"t":"\xff"}', "damaged"),
    "not JSON": (1, b'{"v":1,"t":"x"', "damaged"),
    "byte order mark": (1, b'\xef\xbb\xbf{"v":1,"t":"x"}', "damaged"),
    "a list": (1, b"[1]", "damaged"),
    "no body": (1, b"", "damaged"),
    "no v": (1, b'{"t":"x"}', "damaged"),
    "v is true": (1, b'{"v":true,"t":"x"}', "damaged"),
    "v 0": (1, b'{"v":0,"t":"x"}', "damaged"),
    "v 2": (1, b'{"v":2,"t":"x"}', "version"),
    "no text": (1, b'{"v":1}', "damaged"),
    "text is a number": (1, b'{"v":1,"t":5}', "damaged"),
    "text too long": (2, b'{"v":1,"t":"' + b"x" * 20001 + b'"}', "damaged"),
    "unknown wish": (1, b'{"v":1,"t":"x","h":"fix-me"}', "damaged"),
    "profile without a name": (9, b'{"v":1,"n":""}', "damaged"),
    "profile of 81 signs": (9, b'{"v":1,"n":"' + b"n" * 81 + b'"}', "damaged"),
    "standing without agreement": (8, b'{"v":1,"name":"x","profiles":{}}', "damaged"),
    "standing, profiles a list": (
        8,
        b'{"v":1,"name":"x","profiles":[],"agreement":{"version":1,"model":1,"text":""}}',
        "damaged",
    ),
    "standing, place a text": (
        8,
        b'{"v":1,"name":"x","profiles":{},"agreement":{"version":1,"model":1,"text":""},"place":"The hall"}',
        "damaged",
    ),
    "standing, place a list": (
        8,
        b'{"v":1,"name":"x","profiles":{},"agreement":{"version":1,"model":1,"text":""},"place":[]}',
        "damaged",
    ),
    "standing, place where a number": (
        8,
        b'{"v":1,"name":"x","profiles":{},"agreement":{"version":1,"model":1,"text":""},"place":{"where":5}}',
        "damaged",
    ),
    "standing, place link null": (
        8,
        b'{"v":1,"name":"x","profiles":{},"agreement":{"version":1,"model":1,"text":""},"place":{"link":null}}',
        "damaged",
    ),
    "standing, place why a list": (
        8,
        b'{"v":1,"name":"x","profiles":{},"agreement":{"version":1,"model":1,"text":""},"place":{"why":[]}}',
        "damaged",
    ),
    "standing, place why a number": (
        8,
        b'{"v":1,"name":"x","profiles":{},"agreement":{"version":1,"model":1,"text":""},"place":{"why":{"2026-12-20":1}}}',
        "damaged",
    ),
    "standing, model 3": (
        8,
        b'{"v":1,"name":"x","profiles":{},"agreement":{"version":1,"model":3,"text":""}}',
        "damaged",
    ),
    "entry without a type": (11, b'{"v":1}', "damaged"),
    "signature of nothing": (11, b'{"v":1,"type":"signature","version":1,"sha256":""}', "damaged"),
    "chat without text": (3, b'{"v":1}', "damaged"),
    "presence of 81 signs": (5, b'{"v":1,"t":"' + b"w" * 81 + b'"}', "damaged"),
    "presence of no sign": (5, b'{"v":1,"t":""}', "damaged"),
    "a part with an unknown wish": (2, b'{"v":1,"t":"x","part":true,"h":"fix-me"}', "damaged"),
    "gone, but not quite": (1, b'{"v":1,"gone":1}', "damaged"),
    "a profile that is gone": (9, b'{"v":1,"gone":true}', "damaged"),
    "kind not shown yet": (7, b'{"v":1,"t":"x"}', "version"),
}


def open_cases(chain: Chain) -> Cases:
    """What a client refuses to show, and why. `entries`: how much of the circle's log it has replayed."""
    return (
        _moved(chain)
        | _keyless(chain)
        | _lying(chain)
        | _positions(chain)
        | _revisions(chain)
        | _bodies(chain)
    )


def _moved(chain: Chain) -> Cases:
    speaker = Speaker(chain, "moved")
    parent = Stream("the share").id()
    envelope = speaker.seal(2, b'{"v":1,"t":"Me too."}', parent)
    other = Stream("elsewhere").id()
    places = {"group": other, "item_id": other, "epoch": EPOCH + 1, "parent": other}
    cases = {
        f"another {name}": said_to_chidi(chain, envelope, "context", expect={name: it})
        for name, it in places.items()
    }
    right = {"group": chain.group, "item_id": speaker.header.item_id, "epoch": EPOCH, "parent": parent}
    stranger, early = Speaker(chain, "stranger", "dana"), Speaker(chain, "early", "eli")
    early.header = early.header._replace(epoch=4)
    early.k_msg = message_key(chain.group, 4, chain.es(4))
    after_removal = early.seal(1, b'{"v":1,"t":"Still here."}')
    return cases | {
        "right place": said_to_chidi(chain, envelope, None, expect=right),
        "author unknown": said_to_chidi(chain, stranger.seal(1, b'{"v":1,"t":"x"}'), "context"),
        "an epoch this list does not show": said_to_chidi(
            chain, after_removal, "stale-log", held={"4": chain.es(4)}
        ),
        "author removed": said_to_chidi(chain, after_removal, "context", entries=9, held={"4": chain.es(4)}),
    }


def _keyless(chain: Chain) -> Cases:
    envelope = Speaker(chain, "keyless").seal(1, b'{"v":1,"t":"x"}')
    early = Speaker(chain, "before", "ben")
    early.header = early.header._replace(epoch=1)
    early.k_msg = message_key(chain.group, 1, chain.es(1))
    first = early.seal(1, b'{"v":1,"t":"x"}')
    ghost = Stream("ghost").take(32)
    haunted = Speaker(chain, "haunted")
    haunted.k_msg = message_key(chain.group, EPOCH, ghost)
    haunting = haunted.seal(1, b'{"v":1,"t":"x"}')
    return {
        "no box": said_to_chidi(chain, envelope, "no-epoch-box", held={}),
        "before I joined": said_to_chidi(chain, first, "before-you-joined", me=chain.person("amara").id),
        "ghost epoch": said_to_chidi(chain, haunting, "epoch-unlogged", held={"3": ghost}),
        "moved before asking for a key": said_to_chidi(
            chain, envelope, "context", held={}, expect={"epoch": 1}
        ),
    }


def _lying(chain: Chain) -> Cases:
    speaker = Speaker(chain, "liar")
    honest = speaker.inner(b'{"v":1,"t":"You are loved."}')
    cruel = speaker.inner(b'{"v":1,"t":"You are alone."}')
    lie = commit(speaker.header.encode(), pad(honest))
    good = speaker.seal(1, b'{"v":1,"t":"You are loved."}')
    twisted = honest.ljust(padlen(len(honest)) - 1, b"\0") + b"\x01"
    longer = honest.ljust(512, b"\0")
    reaching = honest[:60] + b"\xff\xff\xff\xff" + honest[64:]
    cut = good[:-17] + good[-16:]
    return {
        "lying author": said_to_chidi(chain, speaker.seal_inner(pad(cruel), lie), "commitment"),
        "pad byte": said_to_chidi(chain, speaker.seal_inner(twisted), "padding"),
        "padded too far": said_to_chidi(chain, speaker.seal_inner(longer), "padding"),
        "length beyond the end": said_to_chidi(chain, speaker.seal_inner(pad(reaching)), "padding"),
        "clock beyond 2^53": said_to_chidi(
            chain, speaker.seal_inner(pad(honest[:52] + b"\xff" * 8 + honest[60:])), "padding"
        ),
        "length outside the set": said_to_chidi(chain, cut, "padding"),
        "ciphertext flipped": said_to_chidi(
            chain, good[:200] + bytes([good[200] ^ 1]) + good[201:], "damaged"
        ),
        "not ours": said_to_chidi(chain, b"HX" + good[2:], "format"),
        "too short": said_to_chidi(chain, good[:139], "format"),
        "reserved byte": said_to_chidi(chain, good[:7] + b"\x01" + good[8:], "format"),
        "newer": said_to_chidi(chain, good[:2] + b"\x02" + good[3:], "version"),
        "newer suite": said_to_chidi(chain, good[:3] + b"\x02" + good[4:], "version"),
        "kind of a later release": said_to_chidi(chain, good[:4] + b"\x0c" + good[5:], "version"),
    }


def _positions(chain: Chain) -> Cases:
    ahead, forked, behind = (Speaker(chain, name) for name in ("ahead", "forked", "behind"))
    last, first = chain.states[SAID_AFTER], chain.states[SAID_AFTER - 2]
    ahead.said = replace(ahead.said, position=Position(last.seq, last.head16))
    forked.said = replace(forked.said, position=Position(first.seq, Stream("fork").id()))
    behind.said = replace(behind.said, position=Position(first.seq, first.head16))
    body = b'{"v":1,"t":"Where am I?"}'
    return {
        "sender knows more": said_to_chidi(chain, ahead.seal(1, body), "stale-log"),
        "sender knows more, fetched": said_to_chidi(chain, ahead.seal(1, body), None, entries=SAID_AFTER + 1),
        "sender has another list": said_to_chidi(chain, forked.seal(1, body), "fork"),
        "sender knows less": said_to_chidi(chain, behind.seal(1, body), None),
    }


def _revisions(chain: Chain) -> Cases:
    speaker = Speaker(chain, "revised")
    body = b'{"v":1,"t":"First."}'
    first = speaker.seal(1, body)
    speaker.nonce = speaker.stream.take(12)
    twin = speaker.seal(1, body)
    speaker.header = speaker.header._replace(revision=1)
    second = speaker.seal(1, b'{"v":1,"t":"Better."}')
    item = speaker.header.item_id
    return {
        "revised": said_to_chidi(chain, second, None, seen=[[item, 0, sha(first)]]),
        "seen before": said_to_chidi(chain, first, None, seen=[[item, 0, sha(first)]]),
        "back to an older revision": said_to_chidi(chain, first, "context", seen=[[item, 1, sha(second)]]),
        "a second envelope of one revision": said_to_chidi(
            chain, twin, "context", seen=[[item, 0, sha(first)]]
        ),
    }


def _bodies(chain: Chain) -> Cases:
    cases: Cases = {}
    for name, (kind, body, code) in BAD_BODIES.items():
        cases[f"body: {name}"] = said_to_chidi(chain, Speaker(chain, name).seal(kind, body), code)
    return cases
