"""Cases of keys between two, and of presence sealed under them (sealing.md 4.3, 5.2)."""

from holdspace.sealing.keys import group_keys
from holdspace.sealing.pair import find_pair_key
from tests.vectors.accounts import Case, Cases
from tests.vectors.chains import Chain
from tests.vectors.messages import EPOCH, SAID_AFTER, Speaker, said_to_chidi
from tests.vectors.stream import Stream

PARENT = Stream("the share").id()


def pair_cases(chain: Chain) -> Cases:
    """The same key for both, another for each epoch, each pair and each new key; and what is refused."""
    end = len(chain.entries)
    last = chain.state.epoch
    good = {
        "amara to ben": _asks(chain, "amara", "ben", EPOCH, SAID_AFTER),
        "ben to amara": _asks(chain, "ben", "amara", EPOCH, SAID_AFTER),
        "amara to chidi": _asks(chain, "amara", "chidi", EPOCH, SAID_AFTER),
        "the epoch before": _asks(chain, "amara", "ben", 2, SAID_AFTER),
        "an epoch before both had new keys": _asks(chain, "amara", "ben", EPOCH, end),
        "after both had new keys": _asks(chain, "ben", "amara", last, end),
    }
    cases = {name: case | {"key": _key(chain, case)} for name, case in good.items()}
    mine = good["amara to ben"]
    return cases | {
        "to oneself": mine | {"other": mine["me"], "code": "context"},
        "to nobody": mine | {"other": Stream("nobody").id(), "code": "context"},
        "before I joined": mine | {"epoch": 1, "code": "before-you-joined"},
        "no box": mine | {"held": {}, "code": "no-epoch-box"},
        "ghost epoch": mine | {"held": {str(EPOCH): Stream("ghost").take(32)}, "code": "epoch-unlogged"},
    }


def _asks(chain: Chain, me: str, other: str, epoch: int, entries: int) -> Case:
    seed = Stream(f"seed of {me}").take(32)
    gx = {str(gen): group_keys(seed, chain.group, gen).x for gen in (1, 2)}
    held = {str(each): es for each, es in chain.secrets.items()}
    two = {"me": chain.person(me).id, "other": chain.person(other).id}
    return {"entries": entries, **two, "gx": gx, "held": held, "epoch": epoch}


def _key(chain: Chain, case: Case) -> bytes:
    log = chain.states[case["entries"] - 1]
    held = {int(epoch): es for epoch, es in case["held"].items()}
    return find_pair_key(
        log, (case["me"], case["other"]), lambda gen: case["gx"][str(gen)], held, case["epoch"]
    )


def presence_cases(chain: Chain) -> Cases:
    """Presence as Amara sends it to Ben: sealed byte for byte under their key, all of one size."""
    key = _key(chain, _asks(chain, "amara", "ben", EPOCH, SAID_AFTER))
    bodies = {
        "wordless": b'{"v":1}',
        "a warm phrase": '{"v":1,"t":"I\u2019m with you. \U0001f33f"}'.encode(),
        "the longest phrase": b'{"v":1,"t":"' + b"w" * 80 + b'"}',
        "withdrawn": b'{"v":1,"gone":true}',
    }
    cases: Cases = {}
    for name, body in bodies.items():
        speaker = Speaker(chain, f"presence {name}")
        speaker.k_msg = key
        cases[name] = speaker.spoken(5, body, PARENT)
    return cases


def refused_presence(chain: Chain) -> Cases:
    """What a client does not show of kind 5."""
    other = Speaker(chain, "presence to ben")
    other.k_msg = _key(chain, _asks(chain, "amara", "ben", EPOCH, SAID_AFTER))
    between = other.seal(5, b'{"v":1}', PARENT)
    long = Speaker(chain, "presence too long").seal(5, b'{"v":1,"t":"' + b"w" * 200 + b'"}', PARENT)
    return {
        "presence between two others": said_to_chidi(chain, between, "damaged"),
        "presence of another size": said_to_chidi(chain, long, "padding"),
    }
