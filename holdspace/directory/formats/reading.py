"""From a file of a stranger to rows, in bounded memory and time.

A feed is read up to a limit of bytes, unpacked no further than that, decoded by what it says and not by hope, and its
rows are taken apart one by one: one bad row costs itself, not the feed.
"""

import csv
import io
import re
import zlib
from collections.abc import Iterator
from typing import IO, Any

import msgspec

MEBIBYTE = 1024 * 1024
MOST_BYTES = 128 * MEBIBYTE  # the largest list known, 34,339 meetings, has 24 MB
MOST_ROWS = 1_000_000
MOST_BYTES_OF_A_ROW = MEBIBYTE // 4
MOST_CHARACTERS_OF_A_CELL = 65_536
_PIECE = 1 << 16
_PLAIN = bytes(max(byte, 0x20) if byte < 0x20 else byte for byte in range(256))
_LONE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)


class Unreadable(Exception):
    """This feed can't be read at all. The sentence says why; nothing of it was used."""


def read_whole(file: IO[bytes], most: int = MOST_BYTES) -> bytes:
    """All bytes of a feed, unpacked when it is gzip. Raises Unreadable beyond the limit, before that is in memory."""
    start = file.read(2)
    packed = zlib.decompressobj(wbits=31) if start == b"\x1f\x8b" else None
    pieces, size, piece = [], 0, start
    while piece:
        for part in _unpacked(packed, piece):
            pieces.append(part)
            size += len(part)
            if size > most:
                raise Unreadable(f"This file is larger than {most // MEBIBYTE} MB. Nothing was read.")
        piece = file.read(_PIECE)
    if packed and not packed.eof:
        raise Unreadable("This packed file ends in the middle. Nothing was read.")
    return b"".join(pieces)


def _unpacked(packed: "zlib._Decompress | None", piece: bytes) -> Iterator[bytes]:
    if packed is None:
        yield piece
        return
    try:
        while piece and not packed.eof:
            yield packed.decompress(piece, _PIECE)
            piece = packed.unconsumed_tail
    except zlib.error:
        raise Unreadable("This packed file is damaged. Nothing was read.") from None


def text_of(data: bytes) -> tuple[str, str]:
    """The text, and the name of the encoding it was read by: what its first bytes say, UTF-8, or else Windows-1252."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decoded(data, encoding)
    try:
        return data.decode(), "utf-8"
    except UnicodeDecodeError:
        return _decoded(data, "cp1252")


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        raise Unreadable("The letters of this file are in no encoding we know. Save it as UTF-8.") from None


def utf8(data: bytes) -> bytes:
    """The same file in UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return text_of(data)[0].encode("utf-8", "replace")
    try:
        data.decode()
    except UnicodeDecodeError:
        return text_of(data)[0].encode()
    return data


def json_value(data: bytes) -> Any:
    """A small JSON document, whole."""
    try:
        return msgspec.json.decode(_whole_letters(utf8(data)))
    except (msgspec.DecodeError, RecursionError):
        raise Unreadable(_not_json(data)) from None


def json_rows(data: bytes, *keys: str) -> list[msgspec.Raw]:
    """The rows of a JSON list, or of the list an object holds under one of these keys; each still to be opened."""
    whole = _whole_letters(utf8(data))
    try:
        rows = msgspec.json.decode(whole, type=list[msgspec.Raw] | dict[str, msgspec.Raw])
        if isinstance(rows, dict):
            rows = _listed(rows, keys)
    except (msgspec.DecodeError, RecursionError):
        raise Unreadable(_not_json(data)) from None
    if len(rows) > MOST_ROWS:
        raise Unreadable(f"This list has more than {MOST_ROWS:,} rows. Nothing was read.")
    return rows


def _listed(whole: dict[str, msgspec.Raw], keys: tuple[str, ...]) -> list[msgspec.Raw]:
    for key in keys:
        if key in whole:
            return msgspec.json.decode(whole[key], type=list[msgspec.Raw])
    raise Unreadable("This JSON holds no list of meetings where this format has one. Nothing was read.")


def rows_with(data: bytes, keys: tuple[str, ...], *fields: str) -> list[msgspec.Raw]:
    """The same, when one of the first rows has all of these fields: a list of another format is not half read as this one."""
    raws = json_rows(data, *keys)
    first = [row for raw in raws[:20] if isinstance(row := open_row(raw), dict)]
    if raws and not any(all(name in row for name in fields) for row in first):
        raise Unreadable(f"No row has {' and '.join(fields)}, as this format writes. Nothing was read.")
    return raws


def open_row(raw: msgspec.Raw) -> dict[str, Any] | str:
    """A row as a mapping, or the sentence that says why it is none."""
    if len(memoryview(raw)) > MOST_BYTES_OF_A_ROW:
        return "This row is far too large."
    try:
        row = msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError):
        return "This row holds something that can't be read, such as a number without end."
    return row if isinstance(row, dict) else "This row is no record with fields."


def _whole_letters(data: bytes) -> bytes:
    """Bare line ends inside words and halves of surrogate pairs are mended: real programs write both."""
    data = data.translate(_PLAIN)
    if b"\\ud" in data or b"\\uD" in data:
        data = _LONE.sub(lambda found: found[0] if len(found[0]) == 12 else rb"\ufffd", data)
    return data


def _not_json(data: bytes) -> str:
    start = data[:200].lstrip().lower()
    if not start:
        return "This file is empty. Nothing was read."
    if start.startswith(b"<"):
        return "This is a web page and not a list of meetings. Nothing was read."
    return "This is not whole JSON. It may have been cut off on the way. Nothing was read."


def table_rows(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with their line, by the names in its first line (in small letters).

    The whole file is gone through once before the first row is given: a table is read whole or not at all.
    """
    text, _ = text_of(data)
    if sum(1 for _ in _rows_of(text)) > MOST_ROWS:
        raise Unreadable(f"This table has more than {MOST_ROWS:,} rows. Nothing was read.")
    return _rows_of(text)


def _rows_of(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    csv.field_size_limit(MOST_CHARACTERS_OF_A_CELL)
    lines = csv.reader(io.StringIO(text.replace("\0", " "), newline=""), delimiter=_delimiter(text))
    try:
        heads = [head.strip().lower() for head in next(lines, [])]
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield lines.line_num, dict(zip(heads, cells, strict=False))
    except csv.Error:
        raise Unreadable(
            f"Line {lines.line_num + 1} of this table has a cell without end. Look for a lone quote."
        ) from None


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)
