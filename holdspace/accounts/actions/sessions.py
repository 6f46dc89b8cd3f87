"""Sessions: a browser signs in, locks, unlocks and signs out (sealing.md 2.6)."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from holdspace.accounts.browsers import kind_of
from holdspace.accounts.models import Account, Session
from holdspace.accounts.sessions import key_of, new_token
from holdspace.live import endings
from holdspace.ui.refused import Refused

# A borrowed device forgets by itself.
SHARED_HOURS = 12
# Without a page that asks for it, the server's half of the session seal is dead after this long.
SHARE_IDLE = timedelta(hours=12)
_NOTED_EVERY = timedelta(minutes=5)


def begin_session(account: Account, shared: bool = False, user_agent: str = "") -> str:
    """Sign a browser in. Gives the cookie's value, which is kept nowhere."""
    token, now = new_token(), timezone.now()
    lasts = timedelta(hours=SHARED_HOURS) if shared else timedelta(days=settings.SESSION_DAYS)
    browser, system = kind_of(user_agent)
    with transaction.atomic():
        old = Session.objects.select_for_update(skip_locked=True).filter(ends__lt=now)
        Session.objects.filter(key__in=old.values("key")).delete()
        Session.objects.create(
            key=key_of(token),
            account=account,
            shared_device=shared,
            browser=browser,
            system=system,
            began=now,
            seen=now,
            ends=now + lasts,
        )
    return token


def new_share(session: Session) -> bytes:
    """A fresh half for the session seal, right after unlocking."""
    share = secrets.token_bytes(32)
    now = timezone.now()
    Session.objects.filter(key=session.key).update(share=share, seen=now)
    _note_here(session.account_id, now)
    return share


def take_share(session: Session) -> bytes:
    """The standing half, or `locked`."""
    now = timezone.now()
    if session.share is None:
        raise Refused("locked")
    if session.seen < now - SHARE_IDLE:
        lock(session)
        raise Refused("locked")
    if session.seen < now - _NOTED_EVERY:
        Session.objects.filter(key=session.key).update(seen=now)
        _note_here(session.account_id, now)
    return bytes(session.share)


def _note_here(account_id: bytes, now: datetime) -> None:
    """The day, and no more than the day."""
    Account.objects.filter(id=account_id).exclude(last_here=now.date()).update(last_here=now.date())


def lock(session: Session) -> None:
    """Forget the half: what the browser keeps is dead bytes now."""
    Session.objects.filter(key=session.key).update(share=None)


def end_session(session: Session) -> None:
    """Sign this browser out."""
    _end(Session.objects.filter(key=session.key), session.account_id)


def end_one_session(account: Account, key: bytes) -> None:
    """Sign one of the account's browsers out; `not-found` for any other session."""
    if not _end(Session.objects.filter(account=account, key=key), account.id):
        raise Refused("not-found")


def end_all_sessions(account: Account) -> None:
    """Sign every browser of the account out."""
    _end(Session.objects.filter(account=account), account.id)


def end_other_sessions(session: Session) -> None:
    """Sign every browser of the account out but this one."""
    _end(Session.objects.filter(account=session.account_id).exclude(key=session.key), session.account_id)


def _end(sessions: QuerySet[Session], account_id: bytes) -> int:
    """Their halves go with them. The sockets hear it after the commit, not before."""
    ended, _ = sessions.delete()
    transaction.on_commit(lambda: endings.look_again(account_id))
    return ended
