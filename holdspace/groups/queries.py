"""Questions about groups, by hand: each is one statement that leads with the group or the account."""

from typing import NamedTuple

from holdspace.groups.models import LATER, WAITING
from holdspace.sealing.log_entry import LEAVE, REMOVE
from holdspace.ui.statements import Question, Row, rows


class Member(NamedTuple):
    """Proof that an account belongs to a group now, with what the asker may want to know of both."""

    group_id: bytes
    account_id: bytes
    member_id: bytes
    role: int
    gen: int
    from_epoch: int
    from_item: int
    seq: int
    epoch: int
    item_seq: int
    closed: bool


_MEMBER = """
    SELECT m.group_id, m.account_id, m.member_id, m.role, m.gen, m.from_epoch, m.from_item,
           g.seq, g.epoch, g.item_seq, g.closed
    FROM groups_membership m JOIN groups_supportgroup g ON g.id = m.group_id
"""


def member(account_id: bytes, group_id: bytes) -> Member | None:
    """The account's active membership. The same statement runs whether or not there is such a group."""
    found = rows(_MEMBER + "WHERE m.account_id = %s AND m.group_id = %s AND m.active", [account_id, group_id])
    return Member(*found[0]) if found else None


def members(group_id: bytes) -> list[Member]:
    """Every active member with an account."""
    found = rows(_MEMBER + "WHERE m.group_id = %s AND m.active AND m.account_id IS NOT NULL", [group_id])
    return [Member(*row) for row in found]


def memberships(account_id: bytes) -> list[Member]:
    """Every group an account is in, oldest first."""
    return [
        Member(*row)
        for row in rows(_MEMBER + "WHERE m.account_id = %s AND m.active ORDER BY g.began", [account_id])
    ]


def asks_of(account_id: bytes) -> list[Row]:
    """(invite, member, group, declined) of everything an account waits for."""
    sql = "SELECT invite_id, member_id, group_id, declined FROM groups_joinrequest WHERE account_id = %s ORDER BY asked"
    return rows(sql, [account_id])


def asks_in(group_id: bytes) -> list[Row]:
    """(invite, member, record, self_sig, profile, asked) of everybody who waits at a group's door."""
    return rows(
        "SELECT invite_id, member_id, record, self_sig, profile, asked FROM groups_joinrequest"
        " WHERE group_id = %s AND NOT declined ORDER BY asked",
        [group_id],
    )


def requests_of(account_id: bytes, now_ms: int) -> list[Row]:
    """(request, group, state, answer, asked, usable) of everything an account asked for from listings and that has not ended."""
    sql = (
        "SELECT r.id, r.group_id, r.state, r.answer, r.asked,"
        " i.expires >= %s AND i.uses_left > 0 AND NOT i.revoked FROM groups_listingrequest r"
        " LEFT JOIN groups_invite i ON i.invite_id = r.invite_id WHERE r.account_id = %s AND r.ends > %s ORDER BY r.asked"
    )
    return rows(sql, [now_ms, account_id, now_ms])


def requests_in(group_id: bytes, now_ms: int) -> list[Row]:
    """(request, account_x, state, asked) of those who asked from the listing and wait for an answer or a place."""
    return rows(
        "SELECT id, account_x, state, asked FROM groups_listingrequest"
        " WHERE group_id = %s AND state IN (%s, %s) AND ends > %s ORDER BY asked",
        [group_id, WAITING, LATER, now_ms],
    )


def notes(group_id: bytes) -> list[Row]:
    """(invite, note) of every invite that went out from the listing."""
    return rows(
        "SELECT invite_id, note FROM groups_invite WHERE group_id = %s AND note IS NOT NULL", [group_id]
    )


def entries(group_id: bytes, after: int) -> list[bytes]:
    """The log behind `after`."""
    sql = "SELECT entry FROM groups_logentry WHERE group_id = %s AND seq > %s ORDER BY seq"
    return [row[0] for row in rows(sql, [group_id, after])]


class Held(NamedTuple):
    """What a member needs to open a group: the log (entries), (epoch, gen, box) of every epoch they were given, and
    (fkey_gen, gen, box) of every generation of the facilitators' key."""

    log: list[bytes]
    boxes: list[Row]
    fkeys: list[Row]


def held(group_id: bytes, member_id: bytes, log_after: int) -> Question[Held]:
    """All of it in one statement, so that the newest epoch in the log has its box; of the log what is behind `log_after`."""
    place = [group_id, member_id]
    return Question(_HELD, [group_id, log_after, *place, *place], _held)


_HELD = """
    SELECT 1, seq, 0, entry FROM groups_logentry WHERE group_id = %s AND seq > %s
    UNION ALL SELECT 2, epoch, gen, box FROM groups_epochbox WHERE group_id = %s AND member_id = %s
    UNION ALL SELECT 3, fkey_gen, gen, box FROM groups_facilitatorkeybox WHERE group_id = %s AND member_id = %s
    ORDER BY 1, 2
"""


def _held(found: list[Row]) -> Held:
    log = [row[3] for row in found if row[0] == 1]
    boxes, fkeys = ([row[1:] for row in found if row[0] == which] for which in (2, 3))
    return Held(log, boxes, fkeys)


def returned(group_id: bytes, member_id: bytes) -> tuple[int, int] | None:
    """(seq of the REBIND, time of our clock) of an active member who still waits for what was said before."""
    found = rows(
        "SELECT rebind_seq, rebound FROM groups_membership"
        " WHERE group_id = %s AND member_id = %s AND active AND rebind_seq IS NOT NULL AND rebound IS NOT NULL",
        [group_id, member_id],
    )
    return (found[0][0], found[0][1]) if found else None


def waiting_for_history(group_id: bytes, me: bytes) -> list[Row]:
    """(member, seq) of others who still wait for what was said before, and to whom this member has given nothing yet."""
    return rows(
        "SELECT m.member_id, m.rebind_seq FROM groups_membership m"
        " WHERE m.group_id = %s AND m.active AND m.rebind_seq IS NOT NULL AND m.member_id <> %s AND NOT EXISTS ("
        "SELECT 1 FROM groups_historybox h WHERE h.group_id = m.group_id AND h.member_id = m.member_id"
        " AND h.sender = %s AND h.seq = m.rebind_seq)",
        [group_id, me, me],
    )


def histories(group_id: bytes, member_id: bytes) -> list[Row]:
    """(gen, seq, box) of everything given to a member who came back."""
    return rows(
        "SELECT gen, seq, box FROM groups_historybox WHERE group_id = %s AND member_id = %s ORDER BY sender",
        [group_id, member_id],
    )


def left_behind(group_id: bytes) -> list[bytes]:
    """Members whose account was deleted while they had no keys to leave with."""
    sql = "SELECT member_id FROM groups_membership WHERE group_id = %s AND active AND account_id IS NULL"
    return [row[0] for row in rows(sql, [group_id])]


def has_box(group_id: bytes, member_id: bytes, epoch: int) -> bool:
    """Whether a member was given the key of an epoch."""
    sql = "SELECT 1 FROM groups_epochbox WHERE group_id = %s AND member_id = %s AND epoch = %s"
    return bool(rows(sql, [group_id, member_id, epoch]))


def entry(group_id: bytes, seq: int) -> bytes:
    """One entry of a group's log."""
    found: bytes = rows(
        "SELECT entry FROM groups_logentry WHERE group_id = %s AND seq = %s", [group_id, seq]
    )[0][0]
    return found


def has_account(account_id: bytes) -> bool:
    """Whether an account is still there: what the writer remembers of a group may be older."""
    return bool(rows("SELECT 1 FROM accounts_account WHERE id = %s", [account_id]))


def notices(account_id: bytes) -> list[Row]:
    """(notice, group, member, gen, seq, box, sent) addressed to an account, oldest first."""
    return rows(
        "SELECT id, group_id, member_id, gen, seq, box, sent FROM groups_notice WHERE account_id = %s ORDER BY sent",
        [account_id],
    )


def notice(account_id: bytes, notice_id: bytes) -> bytes | None:
    """The group of a notice addressed to an account."""
    found = rows(
        "SELECT group_id FROM groups_notice WHERE account_id = %s AND id = %s", [account_id, notice_id]
    )
    return found[0][0] if found else None


def places(account_id: bytes, group_id: bytes) -> list[tuple[bytes, bool]]:
    """(member, active) of every place an account has or had in a group."""
    sql = "SELECT member_id, active FROM groups_membership WHERE account_id = %s AND group_id = %s"
    return [(row[0], bool(row[1])) for row in rows(sql, [account_id, group_id])]


def endings(group_id: bytes) -> list[bytes]:
    """The entries by which somebody's place ended, oldest first."""
    sql = "SELECT entry FROM groups_logentry WHERE group_id = %s AND type IN (%s, %s) ORDER BY seq"
    return [row[0] for row in rows(sql, [group_id, REMOVE, LEAVE])]


def notice_count(account_id: bytes) -> int:
    """How many notices an account has."""
    return int(rows("SELECT COUNT(*) FROM groups_notice WHERE account_id = %s", [account_id])[0][0])


def place(group_id: bytes) -> tuple[int, bytes] | None:
    """(seq, head) of a group's log, or None."""
    found = rows("SELECT seq, head FROM groups_supportgroup WHERE id = %s", [group_id])
    return (found[0][0], found[0][1]) if found else None


def card(invite_id: bytes, now_ms: int) -> bytes | None:
    """The card of an open invite."""
    found = rows(
        "SELECT i.card FROM groups_invite i JOIN groups_supportgroup g ON g.id = i.group_id"
        " WHERE i.invite_id = %s AND i.expires >= %s AND i.uses_left > 0 AND NOT i.revoked AND NOT g.closed",
        [invite_id, now_ms],
    )
    return found[0][0] if found else None
