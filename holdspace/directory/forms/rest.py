"""Until when a group rests."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST = timedelta(days=366)


class RestForm(forms.Form):
    """A day, or nothing: until further notice."""

    until = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Please write the day like 2027-01-31.")},
    )

    def clean_until(self) -> date | None:
        """A day that is still to come, within a year."""
        until: date | None = self.cleaned_data["until"]
        today = timezone.now().date()
        if until is not None and not today <= until <= today + LONGEST:
            raise forms.ValidationError(_("Please choose a day within the next year, or leave it empty."))
        return until
