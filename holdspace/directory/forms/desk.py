"""What coordinators send from their desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_SAID = {
    "max_length": _(
        "This is longer than fits. Please leave out some words: %(limit_value)s signs is the most."
    ),
    "null_characters_not_allowed": _("There is a sign in it that nobody can see. Please write it again."),
}


class DecisionForm(forms.Form):
    """Show it, send it back, or take it down. Who says no says why. `seen` is the draft that was read."""

    do = forms.ChoiceField(choices=[(each, each) for each in ("approve", "send-back", "take-down")])
    seen = forms.CharField(required=False, strip=False)
    reason = forms.CharField(required=False, max_length=1000, error_messages=_SAID)

    def clean(self) -> dict[str, Any]:
        """A reason with every no."""
        said = super().clean() or self.cleaned_data
        if said.get("do") != "approve" and not said.get("reason") and not self.errors:
            self.add_error("reason", _("Please say why. The facilitators read it."))
        return said
