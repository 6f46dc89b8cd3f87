"""Keys that rest on somebody's own device: the server's half for a code of six digits, five tries (sealing.md 2.11)."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from holdspace.accounts.actions.sign_in import unlock
from holdspace.accounts.actions.slots import split
from holdspace.accounts.models import PASSPHRASE, OwnDevice, Session
from holdspace.sealing import slots
from holdspace.sealing.primitives import same
from holdspace.sealing.wrap import SESSION
from holdspace.ui.ids import new
from holdspace.ui.refused import Refused

TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDevice:
    """As its browser made it: its id, the proof of its code, and our half of its keys."""

    device: bytes
    code_auth: bytes
    share: bytes


def keep_on_device(session: Session, auth_key: bytes, wish: NewDevice, address: str) -> None:
    """From now on a code opens this browser's session for 30 days, for somebody who just showed the passphrase. Never on a
    shared device: `not-found`."""
    if session.shared_device:
        raise Refused("not-found")
    unlock(session.account, auth_key, address)
    device = _made(session, wish)
    ends = timezone.now() + timedelta(days=settings.SESSION_DAYS)
    with transaction.atomic():
        # The session first: of two at once the second replaces what the first made.
        if not Session.objects.filter(key=session.key).update(ends=ends):
            raise Refused("signed-out")
        end_own_device(session)
        if OwnDevice.objects.filter(id=device.id).exists():
            raise Refused("exists")
        device.save(force_insert=True)


def open_device(session: Session, device_id: bytes, code_auth: bytes) -> bytes:
    """Our half for the right code; `wrong-code`, and with the fifth wrong one in a row it is destroyed: `no-device`, as for
    whatever this session does not have."""
    device = _take_try(session, device_id)
    halves = split(code_auth, device.salt2, PASSPHRASE)
    if same(halves.verifier, device.verifier):
        return _released(device, halves.outer)
    if device.tries_left == 0:
        end_own_device(session)
        raise Refused("no-device")
    raise Refused("wrong-code")


def end_own_device(session: Session) -> None:
    """The half is gone: only the passphrase opens this browser's keys now."""
    OwnDevice.objects.filter(session=session).delete()


def _made(session: Session, wish: NewDevice) -> OwnDevice:
    """The slow part is done before a transaction begins and holds everybody up."""
    salt2 = new()
    halves = split(wish.code_auth, salt2, PASSPHRASE)
    blob = slots.store(halves.outer, wish.device, wish.share, method=SESSION)
    return OwnDevice(
        id=wish.device, session=session, salt2=salt2, verifier=halves.verifier, blob=blob, tries_left=TRIES
    )


def _take_try(session: Session, device_id: bytes) -> OwnDevice:
    """Count a try before it is looked at, so that a hundred at once are no more than five."""
    with transaction.atomic():
        device = OwnDevice.objects.select_for_update().filter(session=session, id=device_id).first()
        if device is None or device.tries_left == 0:
            raise Refused("no-device")
        device.tries_left -= 1
        device.save(update_fields=["tries_left"])
    return device


def _released(device: OwnDevice, outer: bytes) -> bytes:
    """Five tries again, unless it was destroyed meanwhile."""
    if not OwnDevice.objects.filter(id=device.id).update(tries_left=TRIES):
        raise Refused("no-device")
    return slots.unstore(outer, device.id, bytes(device.blob), method=SESSION)
