"""Verbs: name -> arguments and code."""

import secrets
from collections.abc import Callable
from typing import Any

from client import ids
from client.device import now_ms
from holdspace.sealing import invite, log_draft
from holdspace.sealing.codec import to_json
from holdspace.sealing.envelope import SHARE, Header, Said, seal_envelope
from holdspace.sealing.invite import Link
from holdspace.sealing.keys import new_id
from holdspace.sealing.log_draft import By
from holdspace.sealing.log_entry import sign_entry
from holdspace.sealing.log_payload import InviteTerms
from tests.six import Asker, Outcomes, everyone, facilitators, members, signed_in

Args = dict[str, Any]


def _of_group(asker: Asker, **more: Any) -> Args:
    return {"group": asker.group, **more}


def envelope_of(asker: Asker) -> Args:
    """A share as this person would seal it if they belonged: its author is them, or somebody made up."""
    ours = asker.ours
    author = _member_id(asker)
    header = Header(SHARE, asker.group, ours.state.epoch, new_id(), author)
    body = to_json({"v": 1, "t": "who may"})
    return {
        "envelope": seal_envelope(header, ours.key_of(ours.state.epoch), Said(ours.position, now_ms(), body))
    }


def _entry(asker: Asker) -> Args:
    """An invite, signed with this person's keys in this group."""
    ours, link = asker.ours, Link(new_id(), bytes(16), secrets.token_bytes(16))
    terms = InviteTerms(
        link.invite_id,
        invite.invite_public(link.secret, link.invite_id),
        now_ms() + 60_000,
        1,
        is_known=False,
    )
    draft = log_draft.invite(ours.state, By(_member_id(asker), now_ms()), terms)
    signer = asker.person or asker.cast.people["other group"]
    entry = sign_entry(draft, signer.device.account.keys(ours.id, 1).e)
    return _of_group(asker, entries=[entry], card=invite.seal_card({"v": 1}, link))


def _member_id(asker: Asker) -> bytes:
    """Who they are, or were, in the group."""
    if asker.role == "member":
        return asker.ours.find("amara").id
    if asker.role == "facilitator":
        return asker.ours.member_id
    return new_id()


def _withdrawal(asker: Asker) -> Args:
    """Amara's share, taken back by each: nobody but she can, and nobody hears whether it is there."""
    ours = asker.ours
    author = _member_id(asker)
    header = Header(SHARE, asker.group, ours.state.epoch, asker.cast.said, author, 1)
    said = Said(ours.position, now_ms(), to_json({"v": 1, "gone": True}))
    return {"envelope": seal_envelope(header, ours.key_of(header.epoch), said)}


def _notice(asker: Asker) -> Args:
    """What Eli was told when he was removed: his alone to ask about."""
    is_there = asker.group == ids.parse(asker.cast.group)
    return {"notice": asker.cast.notice if is_there else new_id()}


VERBS: dict[str, tuple[Callable[[Asker], Args], Outcomes]] = {
    "home": (lambda asker: {}, signed_in("ok")),
    "notices": (lambda asker: {}, signed_in("ok")),
    "removal": (_notice, signed_in("not-found") | {"removed": "ok"}),
    "open": (_of_group, members("ok")),
    "log": (lambda asker: _of_group(asker, after=-1), members("ok")),
    "items": (lambda asker: _of_group(asker, after=0, limit=10), members("ok")),
    "listen": (lambda asker: {"groups": [asker.group]}, members("ok")),
    "need-box": (lambda asker: _of_group(asker, epoch=asker.ours.state.epoch), members("ok")),
    "reseal": (
        lambda asker: _of_group(asker, epoch=asker.ours.state.epoch, member=asker.ours.member_id, box=b"no box"),
        members("boxes"),
    ),
    "histories": (_of_group, members("ok")),
    "past": (lambda asker: _of_group(asker, before=1000, limit=10), members("ok")),
    "give-history": (
        lambda asker: _of_group(asker, member=asker.ours.member_id, seq=1, box=b"no box"),
        signed_in("not-found"),
    ),
    "keep-history": (lambda asker: _of_group(asker, boxes=[[1, b"no box"]]), members("boxes")),
    "waiting": (_of_group, facilitators("ok")),
    "decline": (lambda asker: _of_group(asker, member=new_id()), everyone("not-found") | {"signed out": "signed-out"}),
    "ask-listing": (
        lambda asker: {"listing": "no-such-group", "request": new_id(), "account_x": bytes(32)},
        signed_in("not-found"),
    ),
    "take-request-back": (lambda asker: {"request": new_id()}, signed_in("not-found")),
    "answer-request": (
        lambda asker: _of_group(asker, request=new_id(), answer="later"),
        signed_in("not-found"),
    ),
    "note-compared": (
        lambda asker: _of_group(asker, invite=new_id(), note=b"no note"),
        facilitators("format"),
    ),
    "send": (envelope_of, members("ok")),
    "withdraw": (_withdrawal, members("ok") | {"facilitator": "exists"}),
    "hours": (_of_group, members("ok")),
    "set-hours": (lambda asker: _of_group(asker, times=[]), facilitators("ok")),
    "append": (_entry, facilitators("ok", member="log-authority")),
    "ask": (
        lambda asker: {"invite": new_id(), "record": bytes(165), "self_sig": bytes(64), "profile": bytes(300)},
        signed_in("log-invite"),
    ),
}  # fmt: skip
ABOUT_A_GROUP = [verb for verb, (_, outcomes) in VERBS.items() if outcomes["other group"] == "not-found"]
