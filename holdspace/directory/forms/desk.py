"""What coordinators send from their desk."""

import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from holdspace.directory.formats import READERS
from holdspace.directory.formats.reading import Unreadable, read_whole
from holdspace.directory.formats.rows import Told
from holdspace.directory.formats.types import PROGRAMS
from holdspace.directory.formats.zones import known_zone
from holdspace.directory.forms.offer import TOO_LONG_OR_HIDDEN
from holdspace.directory.offer import SOURCE

FORMATS = {
    "meeting-guide": "Meeting Guide (JSON)",
    "bmlt": "BMLT (JSON)",
    "lgv": "LGV (JSON)",
    "hsds": "Open Referral HSDS (JSON)",
    "csv": "CSV",
    "geojson": "GeoJSON",
    "ical": "iCalendar",
}


class DecisionForm(forms.Form):
    """Show it, send it back, or take it down. Who says no says why. `seen` is the draft that was read."""

    do = forms.ChoiceField(choices=[(each, each) for each in ("approve", "send-back", "take-down")])
    seen = forms.CharField(required=False, strip=False)
    reason = forms.CharField(required=False, max_length=1000, error_messages=TOO_LONG_OR_HIDDEN)

    def clean(self) -> dict[str, Any]:
        """A reason with every no."""
        said = super().clean() or self.cleaned_data
        if said.get("do") != "approve" and not said.get("reason") and not self.errors:
            self.add_error("reason", _("Please say why. The facilitators read it."))
        return said


class ListForm(forms.Form):
    """A list of others: its file, how it is written, where it comes from, and whose it is."""

    file = forms.FileField(
        error_messages={
            "required": _("Please choose the file once more. A browser forgets it."),
            "missing": _("Please choose the file once more. A browser forgets it."),
            "invalid": _("Please choose the file once more. A browser forgets it."),
            "empty": _("This file is empty."),
        }
    )
    written_in = forms.ChoiceField(
        choices=[(each, each) for each in READERS],
        error_messages={
            "required": _("Please choose from the list."),
            "invalid_choice": _("Please choose from the list."),
        },
    )
    source = forms.CharField(
        max_length=40,
        error_messages={
            **TOO_LONG_OR_HIDDEN,
            "required": _(
                "Please name it, such as na-dublin. Under the same name it is the same list next time."
            ),
        },
    )
    program = forms.ChoiceField(
        required=False,
        choices=[("", ""), *PROGRAMS.items()],
        error_messages={"invalid_choice": _("Please choose from the list.")},
    )
    zone = forms.CharField(required=False, max_length=64, error_messages=TOO_LONG_OR_HIDDEN)
    part = forms.BooleanField(required=False)

    def clean_source(self) -> str:
        """A name for addresses, and not ours."""
        name = str(self.cleaned_data["source"])
        if not re.fullmatch(r"[a-z0-9-]{1,40}", name):
            raise forms.ValidationError(_("Only small letters from a to z, figures and dashes fit here."))
        if name == SOURCE:
            raise forms.ValidationError(_("The groups of this network have this name. Choose another."))
        return name

    def clean_zone(self) -> str:
        """A zone there is."""
        name = str(self.cleaned_data["zone"])
        if name and not known_zone(name):
            raise forms.ValidationError(_("We know no time zone of this name. Write it as in Europe/London."))
        return name

    def clean(self) -> dict[str, Any]:
        """A program where the codes of a list mean nothing without."""
        said = super().clean() or self.cleaned_data
        if (
            said.get("written_in") == "meeting-guide"
            and not said.get("program")
            and "program" not in self.errors
        ):
            self.add_error(
                "program", _("Please say whose list it is: the same letter means different things to each.")
            )
        return said

    def data_of(self) -> bytes | None:
        """The bytes, unpacked; None with a sentence beside the file when it is too large or damaged. Only of a form that is valid."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        try:
            return read_whole(file.open("rb"))
        except Unreadable as reason:
            self.add_error("file", str(reason))
            return None

    def told(self) -> Told:
        """What the list does not say of itself."""
        return Told(self.cleaned_data["source"], self.cleaned_data["program"], self.cleaned_data["zone"])


class RowForm(forms.Form):
    """One row of a list, and what is done with it."""

    listing = forms.IntegerField(min_value=1)
    do = forms.ChoiceField(choices=[(each, each) for each in ("release", "drop")])
