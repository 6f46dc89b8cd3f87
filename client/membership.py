"""Who belongs: starting a group, admitting, leaving, removing, and the keys that change with it (sealing.md 3 and 9)."""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from client import ids
from client.agreement import first_agreement
from client.change import Change, append, change, epoch_box
from client.device import Device, now_ms
from client.group import Group
from client.returning import is_back, let_back_in, needs_second_word
from client.talking import Words, say
from client.trouble import Trouble, sentence_of
from holdspace.sealing import box, invite, log_draft
from holdspace.sealing.codec import from_b64url
from holdspace.sealing.envelope import STANDING
from holdspace.sealing.errors import SealError
from holdspace.sealing.keys import new_id
from holdspace.sealing.log_entry import LogEntry, sign_entry
from holdspace.sealing.log_payload import FACILITATOR, MEMBER, Policy, Record
from holdspace.sealing.log_replay import apply
from holdspace.sealing.log_state import Member
from holdspace.sealing.notice import Removal, seal_notice

LONGEST_NAME = 80
ROLES = {MEMBER: "member", FACILITATOR: "facilitator"}


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a founder decides: names, the model of confidentiality, the first agreement's text."""

    name: str
    my_name: str
    model: int
    agreement: str | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Somebody who waits, looked at: their record, their name if it opens, what speaks against admitting them."""

    record: Record
    name: str | None
    refused: str | None
    is_known: bool


def start_group(device: Device, beginning: Beginning) -> Group:
    """A new group with its first agreement and its facilitators' key, this member its first facilitator."""
    group, member_id = Group(device, new_id()), new_id()
    text = beginning.agreement or first_agreement(beginning.model)
    keys = device.account.keys(group.id, 1)
    founder = Record(member_id, 1, keys.x_pub, keys.e_pub, FACILITATOR)
    policy = _policy(device)
    made = Change(None, member_id, keys)
    made.sign_new_epoch(
        lambda secret: log_draft.genesis(group.id, founder, policy, es=secret, now_ms=made.by.now_ms)
    )
    digest = sha256(text.encode()).digest()
    made.sign(log_draft.agree(made.state, made.by, beginning.model, digest))
    made.sign_new_fkey({})
    group.member_id = member_id
    append(group, made)
    device.gens[group.id] = 1
    group.names.group = checked_name(beginning.name)
    group.names.agreement = {"version": 1, "model": beginning.model, "text": text}
    group.names.pass_on(member_id, checked_name(beginning.my_name))
    send_standing(group)
    return group


def waiting(group: Group) -> list[Ask]:
    """Everybody who waits to be admitted, checked as the log will check them."""
    group.check_facilitator()
    asks = group.device.ask("waiting", group=group.id)["asks"]
    return [_looked_at(group, each) for each in asks]


def admit(group: Group, *, only_known: bool = False, spoken: bool = False) -> list[Ask]:
    """Admit those who wait, newcomers all at once; every ask, those not admitted with the reason.

    Who comes back with new keys is never let in without a word of a facilitator: of the one who made the link, or `spoken`.
    """
    asks: list[Ask] = []

    def build(made: Change) -> None:
        new = [each for each in waiting(group) if not is_back(group, each.record)]
        asks[:] = _chosen(made, [each for each in new if each.is_known or not only_known])
        records = [each.record for each in asks if not each.refused]
        if records:
            made.sign_new_epoch(lambda secret: log_draft.add(made.state, made.by, records, es=secret))

    group.check_facilitator()
    backs = [] if only_known else _let_back_in(group, spoken)
    made = change(group, build)
    asks += backs
    for each in asks:
        if each.name and not each.refused:
            group.names.pass_on(each.record.member_id, each.name)
    if made.entries or any(not each.refused for each in backs):
        send_standing(group)
    return asks


def _let_back_in(group: Group, spoken: bool) -> list[Ask]:
    told = []
    for ask in waiting(group):
        if not is_back(group, ask.record):
            continue
        refused = ask.refused
        if needs_second_word(group, ask.record) and not spoken:
            refused = refused or "speak-first"
        if not refused:
            let_back_in(group, ask.record)
        told.append(replace(ask, refused=refused))
    return told


def decline(group: Group, member_id: bytes) -> None:
    """Say no to somebody who waits."""
    group.check_facilitator()
    group.device.ask("decline", group=group.id, member=member_id)


def leave(group: Group) -> None:
    """Leave. The next to speak changes the keys."""
    group.check_list()
    change(group, lambda made: made.sign(log_draft.leave(made.state, made.by)))


def remove(group: Group, member: Member, reason: str | None) -> None:
    """Remove somebody; the reason reaches them sealed, and stays theirs to read."""

    def build(made: Change) -> None:
        made.sign_new_epoch(lambda secret: log_draft.remove(made.state, made.by, [member.id], es=secret))
        if reason:
            made.more["notices"] = [(member.id, _notice(group, made, member, reason))]

    group.check_facilitator(removing=member.id)
    change(group, build, removing=member.id)


def promote(group: Group, member: Member) -> None:
    """Make somebody a facilitator; the facilitators' key changes with them."""

    def build(made: Change) -> None:
        made.sign(log_draft.set_role(made.state, made.by, member.id, FACILITATOR))
        made.sign_new_fkey(group.fkeys)

    group.check_facilitator()
    change(group, build)


def renew_fkey(group: Group) -> None:
    """A new facilitators' key, after somebody became or stopped being one without it."""

    def build(made: Change) -> None:
        if needs_fkey(group):
            made.sign_new_fkey(group.fkeys)

    change(group, build)


def needs_fkey(group: Group) -> bool:
    """Whether the facilitators' key is not exactly the facilitators'."""
    now = {each.id for each in group.state.facilitators()}
    return group.fkey_holders != now or group.state.fkey.gen not in group.fkeys


def send_standing(group: Group) -> None:
    """Pass on what stands to those who could not open it when it was said."""
    names, state = group.names, group.state
    if not (names.group and names.agreement):
        return
    known = {each.id.hex(): names.profile_of(each.id) for each in state.active()}
    profiles = {member: profile for member, profile in known.items() if profile}
    stands = {"name": names.group, "profiles": profiles, "agreement": names.agreement}
    say(group, Words(STANDING, stands | ({"place": names.place} if names.place else {})))


def set_place(group: Group, place: dict[str, Any]) -> None:
    """Say where the group meets, in words that members alone read."""
    group.check_facilitator()
    group.names.place = place
    send_standing(group)


def reseal(group: Group, epoch: int, member_id: bytes) -> None:
    """Seal an epoch's key once more, for a member whose box is missing and who has belonged since then.

    Who came back with new keys gets nothing of the time before by merely asking: somebody else may hold those keys.
    """
    member = group.state.members.get(member_id)
    if member is None or not member.is_active or epoch < member.since_epoch or epoch not in group.secrets:
        return
    sealed = epoch_box(group.id, epoch, member, group.secrets[epoch])
    group.device.ask("reseal", group=group.id, epoch=epoch, member=member_id, box=sealed)


def checked_name(name: str) -> str:
    """A name of 1 to 80 characters."""
    if not 1 <= len(name.strip()) <= len(name) <= LONGEST_NAME:
        raise Trouble("no-name")
    return name


def _policy(device: Device) -> Policy:
    """The network's steward and leads, whom every group names in its first entry."""
    network = device.server.seal("network")
    leads = tuple((from_b64url(name_hash), from_b64url(key)) for name_hash, key in network["leads"])
    return Policy(steward=from_b64url(network["steward"]), leads=leads)


def _looked_at(group: Group, ask: dict[str, Any]) -> Ask:
    request = invite.parse_join_request(ask["record"], ask["self_sig"])
    record, refused = request.record, None
    try:
        invite.check_join_request(group.state, request, now_ms())
    except SealError as error:
        refused = error.code
    terms = group.state.invites.get(record.invite_id)
    is_known = terms is not None and terms.terms.is_known
    return Ask(record, _asked_name(group, record, ask["profile"]), refused, is_known)


def _asked_name(group: Group, record: Record, sealed: bytes) -> str | None:
    """The asker's name, sealed to the facilitators' key that the invite's card named."""
    for gen, private in sorted(group.fkeys.items(), reverse=True):
        context = box.profile_context(group.id, gen, record.invite_id, record.member_id)
        try:
            return invite.open_profile(sealed, private, context)
        except SealError:
            continue
    return None


def _chosen(made: Change, asks: list[Ask]) -> list[Ask]:
    """Each ask with what stands against it once those before it are admitted: a link used up, a full group."""
    records: list[Record] = []
    chosen = []
    for ask in asks:
        refused = ask.refused or _refused(made, [*records, ask.record])
        if not refused:
            records.append(ask.record)
        chosen.append(Ask(ask.record, ask.name, refused, ask.is_known))
    return chosen


def _refused(made: Change, records: list[Record]) -> str | None:
    state = made.state
    if len(state.active()) + len(records) > state.member_cap:
        return "full"
    draft = log_draft.add(state, made.by, records, es=bytes(32))
    try:
        apply(state, LogEntry.parse(sign_entry(draft, made.keys.e)))
    except SealError as error:
        return error.code
    return None


def _notice(group: Group, made: Change, member: Member, reason: str) -> bytes:
    body = {"v": 1, "t": reason, "g": group.names.group or "", "by": group.name_of(group.member_id) or ""}
    removal = Removal(group.id, member.id, member.gen, made.state.seq)
    return seal_notice(removal, member.x_pub, made.keys.e, body)


def asked(ask: Ask) -> dict[str, Any]:
    """An ask as it is told."""
    told = {"member": ids.text(ask.record.member_id), "name": ask.name, "known": ask.is_known}
    return told | ({"code": ask.refused, "sentence": sentence_of(ask.refused)} if ask.refused else {})
