"""Words that a facilitator sent along with a removal; only their reader's keys open them."""

from typing import Any

from client import ids
from client.device import Device
from client.trouble import sentence_of
from holdspace.sealing import box
from holdspace.sealing.codec import from_padded_json
from holdspace.sealing.errors import SealError


def read_all(device: Device) -> list[dict[str, Any]]:
    """Every notice, opened, or with the reason why it does not open."""
    return [_told(device, each) for each in device.ask("notices")["notices"]]


def _told(device: Device, notice: dict[str, Any]) -> dict[str, Any]:
    group, gen = notice["group"], notice["gen"]
    told = {"notice": ids.text(notice["notice"]), "group": ids.text(group), "sent": notice["sent"]}
    context = box.notice_context(group, notice["member"], gen, notice["seq"])
    try:
        body = from_padded_json(
            box.open_box(box.NOTICE, context, device.account.keys(group, gen).x, notice["box"])
        )
    except SealError as refused:
        nothing = {"name": None, "by": None, "text": None}
        return told | nothing | {"state": refused.code, "sentence": sentence_of(refused.code)}
    return told | {"state": "open", "name": body.get("g"), "by": body.get("by"), "text": body.get("t")}
