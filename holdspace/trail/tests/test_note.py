"""What the trail keeps, and that its ids can't be anything else."""

import pytest
from django.db import IntegrityError, connection, transaction

from holdspace.trail.actions import note
from holdspace.trail.models import Happening

pytestmark = pytest.mark.django_db
WHO = bytes(range(16))


def test_who_did_what_is_kept() -> None:
    note("network-set-up", who=WHO)
    kept = Happening.objects.get()
    assert (kept.what, kept.who, kept.about) == ("network-set-up", WHO, None)


def test_what_was_undone_was_never_noted() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        note("network-set-up", who=WHO)
        raise RuntimeError
    assert not Happening.objects.exists()


def test_the_database_refuses_an_id_of_another_length() -> None:
    note("network-set-up", who=WHO)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE trail_happening SET who = %s", [WHO[:-1]])
    assert Happening.objects.get().who == WHO
