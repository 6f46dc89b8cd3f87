"""A story told to a gateway with verbs of no app."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from holdspace.live.gateway import Gateway, Limits
from holdspace.live.tests import verbs_of_a_test as these

Story = Callable[[Gateway], Awaitable[Any]]


def play(story: Story, limits: Limits | None = None, account_of: Any = these.account_of) -> Any:
    """Run a story with a gateway of its own."""

    async def run() -> Any:
        gateway = Gateway(verbs=these.VERBS, topics=these.TOPICS, account_of=account_of, limits=limits)
        try:
            return await story(gateway)
        finally:
            await gateway.stop()

    return asyncio.run(run())
