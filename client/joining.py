"""Invites and the way in: a link, its card, the request, the first steps inside (sealing.md 9)."""

from dataclasses import dataclass
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from client import ids, renewing, returning
from client.change import Change, change
from client.device import Device, now_ms
from client.group import Group
from client.membership import checked_name, needs_fkey, renew_fkey, send_standing
from client.server import Server
from client.talking import Words, say
from client.trouble import Trouble
from holdspace.sealing import box, invite, log_draft, log_entry
from holdspace.sealing.codec import Json, from_b64url, to_b64url
from holdspace.sealing.envelope import ENTRY, PROFILE
from holdspace.sealing.errors import SealError
from holdspace.sealing.invite import Link
from holdspace.sealing.keys import new_id
from holdspace.sealing.log_payload import InviteTerms
from holdspace.sealing.primitives import same
from holdspace.sealing.request import Note, seal_answer, seal_note

DAY_MS = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Card:
    """What an invite says of itself before anybody signs up."""

    group: bytes
    name: str
    by: str
    model: int
    agreement: str
    fkey: bytes
    fkey_gen: int
    expires_ms: int
    target: bytes = b""
    gen: int = 1


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody who asked from the group's listing, with the key that came with it, whoever it is of."""

    request: bytes
    account_x: bytes
    is_later: bool


def make_link(group: Group, *, uses: int = 1, days: int = 7, **whom: Any) -> str:
    """A new link; the server learns the invite's public half and a sealed card, never the link.

    `target`: a member of the list who lost their keys; the link binds their place to new ones. `wish`: somebody who asked from
    the listing; the link goes to them, sealed, and nobody passes it on. `is_known`: whoever comes with it is let in at once.
    """
    group.check_facilitator()
    if needs_fkey(group):
        renew_fkey(group)
    invite_id, secret = new_id(), token_bytes(16)
    link = Link(invite_id, group.state.genesis16, secret)
    public = invite.invite_public(secret, invite_id)
    expires_ms = now_ms() + days * DAY_MS
    wish: Wish | None = whom.get("wish")
    target = returning.target_of(whom.get("target"))
    terms = InviteTerms(
        invite_id, public, expires_ms, uses, target, whom.get("is_known", False), wish is not None
    )

    def build(made: Change) -> None:
        made.sign(log_draft.invite(made.state, made.by, terms))
        made.more["card"] = invite.seal_card(_card_body(group, terms), link)
        if wish:
            sealed = seal_answer(link, wish.account_x, group.id, wish.request)
            made.more["answer"] = (wish.request, sealed, note_for(group, Note(wish.account_x), invite_id))

    change(group, build)
    return f"{group.device.server.origin}/join/#{link.fragment()}"


def note_for(group: Group, note: Note, invite_id: bytes) -> bytes:
    """A note for all facilitators, under their newest key this member holds."""
    gen = max(group.fkeys)
    return seal_note(note, (gen, group.fkeys[gen]), group.id, invite_id)


def read_link(words: str) -> Link:
    """The link of an address, or of its part behind the #."""
    return Link.parse(words.strip().partition("#")[2] or words.strip())


def read_card(server: Server, link: Link) -> Card:
    """The card of a link, opened with the link's own secret."""
    answer = server.seal("card", invite=to_b64url(link.invite_id))
    return _card(invite.open_card(from_b64url(answer["card"]), link))


def join(device: Device, link: Link, name: str) -> tuple[bytes, str]:
    """Ask to join: `(group, state)`. The keys asked in are vouched for by the link's own secret."""
    name, card = checked_name(name), read_card(device.server, link)
    gen, member_id = device.gens.get(card.group, 0) + 1, new_id()
    if card.target:
        gen, member_id = card.gen, card.target
    keys = device.account.keys(card.group, gen)
    request = invite.ask_to_join(link, card.group, member_id, gen, keys)
    context = box.profile_context(card.group, card.fkey_gen, link.invite_id, member_id)
    answer = device.ask(
        "ask",
        invite=link.invite_id,
        record=request.record.encode(),
        self_sig=request.self_sig,
        profile=invite.seal_profile(name, card.fkey, context),
    )
    if answer["group"] != card.group:
        raise SealError("log-fingerprint")
    _remember(device, card, link, name)
    device.gens[card.group] = gen
    return card.group, answer["state"]


def settle_in(group: Group) -> None:
    """What a member's own device does unasked whenever it looks into a group and all is well with it.

    Signs principles and agreement on first entering, says its own name again in a new epoch, and, for facilitators,
    passes on what stands to newcomers and renews a facilitators' key that is not theirs alone.
    """
    if group.stopped or not group.me.is_active or group.state.is_closed:
        return
    if renewing.is_due(group):
        renewing.renew(group)
    if group.state.epoch not in group.secrets:
        group.device.ask("need-box", group=group.id, epoch=group.state.epoch)
        return
    _check_card(group)
    _say_own_name(group)
    returning.tend_history(group)
    if group.me.is_facilitator:
        _pass_on(group)


def _say_own_name(group: Group) -> None:
    said_in = group.names.profile_epochs.get(group.member_id, 0)
    if said_in == group.state.epoch:
        return
    kept = group.device.remembered().get(group.id.hex(), {})
    name = group.names.own(group.member_id) or kept.get("name") or group.name_of(group.member_id)
    if not name:
        return  # somebody will pass it on
    # Said with the name, too: whoever looks later does not read back as far as the signatures themselves.
    signed = group.names.signed_by(group.member_id) if said_in else _sign(group)
    say(group, Words(PROFILE, {"n": name} | ({"signed": signed} if signed else {})))


def _sign(group: Group) -> dict[str, int]:
    """Sign the principles, and the agreement as it stands in the log; which versions."""
    principles = group.device.server.seal("network")["principles"]
    signed = [("principles", principles["version"], principles["sha256"])]
    if group.state.agreement:
        signed.append(("agreement", group.state.agreement.version, group.state.agreement.sha256.hex()))
    for of, version, digest in signed:
        say(group, Words(ENTRY, {"type": "signature", "of": of, "version": version, "sha256": digest}))
    return {of: version for of, version, _ in signed}


def _pass_on(group: Group) -> None:
    newest = max(each.since_epoch for each in group.state.active())
    if newest > group.names.standing_epoch:
        send_standing(group)
    if needs_fkey(group):
        renew_fkey(group)


def _check_card(group: Group) -> None:
    """The agreement that the card showed must be one this group made (docs/sealing.md, invite card)."""
    kept = group.device.remembered().get(group.id.hex(), {}).get("agreement")
    agreed = [e.draft.payload[5:] for e in group.entries if e.draft.type == log_entry.AGREEMENT]
    if kept and not any(same(digest, bytes.fromhex(kept)) for digest in agreed):
        refused = SealError("log-fingerprint")
        group.stop(refused)
        raise refused


def _remember(device: Device, card: Card, link: Link, name: str) -> None:
    device.pin(card.group, (0, link.genesis16))
    digest = sha256(card.agreement.encode()).hexdigest()
    device.remember(device.remembered() | {card.group.hex(): {"name": name, "agreement": digest}})


def _card_body(group: Group, terms: InviteTerms) -> Json:
    names, state = group.names, group.state
    if not (names.group and names.agreement):
        raise Trouble("no-names")
    return {
        "v": 1,
        "group": to_b64url(group.id),
        "name": names.group,
        "by": group.name_of(group.member_id) or "",
        "model": names.agreement["model"],
        "agreement": names.agreement["text"],
        "fkey": to_b64url(state.fkey.public),
        "fgen": state.fkey.gen,
        "expires": terms.expires_ms,
    } | _returning_body(group, terms.target)


def _returning_body(group: Group, target: bytes) -> Json:
    """For whom the link is, when it is for a member who lost their keys; and which keys come next in the log."""
    member = group.state.members.get(target)
    return {"target": to_b64url(target), "gen": member.gen + 1} if member else {}


def _card(body: Json) -> Card:
    try:
        group, fkey = from_b64url(body["group"]), from_b64url(body["fkey"])
        words = body["name"], body["by"], body["model"], body["agreement"]
        target = from_b64url(body.get("target", ""))
        return Card(group, *words, fkey, body["fgen"], body["expires"], target, body.get("gen", 1))
    except (KeyError, TypeError, AttributeError):
        raise SealError("damaged") from None


def card_told(card: Card) -> dict[str, Any]:
    """A card as it is told."""
    told = {"group": ids.text(card.group), "name": card.name, "by": card.by, "model": card.model}
    return told | {"agreement": card.agreement, "expires": card.expires_ms}
