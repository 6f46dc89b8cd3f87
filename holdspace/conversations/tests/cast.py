"""The cast of groups, who may talk here."""

from holdspace.conversations.verbs import VERBS
from holdspace.groups.tests import cast
from holdspace.groups.tests.cast import Circle, Person, item_id, make_network

cast.VERBS.update({verb.name: verb for verb in VERBS})

__all__ = ["Circle", "Person", "item_id", "make_network"]
