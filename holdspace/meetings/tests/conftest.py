"""A group that meets."""

import pytest

from holdspace.meetings.tests.cast import Circle, Person, make_network


@pytest.fixture
def circle(db: None) -> Circle:
    """Ben's group with Amara, and Eli, who was removed; Dana is in a group of her own."""
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
