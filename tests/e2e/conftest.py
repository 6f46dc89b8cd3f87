"""The journeys' fixtures stand in tests/conftest.py, because other tests sit in front of the same browser."""

from tests.conftest import NewContext, NewPage

__all__ = ["NewContext", "NewPage"]
