"""What happens at the same moment: nothing is made twice, and many guesses at once are no faster than one by one."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from conftest import HERE, PASSPHRASE, STEWARD_SEED, new_account
from holdspace.accounts.actions import slots
from holdspace.accounts.actions.deletion import delete_account
from holdspace.accounts.actions.keyring import put_keyring
from holdspace.accounts.actions.network import NewNetwork
from holdspace.accounts.actions.sign_in import sign_in
from holdspace.accounts.actions.sign_up import set_up, sign_up
from holdspace.accounts.models import Account, Keyring, Network, Tries
from holdspace.sealing import slots as twin
from holdspace.sealing.primitives import e_public
from holdspace.ui.refused import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(acts: list[Callable[[], object]]) -> list[str]:
    """Start all at the same moment; "done" or the code of the refusal for each."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        gate.wait()
        try:
            act()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_two_first_visits_make_one_network() -> None:
    network = NewNetwork("River network", "en", "everyone", e_public(STEWARD_SEED))
    new = [new_account(name, PASSPHRASE, bytes(16)) for name in ("Chidi", "Ben")]
    got = at_once([lambda one=one: set_up(one, network, of_age=True, consent=True) for one in new])  # type: ignore[misc]
    assert got == ["done", "not-found"]
    assert (Network.objects.count(), Account.objects.count()) == (1, 1)


def test_one_name_goes_to_one_of_two(network: Network) -> None:
    new = [new_account("Amara", PASSPHRASE, bytes(16)) for _ in range(2)]
    got = at_once([lambda one=one: sign_up(one, HERE, of_age=True, consent=True) for one in new])  # type: ignore[misc]
    assert got == ["done", "name-taken"]


def test_one_of_two_tabs_writes_the_keyring(amara: Account) -> None:
    assert at_once([lambda: put_keyring(amara, 1, b"sealed")] * 3) == ["done", "stale", "stale"]
    assert Keyring.objects.count() == 1


def test_of_two_coordinators_who_go_at_once_one_stays(chidi: Account, amara: Account) -> None:
    Account.objects.filter(id=amara.id).update(is_coordinator=True)

    def go(account: Account) -> None:
        with transaction.atomic():
            delete_account(account)

    assert at_once([lambda one=one: go(one) for one in (chidi, amara)]) == ["done", "runs-network"]  # type: ignore[misc]
    assert Account.objects.filter(is_coordinator=True).count() == 1


def test_many_guesses_at_once_are_no_faster(amara: Account) -> None:
    got = at_once([lambda: sign_in("Amara", bytes(32), "127.0.0.1")] * 6)
    assert got == ["too-many"] * 4 + ["wrong-key"] * 2


def test_a_free_try_that_queued_behind_another_is_free(amara: Account) -> None:
    """Its turn comes after the first try is counted; a time read before its turn would meet a wait that is over."""
    for _ in range(20):
        assert at_once([lambda: sign_in("Amara", bytes(32), "127.0.0.1")] * 2) == ["wrong-key"] * 2
        Tries.objects.all().delete()


def test_only_two_passphrases_are_worked_on_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    busy, most = [0], [0]
    count = threading.Lock()

    def slow(*_args: object, **_options: object) -> twin.Split:
        with count:
            busy[0] += 1
            most[0] = max(most[0], busy[0])
        time.sleep(0.02)
        with count:
            busy[0] -= 1
        return twin.Split(bytes(32), bytes(32))

    monkeypatch.setattr(twin, "split", slow)
    assert at_once([lambda: slots.split(bytes(32), bytes(16), 1)] * 6) == ["done"] * 6
    assert most[0] == 2
