"""What somebody may say who would come to a group there is not yet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.directory import languages, places
from holdspace.directory.topic_list import topics
from holdspace.directory.wishing import HOURS, Said, hash_of

# A town is told of by the largest one this near, so that a small place gives nobody away.
_AROUND_KM = 25.0


class WishForm(forms.Form):
    """A topic, and online or near a town. Language and hours may be left out."""

    code = forms.CharField(max_length=40)
    topic = forms.ChoiceField(
        choices=lambda: [(each, each) for each in topics()],
        error_messages={"required": _("Please choose what the group would be about.")},
    )
    where = forms.ChoiceField(required=False, choices=[("", ""), ("online", "")])
    near = forms.CharField(required=False, max_length=100)
    language = forms.CharField(required=False, max_length=12)
    hours = forms.ChoiceField(required=False, choices=[("", ""), *HOURS.items()])

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.town, self.country = "", ""

    def clean_language(self) -> str:
        """Its first part: "pt-br" is "pt"."""
        return languages.code_of(languages.number_of(str(self.cleaned_data["language"])))

    def clean_code(self) -> bytes:
        """What the code is known by."""
        found = hash_of(str(self.cleaned_data["code"]))
        if found is None:
            raise forms.ValidationError("code")
        return found

    def clean(self) -> dict[str, Any]:
        """Online, or a town there is."""
        said = super().clean() or self.cleaned_data
        if said.get("where"):
            return said
        place = next(iter(places.lookup(str(said.get("near", "")))), None)
        if place is None:
            self.add_error("near", _("Please name a larger town near you, or choose online."))
        else:
            town = places.largest_near(place, _AROUND_KM)
            self.town, self.country = town.name, town.country
        return said

    def said(self) -> Said:
        """What is kept. Only of a form that is valid."""
        said = self.cleaned_data
        return Said(said["topic"], self.town, self.country, said["language"], said["hours"])
