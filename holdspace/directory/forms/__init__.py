"""What somebody may look for, as a form and as parameters of `/find.json`: the same names, the same checks."""

import re
from collections.abc import Mapping
from datetime import time
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from holdspace.directory import marks, places
from holdspace.directory.choices import DAYS
from holdspace.directory.places import Place
from holdspace.directory.search import MOST_PAGES, Near, Query
from holdspace.directory.topic_list import ids_of, topics
from holdspace.directory.windows import Hours

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)
_FURTHEST_KM = 500


class FindForm(forms.Form):
    """A search. Everything may be left out."""

    q = forms.CharField(required=False, max_length=200)
    topic = forms.CharField(required=False, max_length=200)
    where = forms.ChoiceField(required=False, choices=[("", ""), ("online", "")])
    near = forms.CharField(required=False, max_length=100)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180)
    km = forms.FloatField(required=False, min_value=0.1, max_value=_FURTHEST_KM)
    online = forms.BooleanField(required=False, widget=forms.TextInput)
    in_person = forms.BooleanField(required=False, widget=forms.TextInput)
    phone = forms.BooleanField(required=False, widget=forms.TextInput)
    language = forms.CharField(required=False, max_length=12)
    days = forms.MultipleChoiceField(required=False, choices=[(each, each) for each in DAYS])
    tz = forms.CharField(required=False, max_length=64)
    access = forms.MultipleChoiceField(required=False, choices=[(each, each) for each in marks.ACCESS])
    openness = forms.ChoiceField(
        required=False, choices=[("", ""), *((each, each) for each in marks.OPENNESS)]
    )
    cost = forms.ChoiceField(required=False, choices=[("", ""), ("free", "free")])
    structure = forms.ChoiceField(
        required=False, choices=[("", ""), *((each, each) for each in marks.STRUCTURE)]
    )
    places_left = forms.BooleanField(required=False, widget=forms.TextInput)
    sort = forms.ChoiceField(required=False, choices=[("", ""), ("soonest", ""), ("nearest", "")])
    page = forms.IntegerField(required=False, min_value=1, max_value=MOST_PAGES)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        # "from" is a word of Python's own.
        self.fields["from"] = forms.TimeField(required=False, input_formats=["%H:%M"])
        self.fields["to"] = forms.TimeField(required=False, input_formats=["%H:%M"])
        self.place: Place | None = None

    def clean_language(self) -> str:
        """A code of a language."""
        code = str(self.cleaned_data["language"])
        if code and not _LANGUAGE.fullmatch(code):
            raise forms.ValidationError(_("Please choose a language from the list."))
        return code.lower()

    def clean_tz(self) -> str:
        """A time zone there is."""
        name = str(self.cleaned_data["tz"])
        if name and name not in available_timezones():
            raise forms.ValidationError(_("Please choose a time zone from the list."))
        return name

    def clean_topic(self) -> tuple[str, ...]:
        """Ids of topics, also for one of the other words for them."""
        text = str(self.cleaned_data["topic"])
        found = (text,) if text in topics() else ids_of(text)
        if text and not found:
            raise forms.ValidationError(_("This topic is not on the list. Try the words above."))
        return found

    def clean(self) -> dict[str, Any]:
        """A place that has a point."""
        said = super().clean() or self.cleaned_data
        if said.get("near") and not said.get("where") and not _has_point(said):
            self.place = next(iter(places.lookup(said["near"])), None)
            if self.place is None:
                self.add_error("near", _no_such_place())
        return said

    def zone(self) -> str:
        """The asker's zone: what they chose, else that of their town, else UTC."""
        return str(self.cleaned_data["tz"]) or (self.place.zone if self.place else "UTC")

    def query(self) -> Query:
        """What is looked for. Only of a form that is valid."""
        said = self.cleaned_data
        near = self._near()
        return Query(
            topics=said["topic"],
            language=said["language"],
            every=sum(marks.ACCESS[each] for each in said["access"])
            | (marks.PLACES_LEFT if said["places_left"] else 0),
            some=tuple(filter(None, self._some())),
            near=near,
            words=said["q"],
            hours=self._hours(),
            nearest=said["sort"] == "nearest" and near is not None,
            page=said["page"] or 1,
        )

    def _near(self) -> Near | None:
        said = self.cleaned_data
        if said["where"]:
            return None
        km = said["km"] or (25.0 if said["sort"] != "nearest" else 0.0)
        if _has_point(said):
            return Near(said["lat"], said["lon"], km)
        return Near(self.place.lat, self.place.lon, km) if self.place else None

    def _some(self) -> list[int]:
        """Sets of bits, of each of which one must be there."""
        said = self.cleaned_data
        is_far = bool(said["where"])
        modes = [name for name in marks.MODES if said[name] or (is_far and name != "in_person")]
        cost = marks.COST["free"] | marks.COST["donation"] if said["cost"] else 0
        return [
            sum(marks.MODES[name] for name in modes),
            marks.OPENNESS.get(said["openness"], 0),
            cost,
            marks.STRUCTURE.get(said["structure"], 0),
        ]

    def _hours(self) -> Hours:
        said = self.cleaned_data
        begin, finish = said["from"], said["to"]
        if (begin is None) != (finish is None):
            begin, finish = begin or time(), finish or time()
        return Hours(self.zone(), frozenset(map(DAYS.index, said["days"])), begin, finish)

    def link(self) -> str:
        """What was said, as the query of an address."""
        said = QueryDict(mutable=True)
        for name in self.fields:
            values = self.data.getlist(name) if isinstance(self.data, QueryDict) else []
            said.setlist(name, [each for each in values if each and name != "page"])
        return said.urlencode()


def _has_point(said: Mapping[str, Any]) -> bool:
    return said.get("lat") is not None and said.get("lon") is not None


def _no_such_place() -> Any:
    if not places.are_known():
        return _("This network has no list of towns yet. You can look online, or use words.")
    return _("We know no town of this name. Try a larger one near it.")
