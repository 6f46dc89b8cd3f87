"""The list of modules: everything that is imported, each with the hash of what is served."""

import base64
import hashlib
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from holdspace.ui.module_graph import imports_of, modules_from

ENTRIES = sorted(
    path.relative_to(settings.BROWSER).as_posix()
    for path in settings.BROWSER.rglob("*.js")
    if "vendor" not in path.parts and not path.name.endswith(".test.js")
)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('import { a } from "./b.js";', ["accounts/b.js"]),
        ('import "../ui/b.js";', ["ui/b.js"]),
        ("import {\n  a,\n  b as c,\n} from '../ui/b.js';", ["ui/b.js"]),
        ('import * as a from "./b.js";', ["accounts/b.js"]),
        ('import d, { a } from "./b.js";', ["accounts/b.js"]),
        ('export { a } from "./b.js";', ["accounts/b.js"]),
        ('export * from "./b.js";', ["accounts/b.js"]),
        ("const a = \"import x from './b.js'\";", []),
        ('/** @type {import("./b.js").A} */', []),
        (' * import { a } from "./b.js";', []),
        ('// import { a } from "./b.js";', []),
        ("export const a = 1;", []),
        ('export function a() { return "./b.js"; }', []),
    ],
)
def test_import_lines_are_read(line: str, found: list[str]) -> None:
    assert imports_of(line, "accounts/a.js") == found


def test_everything_below_is_found_once_and_hashed(tmp_path: Path) -> None:
    (tmp_path / "ui").mkdir()
    (tmp_path / "a.js").write_text('import "./ui/b.js";\nimport { c } from "./ui/c.js";\n')
    (tmp_path / "ui" / "b.js").write_text('import { c } from "./c.js";\nimport "../a.js";\n')
    (tmp_path / "ui" / "c.js").write_text("export const c = 1;\n")
    found = modules_from("a.js", tmp_path)
    assert list(found) == ["a.js", "ui/b.js", "ui/c.js"]
    digest = hashlib.sha256(b"export const c = 1;\n").digest()
    assert found["ui/c.js"] == f"sha256-{base64.b64encode(digest).decode()}"


def test_a_missing_module_is_loud(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import "./gone.js";\n')
    with pytest.raises(FileNotFoundError):
        modules_from("a.js", tmp_path)


def test_the_tag_lists_preloads_first_and_the_script_last() -> None:
    page = Template('{% modules "accounts/sign_in.js" %}').render(Context())
    lines = [line for line in page.splitlines() if line]
    assert all(line.startswith('<link rel="modulepreload"') for line in lines[:-1])
    assert lines[-1].startswith('<script type="module"')
    assert all('integrity="sha256-' in line and 'crossorigin="anonymous"' in line for line in lines)
    assert any("sealing/" in line for line in lines)


def test_a_script_that_is_wanted_at_once_waits_for_nothing() -> None:
    page = Template('{% modules "accounts/ask_early.js" at_once=True %}').render(Context())
    assert page.splitlines()[-1].endswith(" async></script>")


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_import_of_every_module_leads_somewhere(entry: str) -> None:
    found = modules_from(entry, settings.BROWSER)
    assert not [path for path in found if path.endswith(".test.js")]
