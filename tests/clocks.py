"""A device whose clock is wrong. Its timers are left alone: only what it takes for the time is another."""

import datetime

from playwright.sync_api import BrowserContext, Page

_OFF = """
globalThis.Date = class extends Date {
  static off = %d;
  static now() { return super.now() + Date.off; }
  constructor(...parts) { parts.length > 0 ? super(...parts) : super(Date.now()); }
};
"""


def wrong_clock(context: BrowserContext, off: datetime.timedelta = datetime.timedelta()) -> None:
    """Every page of this device from now on is off by so much."""
    context.add_init_script(_OFF % milliseconds(off))


def set_clock(page: Page, off: datetime.timedelta) -> None:
    """The clock of this page is off by so much from now on."""
    page.evaluate("off => { Date.off = off; }", milliseconds(off))


def milliseconds(span: datetime.timedelta) -> int:
    """As browsers count."""
    return round(span.total_seconds() * 1000)
