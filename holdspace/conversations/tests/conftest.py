"""A group to talk in."""

import pytest
from pytest_django import Settings

from holdspace.conversations.actions import rates
from holdspace.conversations.tests.cast import Circle, Person, make_network


@pytest.fixture
def circle(settings: Settings) -> Circle:
    """Ben's group with Amara, who came in epoch 2, and Eli, who was removed. Now epoch 3."""
    settings.ITEMS_PER_MINUTE = 1000
    rates.forget_all()
    make_network()
    ben = Person.named("Ben")
    circle = Circle().start(ben).admit(ben, Person.named("Amara"), Person.named("Eli"))
    circle.append(ben, circle.removal(ben, circle.people["Eli"]))
    return circle


@pytest.fixture
def amara(circle: Circle) -> Person:
    return circle.people["Amara"]


@pytest.fixture
def ben(circle: Circle) -> Person:
    return circle.people["Ben"]
