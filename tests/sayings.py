"""Everything Holdspace says in English: gathered from its sources, for tests/test_words.py."""

import ast
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from holdspace.accounts.principles import current

BASE = Path(__file__).resolve().parent.parent
_TAG = re.compile(
    r"""\{%\s*(?:translate|trans)\s+(?P<quote>["'])(?P<line>.*?)(?P=quote)[^%]*%\}"""
    r"""|\{%\s*blocktrans(?:late)?\b[^%]*%\}(?P<block>.*?)\{%\s*endblocktrans(?:late)?\s*%\}""",
    re.DOTALL,
)
_MARKED = {"_": 1, "gettext": 1, "gettext_lazy": 1, "ngettext": 2, "ngettext_lazy": 2, "pgettext": 2}


class Saying(NamedTuple):
    """One string that people read, and the file it stands in."""

    page: str
    text: str

    def is_sentence(self) -> bool:
        """No label of a button or a field: it ends like a sentence, or is as long as one."""
        return self.text.rstrip("”\"')").endswith((".", "?", "!", ":", "…")) or len(self.text.split()) >= 6


def of_templates() -> list[Saying]:
    """What is translated in templates."""
    files = sorted(p for p in BASE.glob("holdspace/*/templates/**/*.*") if p.suffix in {".html", ".txt"})
    return [Saying(_named(file), text) for file in files for text in in_template(file.read_text())]


def of_code() -> list[Saying]:
    """What is translated in Python: the sentences of refusals are among it."""
    files = [file for file in sorted(BASE.glob("holdspace/**/*.py")) if "tests" not in file.parts]
    return [Saying(_named(file), text) for file in files for text in in_code(file.read_text())]


def of_console() -> list[Saying]:
    """What `holdspace` and `holdspace member` print."""
    files = [BASE / "holdspace/console.py", *BASE.glob("holdspace/ops/*.py"), *BASE.glob("client/*.py")]
    return [Saying(_named(file), text) for file in sorted(files) for text in in_program(file.read_text())]


def of_principles() -> list[Saying]:
    """The floor of every group."""
    page = "docs/principles"
    return [Saying(page, text) for text in (current().lead, *(" ".join(each) for each in current().items))]


def in_template(source: str) -> Iterator[str]:
    """The translated strings of a template, without tags; a value that is filled in reads as "that"."""
    for found in _TAG.finditer(source):
        for form in re.split(
            r"\{%\s*plural\s*%\}", found["block"] if found["line"] is None else found["line"]
        ):
            lines = form.strip() if re.match(r"\s*\d\. ", form) else " ".join(form.split())
            yield _filled(html.unescape(re.sub(r"<[^>]+>", "", lines)))


def in_code(source: str) -> Iterator[str]:
    """The strings a module marks for translation."""
    for call in ast.walk(ast.parse(source)):
        name = getattr(getattr(call, "func", None), "id", None)
        if isinstance(call, ast.Call) and name in _MARKED:
            strings = [each.value for each in call.args[: _MARKED[name]] if isinstance(each, ast.Constant)]
            yield from (_filled(each) for each in strings if isinstance(each, str))


def in_program(source: str) -> Iterator[str]:
    """The strings of a module that read like a sentence, and what `help=` says. No docstrings."""
    tree = ast.parse(source)
    helped = {
        id(each.value) for each in ast.walk(tree) if isinstance(each, ast.keyword) and each.arg == "help"
    }
    passed_over = set(_docstrings(tree))
    for node in ast.walk(tree):
        if id(node) in passed_over:
            continue
        text = _string(node)
        if isinstance(node, ast.JoinedStr):
            passed_over.update(map(id, ast.walk(node)))
        if text and (id(node) in helped or _is_spoken(text)):
            yield from (_filled(line) for line in text.splitlines() if line.strip())


def _docstrings(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)


def _string(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(each.value) if isinstance(each, ast.Constant) else "that" for each in node.values)
    return None


def _is_spoken(text: str) -> bool:
    return bool(re.match(r"[A-Z]\w*'?\w* \S+ \S", text)) and text.rstrip().endswith((".", "?", ":", "!"))


def _filled(text: str) -> str:
    return re.sub(r"\{\{[^}]*\}\}|%\(\w+\)\w|%[sd]|\{\w*\}", "that", text)


def _named(file: Path) -> str:
    return str(file.relative_to(BASE))
