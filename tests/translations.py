"""`make translations`: every sentence the sources mark for translation, and locale/ brought up to date with them.

Django's own parser reads the templates, so what is found is what is looked up, to the letter. New sentences come in empty, for a
person to fill; sentences nobody says any more go. Nothing is guessed from a similar one. The compiled file is kept beside the
catalogue, since those who only run Holdspace have nothing to compile it with.
"""

import ast
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import django
import polib
from django.conf import settings
from django.template import engines
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

BASE = Path(__file__).resolve().parent.parent
LOCALE = BASE / "locale"
_MARKED = {"_": 1, "gettext": 1, "gettext_lazy": 1, "ngettext": 2, "ngettext_lazy": 2}


class Message(NamedTuple):
    """What a catalogue is asked for: the English, and its plural where a number decides."""

    text: str
    plural: str = ""


def languages() -> list[str]:
    """The languages that have a catalogue: all but the one the sources are in."""
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def messages() -> dict[Message, list[str]]:
    """Every message, with the files it stands in."""
    found: dict[Message, list[str]] = defaultdict(list)
    for file in sorted(BASE.glob("holdspace/**/*.*")):
        for message in _of_file(file):
            name = str(file.relative_to(BASE))
            found[message] += [] if name in found[message] else [name]
    return _once_each(found)


def _once_each(found: dict[Message, list[str]]) -> dict[Message, list[str]]:
    """What is said both of one and of some number is looked up as one message, as gettext has it."""
    counted = {message.text: message for message in found if message.plural}
    alone = [message for message in found if not message.plural and message.text in counted]
    for message in alone:
        files = found.pop(message)
        there = found[counted[message.text]]
        there += [name for name in files if name not in there]
    return found


def _of_file(file: Path) -> Iterator[Message]:
    if "templates" in file.parts and file.suffix in {".html", ".txt"}:
        yield from in_template(file.read_text())
    if file.suffix == ".py" and "tests" not in file.parts:
        yield from in_code(file.read_text())


def in_template(source: str) -> Iterator[Message]:
    """What a template has translated, in the order it stands there."""
    template: Any = engines["django"].from_string(source)
    nodes = template.template.nodelist.get_nodes_by_type((TranslateNode, BlockTranslateNode))
    for node in nodes:
        if isinstance(node, TranslateNode):
            yield Message(str(node.filter_expression.var.literal).replace("%", "%%"))
        else:
            singular, plural = (node.render_token_list(tokens)[0] for tokens in (node.singular, node.plural))
            yield Message(singular, plural)


def in_code(source: str) -> Iterator[Message]:
    """What a module marks for translation."""
    for call in ast.walk(ast.parse(source)):
        name = getattr(getattr(call, "func", None), "id", None)
        if isinstance(call, ast.Call) and name in _MARKED:
            strings = [each.value for each in call.args[: _MARKED[name]] if isinstance(each, ast.Constant)]
            yield from [Message(*map(str, strings))] if len(strings) == _MARKED[name] else []


def catalogue_of(language: str) -> polib.POFile:
    """What is translated into a language."""
    return polib.pofile(str(path_of(language)), wrapwidth=120)


def path_of(language: str) -> Path:
    """Where a language's catalogue is."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def updated(old: polib.POFile, found: dict[Message, list[str]]) -> polib.POFile:
    """The catalogue with exactly the messages that were found, in the order of their files."""
    new = polib.POFile(wrapwidth=120)
    new.header, new.metadata = old.header, old.metadata
    known = {Message(each.msgid, each.msgid_plural): each for each in old if not each.obsolete}
    forms = int(old.metadata["Plural-Forms"].partition("nplurals=")[2][0])
    for message, files in found.items():
        entry = known.get(message) or _empty(message, forms)
        entry.occurrences = [(name, "") for name in files]
        new.append(entry)
    return new


def _empty(message: Message, forms: int) -> polib.POEntry:
    if not message.plural:
        return polib.POEntry(msgid=message.text)
    empty = dict.fromkeys(range(forms), "")
    return polib.POEntry(msgid=message.text, msgid_plural=message.plural, msgstr_plural=empty)


def main() -> None:
    """Bring every catalogue up to date, compile it, and say what still wants words."""
    found = messages()
    for language in languages():
        catalogue = updated(catalogue_of(language), found)
        catalogue.save(str(path_of(language)))
        catalogue.save_as_mofile(str(path_of(language).with_suffix(".mo")))
        missing = catalogue.untranslated_entries()
        sys.stdout.write(f"{language}: {len(catalogue)} messages, {len(missing)} without a translation\n")
        sys.stdout.writelines(f"  {entry.occurrences[0][0]}: {entry.msgid}\n" for entry in missing)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    main()
