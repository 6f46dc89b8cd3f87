"""Starting the server: migrate, gather the static files, listen."""

from pathlib import Path

import uvicorn
from django.conf import settings
from django.core.management import call_command


def prepare() -> None:
    """Bring the database and the static files to this release. Tests of modules are not served."""
    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=["*.test.js"])


def address() -> str:
    """Where to go with a browser, as seen from this machine."""
    scheme = "https" if settings.TLS_CERT else "http"
    host = f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
    return f"{scheme}://{host}:{settings.PORT}"


def listen() -> None:
    """Serve until told to stop. No access log: it would be a diary of who read what, when."""
    uvicorn.run(
        "holdspace.asgi:application",
        host=settings.HOST,
        port=settings.PORT,
        ws="websockets-sansio",
        ws_max_size=2 << 20,
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=settings.BEHIND_PROXY,
        ssl_certfile=settings.TLS_CERT or None,
        ssl_keyfile=settings.TLS_KEY or None,
        timeout_graceful_shutdown=5,
    )
