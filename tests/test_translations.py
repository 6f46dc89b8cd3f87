"""Whoever reads Holdspace in another language reads all of it: every sentence is there, whole, and fits its places."""

import re
from collections import Counter
from functools import cache

import polib
import pytest
from django.conf import settings
from django.template import engines
from django.utils.translation import override

from tests import translations
from tests.translations import Message

_TAG = re.compile(r"<[^<>]+>")
_PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
_QUOTED = re.compile(r"“([^”]+)”")
# Words that stand in Latin letters in every language: names, keys of a keyboard, what is typed.
_SAME = {
    "Holdspace",
    "Chrome",
    "Firefox",
    "Safari",
    "JavaScript",
    "Escape",
    "https",
    "en",
    "txt",
    "na",
    "dublin",
    "Europe",
    "London",
    "gzip",
    "a",
    "z",
}
# In these of Arabic's six forms a word says the number: none, one, two.
_SPOKEN_FORMS = {0, 1, 2}
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
each_language = pytest.mark.parametrize("language", LANGUAGES)


@cache
def sources() -> dict[Message, list[str]]:
    """What the sources say."""
    return translations.messages()


@cache
def entries(language: str) -> list[polib.POEntry]:
    """What a catalogue holds."""
    return list(translations.catalogue_of(language))


def said(entry: polib.POEntry) -> dict[int, str]:
    """The translation, or its plural forms by their number; a lone one counts as form 5, where nothing may be missing."""
    return entry.msgstr_plural if entry.msgid_plural else {5: entry.msgstr}


def places(text: str) -> Counter[str]:
    """Where values go, and the marks around words: what code looks for. Words inside a mark are the language's own."""
    return Counter([*_PLACE.findall(text), *_TAG.findall(text)])


def test_there_is_another_language_and_much_to_say() -> None:
    assert LANGUAGES
    assert len(sources()) > 500


@each_language
def test_every_sentence_is_translated_and_none_that_nobody_says(language: str) -> None:
    held = {Message(each.msgid, each.msgid_plural) for each in entries(language)}
    assert held == set(sources()), "make translations, and fill what is empty"
    empty = [each.msgid for each in entries(language) if not all(said(each).values())]
    assert empty == []


@each_language
def test_nothing_is_guessed(language: str) -> None:
    assert [each.msgid for each in entries(language) if each.fuzzy or each.obsolete] == []


@each_language
def test_what_is_filled_in_has_its_place_in_every_form(language: str) -> None:
    wrong = []
    for entry in entries(language):
        wanted = places(entry.msgid_plural or entry.msgid)
        for form, text in said(entry).items():
            there = places(text)
            fits = there <= wanted if form in _SPOKEN_FORMS else there == wanted
            wrong += [] if fits else [(entry.msgid, form, text)]
    assert wrong == []


@each_language
def test_no_english_was_left_in_it(language: str) -> None:
    left = []
    for entry in entries(language):
        for text in said(entry).values():
            words = set(re.findall(r"[A-Za-z]+", _PLACE.sub(" ", _TAG.sub(" ", text))))
            left += [(text, words - _SAME)] if words - _SAME else []
    assert left == []


@each_language
def test_a_sentence_that_names_a_button_names_it_as_it_is_called(language: str) -> None:
    called = {each.msgid: each.msgstr for each in entries(language) if not each.msgid_plural}
    wrong = [
        (entry.msgid, name)
        for entry in entries(language)
        for name in _QUOTED.findall(entry.msgid)
        if name in called and called[name] not in entry.msgstr
    ]
    assert wrong == []


@each_language
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    path = translations.path_of(language)
    assert path.with_suffix(".mo").read_bytes() == polib.pofile(str(path)).to_binary(), "make translations"


@each_language
def test_a_catalogue_is_as_make_translations_would_leave_it(language: str) -> None:
    again = translations.updated(translations.catalogue_of(language), sources())
    assert str(again) == str(translations.catalogue_of(language))


@each_language
def test_every_language_has_the_principles(language: str) -> None:
    written = {path.name.split(".")[0] for path in (settings.BASE / "docs" / "principles").glob("*.en.md")}
    own = {
        path.name.split(".")[0] for path in (settings.BASE / "docs" / "principles").glob(f"*.{language}.md")
    }
    assert own == written


def test_what_is_found_is_what_django_looks_up() -> None:
    template = (
        '{% load counted %}<p title="{% translate \'A "b" c\' %}">{% blocktranslate trimmed %}\n  One\n  <b>two</b> {{ x }}.\n{% endblocktranslate %}'
        "{% if x %}{% blocktranslate count n=x %}{{ n }} a{% plural %}{{ n }} b{% endblocktranslate %}{% endif %}"
    )
    assert set(translations.in_template(template)) == {
        Message('A "b" c'),
        Message("One <b>two</b> %(x)s."),
        Message("%(n)s a", "%(n)s b"),
    }
    code = "def f():\n    a = gettext('One')\n    return ngettext('%(n)d a', '%(n)d b', n), other('Two')"
    assert list(translations.in_code(code)) == [Message("One"), Message("%(n)d a", "%(n)d b")]


def test_each_number_is_said_as_arabic_says_it() -> None:
    template = engines["django"].from_string('{% include "conversations/_counted.html" %}')
    with override("ar"):
        page = template.render({})
    for words in (
        "لا أحد يستطيع",
        "شخص واحد",
        "شخصان",
        ">3</span> أشخاص",
        ">11</span> شخصًا",
        ">100</span> شخص ",
    ):
        assert words in page
