"""Writes holdspace-1.json: `python -m tests.vectors.make`. The same bytes every time, on every machine.

Layout: sections, each a map from a case's name to its fields. Bytes are hex. A case with `code` must be
refused with it.
"""

import json
from pathlib import Path

from holdspace.sealing.log_replay import replay
from tests.vectors import (
    accounts,
    chains,
    joining,
    messages,
    notices,
    opening,
    pairs,
    refused,
    refused_bytes,
    requests,
    returning,
)
from tests.vectors.accounts import Case
from tests.vectors.chains import Chain, summary

FILE = Path(__file__).with_name("holdspace-1.json")


def sections() -> dict[str, object]:
    """Everything in the file."""
    circle, stewarded = chains.circle(), chains.stewarded()
    return {
        "passphrase": accounts.passphrase_cases(),
        "wrap": accounts.wrap_cases(),
        "keys": accounts.key_cases(),
        "slot": accounts.slot_cases(),
        "paper_code": accounts.paper_code_cases(),
        "session": accounts.session_cases(),
        "own_device": accounts.own_device_cases(),
        "keyring": accounts.keyring_cases(),
        "local": accounts.local_cases(),
        "box": joining.box_cases(),
        "small_order": joining.small_order_cases(),
        "link": joining.link_cases(),
        "card": joining.card_cases(),
        "join": joining.join_cases(),
        "request": joining.request_cases(),
        "answer": requests.answer_cases(),
        "note": requests.note_cases(),
        "words": requests.word_cases(),
        "terms": requests.terms_cases(),
        "padlen": messages.padlen_table(),
        "log": {
            "circle": _log(circle)
            | {"refused": refused.circle_cases(circle) | refused_bytes.payload_cases(circle)},
            "stewarded": _log(stewarded)
            | _waiting(stewarded)
            | {"refused": refused.steward_cases(stewarded)},
            "genesis": {"refused": refused_bytes.genesis_cases(circle)},
            "fork": messages.fork_cases(circle),
        },
        "epoch": messages.epoch_cases(circle),
        "history": returning.history_cases(),
        "pair": pairs.pair_cases(circle),
        "notice": notices.notice_cases(circle),
        "envelope": messages.envelope_cases(circle) | pairs.presence_cases(circle),
        "open": opening.open_cases(circle) | pairs.refused_presence(circle),
        "flipped": messages.flipped(circle),
        "salamander": messages.salamander_cases(circle),
        "stamp": messages.stamp_cases(circle),
    }


def _log(chain: Chain) -> Case:
    """A good chain with what it adds up to after each entry, and pins that fit and do not."""
    states = replay(chain.entries, group=chain.group, genesis16=chain.states[0].head16)
    if states.failed:
        raise states.failed
    secrets = {str(epoch): es for epoch, es in chain.secrets.items()}
    people = {name: each.id for name, each in chain.people.items() if each.id in chain.state.members}
    after = [summary(state) for state in chain.states]
    begun = {"group": chain.group, "genesis16": chain.state.genesis16}
    return {
        **begun,
        "people": people,
        "entries": chain.entries,
        "after": after,
        "secrets": secrets,
        "pins": _pins(chain),
    }


def _pins(chain: Chain) -> Case:
    state = chain.states[4]
    fits = {"entries": 6, "seq": state.seq, "head16": state.head16}
    other = chain.states[3].head16
    return {
        "fits": fits,
        "another list": fits | {"head16": other, "code": "log-rollback"},
        "a shorter list": fits | {"entries": 4, "code": "log-rollback"},
        "another group": {"entries": 1, "genesis16": other, "code": "log-fingerprint"},
    }


def _waiting(chain: Chain) -> Case:
    """The same log on a screen, before and at the hour of the demotion."""
    due = chain.state.pending_demotions[chain.person("ben").id].due_ms
    return {"at": [{"now_ms": now, **summary(chain.state.at(now))} for now in (due - 1, due)]}


def written() -> str:
    """The file's text."""
    return json.dumps(sections(), default=bytes.hex, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), "ascii")
