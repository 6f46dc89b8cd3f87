"""Between Playwright and Debian's Firefox: passes on all that is said, but for two things this Firefox does not know yet.

Playwright is made for Firefox as it will be next. It starts this file as if it were the browser (firefox.py); Firefox itself is FIREFOX.
"""

import asyncio
import json
import os
import re
import sys
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve

FIREFOX = os.environ.get("FIREFOX", "/usr/bin/firefox-esr")
# Whether somebody likes dark colours. No test that runs in Firefox looks at that.
NOT_KNOWN_YET = {"emulation.setMediaFeaturesOverride"}
# Whole and at once, however long Firefox thinks.
PLAIN: dict[str, Any] = {"max_size": None, "compression": None, "ping_interval": None}
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


def done(message: str | bytes) -> str | None:
    """The answer to a command of that kind, or None: then it is for Firefox."""
    asked = json.loads(message)
    if asked.get("method") not in NOT_KNOWN_YET:
        return None
    return json.dumps({"type": "success", "id": asked["id"], "result": {}})


def named(message: str | bytes) -> str | bytes:
    """The same news; a download that comes by no navigation has its address for a name, since Playwright takes no nameless one."""
    news = json.loads(message)
    if not str(news.get("method")).startswith("browsingContext.download"):
        return message
    about = news["params"]
    return json.dumps({**news, "params": {"download": about["navigation"] or about["url"], **about}})


async def interpret(playwright: ServerConnection, address: str) -> None:
    """Both ways, until one of them hangs up."""
    async with connect(f"{address}/session", **PLAIN) as firefox:
        ways = (
            asyncio.create_task(_ask(playwright, firefox)),
            asyncio.create_task(_answer(firefox, playwright)),
        )
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)


async def _ask(playwright: ServerConnection, firefox: ClientConnection) -> None:
    async for message in playwright:
        said = done(message)
        await (playwright.send(said) if said else firefox.send(message))


async def _answer(firefox: ClientConnection, playwright: ServerConnection) -> None:
    async for message in firefox:
        await playwright.send(named(message))


async def main(words: list[str]) -> None:
    """Start Firefox, and say where to speak to it as it says it itself."""
    firefox = await asyncio.create_subprocess_exec(FIREFOX, *words, stderr=asyncio.subprocess.PIPE)
    assert firefox.stderr
    async for line in firefox.stderr:
        listening = LISTENING.search(line.decode(errors="replace"))
        if listening:
            await _stand_between(listening[1], firefox)


async def _stand_between(address: str, firefox: asyncio.subprocess.Process) -> None:
    async with serve(lambda playwright: interpret(playwright, address), "127.0.0.1", 0, **PLAIN) as here:
        port = here.sockets[0].getsockname()[1]
        sys.stderr.write(f"WebDriver BiDi listening on ws://127.0.0.1:{port}\n")
        await firefox.communicate()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
