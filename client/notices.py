"""Words that a facilitator sent along with a removal; only their reader's keys open them, and only signed do they count."""

from typing import Any

from client import ids
from client.device import Device
from client.trouble import sentence_of
from holdspace.sealing.errors import SealError
from holdspace.sealing.notice import Removal, open_notice


def read_all(device: Device) -> list[dict[str, Any]]:
    """Every notice, opened, or with the reason why it is not shown."""
    return [_told(device, each) for each in device.ask("notices")["notices"]]


def _told(device: Device, notice: dict[str, Any]) -> dict[str, Any]:
    group, gen = notice["group"], notice["gen"]
    told = {"notice": ids.text(notice["notice"]), "group": ids.text(group), "sent": notice["sent"]}
    removal, keys = (
        Removal(group, notice["member"], gen, notice["seq"]),
        device.account.keys(group, gen),
    )
    log = device.ask("removal", notice=notice["notice"])["log"]
    try:
        body = open_notice(removal, keys, notice["box"], log, device.pins.get(group))
    except SealError as refused:
        nothing = {"name": None, "by": None, "text": None}
        return told | nothing | {"state": refused.code, "sentence": sentence_of(refused.code)}
    return told | {"state": "open", "name": body.get("g"), "by": body.get("by"), "text": body.get("t")}
