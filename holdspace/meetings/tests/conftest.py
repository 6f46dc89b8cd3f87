"""A group that meets."""

import pytest

from holdspace.groups.tests.cast import bens_circle
from holdspace.meetings.tests.cast import Circle, Person


@pytest.fixture
def circle(db: None) -> Circle:
    """Ben's group with Amara, and Eli, who was removed; Dana is in a group of her own."""
    return bens_circle()


@pytest.fixture
def amara(circle: Circle) -> Person:
    return circle.people["Amara"]


@pytest.fixture
def ben(circle: Circle) -> Person:
    return circle.people["Ben"]
