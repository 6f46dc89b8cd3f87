"""Debian's Firefox, for Playwright to drive over WebDriver BiDi."""

import shlex
import sys
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Playwright

from tests import interpreting

# A proxy that is asked for addresses of this machine, too.
PREFERENCES = {"network.proxy.allow_hijacking_localhost": True}


def firefox(playwright: Playwright, folder: Path, proxy: str) -> Browser:
    """It speaks through an interpreter, and asks every server through `proxy`. `folder` is for a file."""
    program = folder / "firefox"
    # -P: what stands beside the interpreter is no package of Python's.
    program.write_text(f'#!/bin/sh\nexec {shlex.join([sys.executable, "-P", interpreting.__file__])} "$@"\n')
    program.chmod(0o700)
    return playwright.firefox.launch(
        channel="moz-firefox",
        executable_path=program,
        firefox_user_prefs=dict(PREFERENCES),
        proxy={"server": proxy},
    )


def is_firefox(context: BrowserContext) -> bool:
    """Which of the two browsers is it?"""
    return context.browser is not None and context.browser.browser_type.name == "firefox"
