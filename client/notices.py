"""Words that a facilitator sent along with a removal; only their reader's keys open them, and only signed do they count."""

from typing import Any

from client import ids
from client.device import Device
from client.trouble import sentence_of
from holdspace.sealing.codec import Json
from holdspace.sealing.errors import SealError
from holdspace.sealing.notice import Removal, open_notice


def read_all(device: Device) -> list[dict[str, Any]]:
    """Every notice, opened, or with the reason why it is not shown."""
    return [_told(device, each) for each in device.ask("notices")["notices"]]


def _told(device: Device, notice: dict[str, Any]) -> dict[str, Any]:
    group, gen = notice["group"], notice["gen"]
    told = {"notice": ids.text(notice["notice"]), "group": ids.text(group), "sent": notice["sent"]}
    removal = Removal(group, notice["member"], gen, notice["seq"])
    log = device.ask("removal", notice=notice["notice"])["log"]
    try:
        body = _opened(device, removal, notice["box"], log)
    except SealError as refused:
        nothing = {"name": None, "by": None, "text": None}
        return told | nothing | {"state": refused.code, "sentence": sentence_of(refused.code)}
    return told | {"state": "open", "name": body.get("g"), "by": body.get("by"), "text": body.get("t")}


def _opened(device: Device, removal: Removal, sealed: bytes, log: list[bytes]) -> Json:
    """By whichever of the account's seeds the box was sealed to (sealing.md 2.10)."""
    refused = SealError("damaged")
    for keys in device.account.every_keys(removal.group, removal.gen):
        try:
            return open_notice(removal, keys, sealed, log, device.pins.get(removal.group))
        except SealError as error:
            refused = error
            if error.code != "damaged":
                raise
    raise refused
