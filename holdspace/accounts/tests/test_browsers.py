"""The kind of a browser, out of what real ones say."""

import pytest

from holdspace.accounts.browsers import kind_of

MOZILLA = "Mozilla/5.0"
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        (f"{MOZILLA} (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", ("Firefox", "Linux")),
        (f"{MOZILLA} (Android 16; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0", ("Firefox", "Android")),
        (f"{MOZILLA} (Linux; Android 10; K) {WEBKIT} Chrome/156.0.0.0 Mobile Safari/537.36", ("Chrome", "Android")),
        (f"{MOZILLA} (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/156.0.0.0 Safari/537.36 Edg/156.0", ("Edge", "Windows")),
        (f"{MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/26.0 Safari/605.1.15", ("Safari", "Mac")),
        (f"{MOZILLA} (iPhone; CPU iPhone OS 26_0 like Mac OS X) {WEBKIT} CriOS/156 Mobile Safari/604.1", ("Chrome", "iPhone")),
        (f"{MOZILLA} (Linux; Android 15) {WEBKIT} SamsungBrowser/29.0 Chrome/140 Mobile Safari/537.36", ("Samsung Internet", "Android")),
        (f"{MOZILLA} (Windows NT 10.0) {WEBKIT} Chrome/156.0.0.0 Safari/537.36 OPR/120.0", ("Opera", "Windows")),
        ("python-httpx/0.28", ("", "")),
        ("", ("", "")),
    ],
)  # fmt: skip
def test_a_browser_is_known_by_its_family_and_its_system(says: str, kind: tuple[str, str]) -> None:
    assert kind_of(says) == kind
