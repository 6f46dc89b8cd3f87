"""Where programs of others lie once bin/clients has installed them, and a site of others that has one of them on its only page."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.running import BASE

INSTALLED = BASE / ".clients"
TSML = "lib/python*/site-packages/meeting_guide/static/meeting_guide/app.js"
CROUTON = "node_modules/@bmlt-enabled/croutonjs/crouton.js"


def tsml_ui() -> Path | None:
    """Its one file, where it is installed."""
    return next(INSTALLED.glob(TSML), None)


def tsml_ui_of(feed: str) -> str:
    """What a page holds that shows a feed with it."""
    return f'<div id="tsml-ui" data-src="{feed}" data-timezone="America/New_York"></div>'


@contextmanager
def site(folder: Path, body: str, script: Path) -> Iterator[str]:
    """Where the page is, with a script at its end."""
    (folder / "theirs.js").write_bytes(script.read_bytes())
    (folder / "index.html").write_text(
        f"<!doctype html><meta charset=utf-8><title>T</title><body>{body}<script src=theirs.js></script>"
    )
    serve = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
