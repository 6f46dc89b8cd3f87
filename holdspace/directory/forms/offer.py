"""What facilitators write of their group for everybody. Each thing that doesn't fit is a sentence beside it, and all is kept."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.directory import languages, marks, places
from holdspace.directory.formats.rows import country_of
from holdspace.directory.offer import OPENNESS, PLACES, SIZES, Offer
from holdspace.directory.topic_list import topics

MOST_TOPICS = MOST_LANGUAGES = 3
YOUNGEST, OLDEST = 18, 120
_LINK = re.compile(r"https://[^\s/?#@\\\[\]]+(?:[/?#]\S*)?", re.IGNORECASE)
TOO_LONG_OR_HIDDEN = {
    "max_length": _(
        "This is longer than fits. Please leave out some words: %(limit_value)s signs is the most."
    ),
    "null_characters_not_allowed": _("There is a sign in it that nobody can see. Please write it again."),
}
_SAID = {
    **TOO_LONG_OR_HIDDEN,
    "invalid_choice": _("Please choose from the list."),
    "invalid_list": _("Please choose from the list."),
    "invalid": _("Please write a number, such as 18."),
    "min_value": _("Everybody here is 18 or older, so please write 18 or more."),
    "max_value": _("Please write an age that people reach."),
}


def _words(most: int) -> forms.CharField:
    return forms.CharField(required=False, max_length=most, error_messages=_SAID)


def _one_of(values: Mapping[str, Any]) -> forms.ChoiceField:
    return forms.ChoiceField(
        required=False, choices=[("", ""), *((each, each) for each in values)], error_messages=_SAID
    )


def _some_of(values: Mapping[str, Any]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        required=False, choices=[(each, each) for each in values], error_messages=_SAID
    )


class _Several(forms.MultipleChoiceField):
    """A few boxes of one name, of which some stay empty."""

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(each for each in super().to_python(value) if each))


class OfferForm(forms.Form):
    """A draft: any part may still be empty. `needs` says what has to be there before a coordinator is asked."""

    title = _words(80)
    host = _words(120)
    topics = _Several(required=False, error_messages=_SAID)
    about = _words(1200)
    happens = _words(2000)
    greets = _words(400)
    never = _words(600)
    in_person = forms.BooleanField(required=False)
    online = forms.BooleanField(required=False)
    phone = forms.BooleanField(required=False)
    city = _words(100)
    venue = _words(200)
    link = _words(300)
    phone_number = _words(40)
    access = _some_of(marks.ACCESS)
    access_notes = _words(300)
    openness = _one_of(OPENNESS)
    cost = _one_of(marks.COST)
    cost_notes = _words(200)
    structure = _one_of(marks.STRUCTURE)
    languages = _Several(required=False, error_messages=_SAID)
    size = _one_of(SIZES)
    places = _one_of(PLACES)
    youngest = forms.IntegerField(required=False, min_value=YOUNGEST, max_value=OLDEST, error_messages=_SAID)
    oldest = forms.IntegerField(required=False, min_value=YOUNGEST, max_value=OLDEST, error_messages=_SAID)

    def __init__(self, data: Mapping[str, Any] | None = None, offer: Offer | None = None) -> None:
        super().__init__(data, initial=asdict(offer or Offer()))
        self.fields["topics"].choices = [(each, each) for each in topics()]  # type: ignore[attr-defined]
        self.fields["languages"].choices = [(code, code) for code in languages.all_codes()]  # type: ignore[attr-defined]
        self.place: places.Place | None = None

    def clean_topics(self) -> list[str]:
        """A few of our list."""
        return self._at_most("topics", MOST_TOPICS)

    def clean_languages(self) -> list[str]:
        """A few of those a browser knows a name of."""
        return self._at_most("languages", MOST_LANGUAGES)

    def _at_most(self, name: str, most: int) -> list[str]:
        chosen: list[str] = self.cleaned_data[name]
        if len(chosen) > most:
            raise forms.ValidationError(_("Three are the most. Choose those that matter most."))
        return chosen

    def clean_link(self) -> str:
        """Nothing but a page, and one that is fetched under lock."""
        link = str(self.cleaned_data["link"])
        if link and not _LINK.fullmatch(link):
            raise forms.ValidationError(
                _("Please write the whole address. It begins with https:// and has no spaces.")
            )
        return link

    def clean_phone_number(self) -> str:
        """A number one can dial."""
        number = str(self.cleaned_data["phone_number"])
        digits = sum(sign.isdigit() for sign in number)
        if number and (digits < 3 or not re.fullmatch(r"[\d\s()+./#*,-]+", number)):
            raise forms.ValidationError(_("Please write a number one can dial, without words."))
        return number

    def clean_city(self) -> str:
        """A town we know, where we know towns."""
        name = str(self.cleaned_data["city"])
        if name and places.are_known():
            self.place = next(iter(places.lookup(name)), None)
            if self.place is None:
                raise forms.ValidationError(_("We know no town of this name. Try a larger one near it."))
        return name

    def clean(self) -> dict[str, Any]:
        """Ages that follow one another."""
        said = super().clean() or self.cleaned_data
        youngest, oldest = said.get("youngest"), said.get("oldest")
        if youngest and oldest and youngest > oldest:
            self.add_error("oldest", _("This age is below the first one."))
        return said

    def is_whole(self) -> bool:
        """Whether nothing is missing that a coordinator needs; else it says so beside it. Only of a form that is valid."""
        said = dict(self.cleaned_data)
        for name in _NEEDS:
            if not said[name]:
                self.add_error(name, _NEEDS[name])
        if not any(said[mode] for mode in marks.MODES):
            self.add_error("in_person", _("Choose at least one way to take part."))
        if said["in_person"] and not said["city"]:
            self.add_error("city", _("Please write the town, so that people near it find you."))
        return not self.errors

    def offer(self) -> Offer:
        """What was written. Only of a form that is valid."""
        said = {name: _plain(value) for name, value in self.cleaned_data.items()}
        if self.place is not None:
            said |= {
                "region": self.place.region,
                "country": country_of(self.place.country),
                "lat": round(self.place.lat, 2),
                "lon": round(self.place.lon, 2),
            }
        return Offer(**said)


_NEEDS = {
    "title": _("Please give it a title that others may read."),
    "host": _("Please say who holds this group: a charity, a club, or some of you."),
    "topics": _("Choose at least one."),
    "about": _("Please say in a few words what it is for."),
    "happens": _("Please say what happens, so that a newcomer need not be afraid."),
    "greets": _("Please say who greets somebody who comes for the first time."),
    "never": _("Please say what nobody has to do here."),
    "languages": _("Choose at least one language."),
}


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return tuple(value) if isinstance(value, list) else value
