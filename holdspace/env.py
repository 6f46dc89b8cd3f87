"""How settings are read from the environment, and how secrets come into being.

A value that is set but makes no sense stops the start with one sentence (`SystemExit`), never silently becomes a default.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit


def stop(sentence: str) -> SystemExit:
    """The exception that ends a start with one plain sentence."""
    return SystemExit(f"Holdspace can't start: {sentence}")


def text(name: str, default: str = "") -> str:
    """The value of `name`; an empty one counts as not set."""
    return os.environ.get(name, "").strip() or default


def text_or_file(name: str) -> str:
    """The value of `name`, or of the file that NAME_FILE names, since it may hold a password; empty when neither is set."""
    path = text(f"{name}_FILE")
    if path and text(name):
        raise stop(f"{name} and {name}_FILE are both set; set one.")
    try:
        return Path(path).read_text().strip() if path else text(name)
    except (OSError, ValueError):
        raise stop(f"the file in {name}_FILE can't be read.") from None


def flag(name: str) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off and unset."""
    value = text(name, "no").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise stop(f"{name} should be yes or no.")


def number(name: str, default: int, low: int, high: int) -> int:
    """A whole number from `low` to `high`."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise stop(f"{name} should be a number from {low} to {high}.")
    return int(value)


def address(name: str, default: str) -> str:
    """An address of a page, `https://` or `http://`, without a user in it."""
    value = text(name, default)
    parts = urlsplit(value)
    if parts.scheme not in {"https", "http"} or not parts.hostname or "@" in parts.netloc or " " in value:
        raise stop(f"{name} should be the address of a page, such as {default}")
    return value


def secret(name: str, folder: Path) -> bytes:
    """32 secret bytes: from NAME_FILE (64 hex signs) if set, else from `folder`, made there on the first run with mode 0600."""
    given = text(f"{name}_FILE")
    path = Path(given) if given else folder / name.lower()
    if not given:
        _make_once(path, secrets.token_hex(32))
    return _read_keys(path)[0]


def secret_list(name: str, folder: Path, most: int) -> list[bytes]:
    """As `secret`, one key a line, newest first, at most `most`."""
    given = text(f"{name}_FILE")
    path = Path(given) if given else folder / name.lower()
    if not given:
        _make_once(path, secrets.token_hex(32))
    keys = _read_keys(path)
    if len(keys) > most:
        raise stop(f"{path} holds more than {most} keys.")
    return keys


def _make_once(path: Path, words: str) -> None:
    """Write `words` unless the file exists. A hard link makes it whole or absent, also when two processes start at once."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(words + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)


def _read_keys(path: Path) -> list[bytes]:
    """The keys in a secrets file, each 32 bytes."""
    try:
        keys = [bytes.fromhex(line) for line in path.read_text().split()]
    except (OSError, ValueError):
        raise stop(f"the secret in {path} can't be read.") from None
    if not keys or any(len(key) != 32 for key in keys):
        raise stop(f"the secret in {path} should be 64 hex signs.")
    return keys
