"""A group to talk in."""

import pytest
from pytest_django import Settings

from holdspace.conversations.actions import rates
from holdspace.conversations.tests.cast import Circle, Person
from holdspace.groups.tests.cast import bens_circle


@pytest.fixture
def circle(settings: Settings) -> Circle:
    """Ben's group with Amara, who came in epoch 2, and Eli, who was removed. Now epoch 3."""
    settings.ITEMS_PER_MINUTE = 1000
    rates.forget_all()
    return bens_circle()


@pytest.fixture
def amara(circle: Circle) -> Person:
    return circle.people["Amara"]


@pytest.fixture
def ben(circle: Circle) -> Person:
    return circle.people["Ben"]
