"""The house rules, held against the whole project; and each rule against something bad, to show that it can fail."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from tests import house_rules

ROOT: Path = settings.BASE
SERVER = sorted(path for path in (ROOT / "holdspace").rglob("*.py") if "migrations" not in path.parts)
CODE = [path for path in SERVER if "tests" not in path.parts]
PYTHON = [*SERVER, *sorted((ROOT / "client").rglob("*.py")), *sorted((ROOT / "tests").rglob("*.py"))]
TEMPLATES = sorted((ROOT / "holdspace").rglob("templates/**/*.html"))
SCRIPTS = sorted(path for path in (ROOT / "browser").rglob("*.js") if "vendor" not in path.parts)
STYLES = sorted((ROOT / "browser").rglob("*.css"))
OURS = [model for model in apps.get_models() if model.__module__.startswith("holdspace.")]


def troubles(paths: list[Path], rule: object, *args: str) -> list[str]:
    """`path: what is wrong` for each thing a rule finds."""
    return [f"{path.relative_to(ROOT)}: {found}" for path in paths for found in rule(path.read_text(), *args)]  # type: ignore[operator]


def test_the_project_was_found() -> None:
    assert min(len(CODE), len(TEMPLATES), len(SCRIPTS), len(STYLES)) > 9
    assert len(OURS) > 9


def test_only_actions_write_rows() -> None:
    others = [path for path in CODE if "actions" not in path.with_suffix("").parts]
    assert troubles(others, house_rules.writes) == []


def test_views_topics_and_verbs_never_say_objects() -> None:
    doors = [path for path in CODE if {"views", "topics", "verbs"} & set(path.with_suffix("").parts)]
    assert doors
    assert troubles(doors, house_rules.says_objects) == []


def test_every_model_says_what_it_is() -> None:
    bare = [
        model.__name__
        for model in OURS
        if not model.__doc__ or model.__doc__.startswith(f"{model.__name__}(")
    ]
    assert bare == []


def test_forms_are_imported_by_their_own_app_alone() -> None:
    found = [line for path in CODE for line in troubles([path], house_rules.foreign_forms, _app(path))]
    assert found == []


def _app(path: Path) -> str:
    return path.relative_to(ROOT / "holdspace").parts[0]


@pytest.mark.parametrize(
    ("paths", "most"),
    [
        ([path for path in PYTHON if "tests" not in path.parts], 400),
        ([path for path in PYTHON if "tests" in path.parts], 600),
        ([path for path in SCRIPTS if not path.name.endswith(".test.js")], 249),
        (TEMPLATES, 130),
        (STYLES, 200),
        ([ROOT / "holdspace" / "settings.py"], 250),
    ],
    ids=["python", "tests", "scripts", "templates", "styles", "settings"],
)
def test_files_stay_small_enough_to_read(paths: list[Path], most: int) -> None:
    sizes = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in paths}
    assert {name: size for name, size in sizes.items() if size > most} == {}


def test_nothing_inline_stands_in_templates() -> None:
    assert troubles(TEMPLATES, house_rules.inline) == []


def test_every_sentence_can_be_translated() -> None:
    assert troubles(TEMPLATES, house_rules.untranslated) == []


def test_no_page_asks_another_machine() -> None:
    served = [path for path in SCRIPTS if not path.name.endswith(".test.js")]
    assert troubles([*TEMPLATES, *served, *STYLES], house_rules.third_parties) == []


def test_nothing_measures_people() -> None:
    fields = [f"{model.__name__}.{field.name}" for model in OURS for field in model._meta.get_fields()]
    code = [word for path in CODE for word in house_rules.words_of_code(path.read_text())]
    parts = [
        name
        for path in TEMPLATES
        for name in re.findall(r'(?:data-[\w-]+|class|id|name)="([\w -]+)"', path.read_text())
    ]
    assert house_rules.measures([*fields, *code, *parts]) == []


def test_every_setting_is_explained() -> None:
    read = house_rules.settings_read((ROOT / "holdspace" / "settings.py").read_text())
    explained = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "running.md").read_text(), re.MULTILINE))
    assert {"PORT", "HOLDSPACE_DATA", "SECRET_KEY_FILE"} <= read
    assert read == explained


def test_nothing_waits_to_be_done() -> None:
    mark = "TO" + "DO"
    assert [path.name for path in [*PYTHON, *TEMPLATES, *SCRIPTS, *STYLES] if mark in path.read_text()] == []


# Each rule can fail ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bad",
    [
        "Account.objects.create(name='x')",
        "account.save()",
        "Account.objects.filter(id=1).update(name='x')",
        "Account.objects.all().delete()",
        "cursor.execute('INSERT INTO t VALUES (1)')",
        "cursor.execute('  update t set a = 1')",
    ],
)
def test_a_write_is_seen(bad: str) -> None:
    assert house_rules.writes(bad)


@pytest.mark.parametrize(
    "good", ["known.update({1: 2})", "Account.objects.filter(id=1)", "'Updates are free'"]
)
def test_a_read_is_not_a_write(good: str) -> None:
    assert not house_rules.writes(good)


def test_objects_are_seen() -> None:
    assert house_rules.says_objects("a = Account.objects.first()") == ["line 1"]


def test_foreign_forms_are_seen() -> None:
    assert house_rules.foreign_forms("from holdspace.groups.forms import A", "accounts") == ["groups"]
    assert house_rules.foreign_forms("from holdspace.accounts import forms", "accounts") == []


@pytest.mark.parametrize(
    "bad",
    [
        "<p>Hello there</p>",
        '<p aria-label="Hello">{% translate "Hello" %}</p>',
        '<button data-say-wait="Wait a little"></button>',
        "{% translate 'Name' %}: yes",
    ],
)
def test_a_sentence_outside_is_seen(bad: str) -> None:
    assert house_rules.untranslated(bad)


@pytest.mark.parametrize(
    "good",
    [
        '<p>{% translate "Hello" %} &middot; {{ name }}</p>',
        "{# a note #}<p>{% blocktranslate trimmed %}Hello <b>you</b>{% endblocktranslate %}</p>",
        "<p aria-label=\"{% translate 'Hello' %}\">1</p>",
    ],
)
def test_a_translated_sentence_is_fine(good: str) -> None:
    assert not house_rules.untranslated(good)


@pytest.mark.parametrize(
    "bad",
    ["<script>x()</script>", "<style>", '<p style="a">', '<p onclick="a()">', '<a href="javascript:a">'],
)
def test_inline_is_seen(bad: str) -> None:
    assert house_rules.inline(bad)


def test_a_script_with_an_address_is_not_inline() -> None:
    assert not house_rules.inline('<script type="module" src="/a.js" integrity="b"></script>')


@pytest.mark.parametrize(
    "bad",
    ['<link href="//fonts.example.org/a">', "url(https://cdn.example.com/a.woff)", 'fetch("wss://a.b/c")'],
)
def test_another_machine_is_seen(bad: str) -> None:
    assert house_rules.third_parties(bad)


def test_a_namespace_is_no_machine() -> None:
    assert not house_rules.third_parties('xmlns="http://www.w3.org/2000/svg" // see a.b')


@pytest.mark.parametrize(
    "bad", ["likes", "post_count", "Item.score", "reader-rank", "is_typing", "read_by", "streak"]
)
def test_a_measure_is_seen(bad: str) -> None:
    assert house_rules.measures([bad])


@pytest.mark.parametrize("good", ["count", "unlikely", "frankness", "pointer", "epoch", "alike", "seen"])
def test_a_word_that_only_looks_like_one_is_not(good: str) -> None:
    assert not house_rules.measures([good])


def test_settings_are_seen() -> None:
    source = 'A = env.text("NAME", "x")\nB = env.secret("KEY", folder)'
    assert house_rules.settings_read(source) == {"NAME", "KEY_FILE"}
