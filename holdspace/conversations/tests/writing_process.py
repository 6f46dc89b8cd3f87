"""A process that only writes: batches come in at stdin, a line each, and their outcomes go out.

`python -m holdspace.conversations.tests.writing_process`. A line is the hex of a MessagePack list.
"""

import sys
from typing import Any

import django
import msgspec


def main() -> None:
    """Settle until there is no more."""
    django.setup()
    from holdspace.conversations.verbs import VERBS as ITEM_VERBS
    from holdspace.groups.verbs import VERBS as GROUP_VERBS
    from holdspace.live.arrivals import Job
    from holdspace.live.letters import Letter
    from holdspace.live.verbs import Outcome, Request, Write
    from holdspace.live.writer import settle
    from holdspace.ui.refused import Refused

    verbs = {verb.name: verb for verb in [*GROUP_VERBS, *ITEM_VERBS] if isinstance(verb, Write)}

    def job(account_id: bytes, name: str, args: dict[str, Any]) -> Job:
        verb = verbs[name]
        return Job(
            verb, Request(account_id, msgspec.convert(args, verb.takes)), Letter(account_id, "en"), 1, 0
        )

    def told(outcome: Outcome) -> Any:
        return outcome.code if isinstance(outcome, Refused) else outcome["seq"]

    for line in sys.stdin:
        batch = [job(*asked) for asked in msgspec.msgpack.decode(bytes.fromhex(line))]
        settle(batch)
        answers = [told(job.outcome) for job in batch]
        print(msgspec.msgpack.encode(answers).hex(), flush=True)


if __name__ == "__main__":
    main()
