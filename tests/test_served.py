"""What is served is what stands in the repository, but for comments."""

import json
import subprocess

import pytest
from django.conf import settings

from holdspace.ui.served import served
from tests.running import BASE

SCRIPTS = sorted(
    path.relative_to(settings.BROWSER).as_posix()
    for path in settings.BROWSER.rglob("*.js")
    if "vendor" not in path.parts and not path.name.endswith(".test.js")
)
# Comments are no tokens. Where a line stands is compared too, so that a trace names a line of the repository.
SAME = """
import { readFileSync } from "node:fs";
import { tokenize } from "espree";
const read = (text) => tokenize(text, { ecmaVersion: "latest", sourceType: "module", loc: true })
  .map(({ type, value, loc }) => `${type} ${value} ${loc.start.line}`).join("\\n");
const changed = JSON.parse(readFileSync(0, "utf8")).filter(([, one, other]) => read(one) !== read(other));
console.log(changed.map(([name]) => name).join(" "));
"""


def text_of(name: str) -> str:
    """A file of the repository."""
    return (settings.BROWSER / name).read_text()


def differing(pairs: list[tuple[str, str, str]]) -> str:
    """The names of those whose two texts are not the same program."""
    done = subprocess.run(
        ["node", "--input-type=module", "-e", SAME],
        input=json.dumps(pairs),
        cwd=BASE,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.strip()


def test_every_served_module_is_the_same_program_line_by_line() -> None:
    assert len(SCRIPTS) > 50
    pairs = [(name, text_of(name), served(name, text_of(name).encode()).decode()) for name in SCRIPTS]
    assert differing(pairs) == ""


def test_another_program_would_be_noticed() -> None:
    assert (
        differing([("a", "f(1);", "f(2);"), ("b", "f(1);", "\nf(1);"), ("c", "// a\nf(1);", "\nf(1);")])
        == "a b"
    )


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("/** One\n * two */\nf();\n", "\n\nf();\n"),
        ("  // one\n  f();\n", "\n  f();\n"),
        ("  /** @type {A} */ #a = null;\n", "#a = null;\n"),
        ('f("// not", `/* nor */`); // stays\n', 'f("// not", `/* nor */`); // stays\n'),
        ("const a = /** @type {B} */ (b);\n", "const a = /** @type {B} */ (b);\n"),
    ],
)
def test_only_comments_that_begin_a_line_are_left_out(written: str, sent: str) -> None:
    assert served("ui/a.js", written.encode()).decode() == sent


def test_other_peoples_files_and_pictures_are_served_whole() -> None:
    for name in ("vendor/noble/argon2.js", "ui/icon.svg"):
        assert served(name, b"// a\n") == b"// a\n"
