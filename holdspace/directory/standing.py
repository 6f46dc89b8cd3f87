"""What must stand before a group may be shown to anybody: first agreement, limits of confidentiality, a safeguarding lead."""

from holdspace.groups.clock import now_ms
from holdspace.sealing.log_entry import GENESIS, SET_LEAD, Draft, LogEntry
from holdspace.sealing.log_payload import RECORD_SIZE, Lead, Policy, parse_leads
from holdspace.sealing.log_state import THREE_DAYS_MS
from holdspace.ui.statements import Row, rows


def what_is_lacking(group_id: bytes) -> str:
    """The code of the first thing that is missing, "" when a listing may be asked for.

    An AGREEMENT holds the limits of confidentiality too (sealing.md 3), so one row tells of both.
    """
    group = _group(group_id)
    if group is None or group[0]:
        return "listing-closed"
    if not group[1]:
        return "listing-no-agreement"
    return "" if has_lead(group_id) else "listing-no-lead"


def _group(group_id: bytes) -> Row | None:
    sql = "SELECT closed, agreement_version FROM groups_supportgroup WHERE id = %s"
    return next(iter(rows(sql, [group_id])), None)


def has_lead(group_id: bytes) -> bool:
    """Whether the group's log names a safeguarding lead by now. Stored entries were checked when they came."""
    sql = "SELECT entry FROM groups_logentry WHERE group_id = %s AND type IN (%s, %s) ORDER BY seq"
    leads: tuple[Lead, ...] = ()
    waiting: Draft | None = None
    for row in rows(sql, [group_id, GENESIS, SET_LEAD]):
        draft = LogEntry.parse(bytes(row[0])).draft
        if draft.type == GENESIS:
            leads = Policy.parse(draft.payload[RECORD_SIZE:]).leads
        else:
            leads = _in_force(leads, waiting, draft.time_ms)
            waiting = draft
    return bool(_in_force(leads, waiting, now_ms()))


def _in_force(leads: tuple[Lead, ...], waiting: Draft | None, at_ms: int) -> tuple[Lead, ...]:
    """Those named three days ago; whoever was named anew before that never was."""
    is_due = waiting is not None and waiting.time_ms + THREE_DAYS_MS <= at_ms
    return parse_leads(waiting.payload) if waiting is not None and is_due else leads
