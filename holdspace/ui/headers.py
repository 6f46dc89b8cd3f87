"""The headers of pages, of static files, and of the worker that turns a passphrase into a key."""

from wsgiref.headers import Headers

PAGE_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "connect-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "media-src blob:",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types hs-worker",
    ]
)
# The only place with wasm, and it can load nothing but its own modules.
WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
WORKER = "/sealing/kdf_worker.js"

PAGE_HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "Integrity-Policy": "blocked-destinations=(script)",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Permissions-Policy": (
        "camera=(self), microphone=(self), geolocation=(), accelerometer=(), gyroscope=(), magnetometer=(), payment=(), usb=(),"
        " serial=(), midi=(), display-capture=(), browsing-topics=()"
    ),
}


def add_static_headers(headers: Headers, path: str, url: str) -> None:
    """Called by WhiteNoise once for each file, at start."""
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Content-Security-Policy"] = WORKER_POLICY if url.endswith(WORKER) else "default-src 'none'"
