"""Who is asking, and what they may do here."""

from django.db import connection
from django.http import Http404
from django.utils import timezone

from holdspace.accounts import queries, setup_token
from holdspace.accounts.models import Account, Network, Reset, Session, WhoMayStart
from holdspace.accounts.sessions import key_of
from holdspace.ui.statements import rows


def account_of_session(session_key: str) -> bytes | None:
    """The account id behind a cookie value, or None. One statement by hand: the gateway asks this at every connect and each minute."""
    sql = "SELECT account_id FROM accounts_session WHERE key = %s AND ends > %s"
    found = rows(sql, [key_of(session_key), _now_for_sql()])
    return bytes(found[0][0]) if found else None


def _now_for_sql() -> str:
    return str(connection.ops.adapt_datetimefield_value(timezone.now()))


def session_of(token: str) -> Session | None:
    """The standing session of a cookie value, with its account."""
    if not token:
        return None
    return (
        Session.objects.select_related("account").filter(key=key_of(token), ends__gt=timezone.now()).first()
    )


def is_coordinators_session(token: str) -> bool:
    """Whether a cookie value stands for somebody who runs the network."""
    row = session_of(token)
    return row is not None and row.account.is_coordinator


def may_have_code(session: Session | None) -> bool:
    """Whether six digits could open this browser's session: where others use the device, never; where they do already, not again."""
    return session is not None and not session.shared_device and queries.own_device_of(session) is None


def may_start_group(account_id: bytes) -> bool:
    """Whether this account may start a group: set up, and the network's rule allows it."""
    network = Network.objects.first()
    if network is None:
        return False
    if network.who_may_start == WhoMayStart.EVERYONE:
        return Account.objects.filter(id=account_id).exists()
    return Account.objects.filter(id=account_id, is_coordinator=True).exists()


def account_of_reset(token: str) -> Account:
    """Whose keys a one-time address replaces; 404 when it was used, is over, or never was."""
    standing = (
        Reset.objects.select_related("account").filter(key=key_of(token), ends__gt=timezone.now()).first()
    )
    if standing is None:
        raise Http404
    account: Account = standing.account
    return account


def may_set_up(token: str) -> bool:
    """Whether this is the one-time word of a first visit that has not happened yet."""
    return not Network.objects.exists() and setup_token.is_right(token)
