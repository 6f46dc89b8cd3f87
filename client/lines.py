"""Each verb's answer as calm, plain lines for a person at a terminal."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

Answer = dict[str, Any]
STATES = {
    "waiting": "You asked to join. A facilitator will look at it.",
    "declined": "A facilitator has said no to this.",
    "member": "You are in.",
    "no-keys": "You have no keys here yet: ask a facilitator.",
    "closed": "This group is closed.",
}
REQUESTS = {
    "waiting": "You asked. A facilitator will look at it.",
    "later": "The answer was: later, when there is a place.",
    "invited": "They let you come. Go on with: come",
    "declined": "The answer was no this time.",
    "missed": "The invite that answered you is over. You can ask again.",
}
HISTORY = {
    "waiting": "What was said before you lost your keys comes back in two days, when somebody of that time looks in.",
    "lost": "Nobody of that time is here any more. What was said then is lost.",
}


def deleted(answer: Answer) -> list[str]:
    """delete-account."""
    on, ends = (
        datetime.fromtimestamp(answer[name] / 1000, UTC).strftime("%Y-%m-%d")
        for name in ("deleted", "copies_end")
    )
    return [f"Your account is deleted: {on}.", f"The last copy that holds your keys ends: {ends}."]


def signed_up(answer: Answer) -> list[str]:
    """sign-up and recover."""
    return [
        f"Your account: {answer['account']}",
        "Your recovery code. Write it down now; it is shown only this once:",
        f"  {answer['recovery']}",
    ]


def group(answer: Answer) -> list[str]:
    """Verbs whose answer is that the group has changed."""
    return [f"Done. Group: {answer['group']}"]


def groups(answer: Answer) -> list[str]:
    """groups."""
    found = [f"{each['group']}  {_named(each)}" for each in answer["groups"]]
    asked = [f"{each['group']}  {STATES[each['state']]}" for each in answer["asked"]]
    return found + asked or ["You are in no group yet."]


def _named(group: Answer) -> str:
    return group["name"] or (STATES["no-keys"] if group["stopped"] == "no-keys" else "(name on its way)")


def card(answer: Answer) -> list[str]:
    """card."""
    return [f"{answer['name']}, from {answer['by']}", "", answer["agreement"]]


def joined(answer: Answer) -> list[str]:
    """join."""
    return [STATES[answer["state"]], f"Group: {answer['group']}"]


def requests(answer: Answer) -> list[str]:
    """requests."""
    found = [f"{each['group']}  {REQUESTS[each['state']]}" for each in answer["requests"]]
    return found or ["You asked nowhere."]


def waiting(answer: Answer) -> list[str]:
    """waiting."""
    return [f"{ask['name'] or '(no name)'}  {ask['member']}" for ask in answer["asks"]] or [
        "Nobody is waiting."
    ]


def admitted(answer: Answer) -> list[str]:
    """admit."""
    lines = [f"Admitted: {each['name'] or each['member']}" for each in answer["admitted"]]
    lines += [f"{each['name'] or each['member']}: {each['sentence']}" for each in answer["not_admitted"]]
    return lines or ["Nobody is waiting."]


def sent(answer: Answer) -> list[str]:
    """What says something."""
    return [f"Sent. {people(answer['readers'])} can read this.", f"Item: {answer['item']}"]


def people(count: int) -> str:
    """How many, in words that fit one, too."""
    return "1 person" if count == 1 else f"{count} people"


def item(answer: Answer) -> list[str]:
    """One thing that was said, or why it is not shown."""
    when = datetime.fromtimestamp(answer["said"] / 1000, UTC).strftime("%Y-%m-%d %H:%M")
    head = f"{answer['seq']}  {answer['name'] or answer['member'] or '(nobody is named)'}, {when} UTC"
    if answer["state"] == "withdrawn":
        return [head, "  Its author took this back."]
    if answer["state"] != "open":
        return [head, "  " + answer["sentence"]]
    text = answer["text"] or "(I am here with you.)"
    return [head + _marks(answer), *(f"  {line}" for line in text.splitlines()), f"  [{answer['item']}]"]


def _marks(answer: Answer) -> str:
    """What is said beside the words."""
    kind = {"reply": "goes on with" if answer["part"] else "to", "presence": "presence at"}.get(
        answer["kind"]
    )
    said = {
        "in the chat": answer["kind"] == "chat",
        f"{kind} {answer['parent']}": kind,
        f"asks: {answer['help_wanted']}": answer["help_wanted"],
        "more to come": answer["more"],
        "edited": answer["revision"],
    }
    return "".join(f", {words}" for words, is_said in said.items() if is_said)


def items(answer: Answer) -> list[str]:
    """read."""
    shown = [line for each in answer["items"] for line in item(each)]
    before = ["Some things were said before you joined."] if answer["before"] else []
    if answer["history"]:
        before = [HISTORY[answer["history"]["state"]]]
    return before + shown or ["Nothing has been said yet."]


def log(answer: Answer) -> list[str]:
    """log."""
    lines = [
        f"{each['seq']:4}  {each['type']:12}  {each['name'] or each['actor']}" for each in answer["entries"]
    ]
    return [*lines, f"{people(answer['readers'])} can read what is said now."]


SHOWS = {
    "two-lists": "two different entries, both signed by people of this group. There are two lists.",
    "false-key": "the key that was offered is not the one that the signed list names.",
    "one-side": "not both sides are here with a signature that counts. This alone shows nothing about the host.",
}


def checked_record(answer: Answer) -> list[str]:
    """check-record."""
    found = [f"At place {each['seq']}: {SHOWS[each['shows']]}" for each in answer["seen"]]
    return found or ["The record names no place in the list."]


def notices(answer: Answer) -> list[str]:
    """notices."""
    found = [
        f"{each['name']}, {each['by']}: {each['text'] or each['sentence']}" for each in answer["notices"]
    ]
    return found or ["There is nothing for you."]


LINES: dict[str, Callable[[Answer], list[str]]] = {
    "sign-up": signed_up,
    "sign-in": lambda answer: [f"You are signed in. Your account: {answer['account']}"],
    "recover": signed_up,
    "reset": signed_up,
    "new-keys": signed_up,
    "bring-back": lambda answer: [answer["link"]],
    "delete-account": deleted,
    "notices": notices,
    "start-group": group,
    "groups": groups,
    "invite": lambda answer: [answer["link"]],
    "card": card,
    "join": joined,
    "waiting": waiting,
    "admit": admitted,
    "decline": group,
    "ask-listing": lambda answer: requests({"requests": [answer]}),
    "requests": requests,
    "take-request-back": group,
    "come": joined,
    "let-come": lambda answer: [f"Invited: {people(len(answer['requests']))}."],
    "leave": group,
    "remove": group,
    "promote": group,
    "rescue": lambda answer: [answer.get("text") or f"Done. Group: {answer['group']}"],
    "log": log,
    "check-record": checked_record,
    "share": sent,
    "part": sent,
    "chat": sent,
    "edit": sent,
    "withdraw": lambda answer: [f"Taken back: {answer['item']}"],
    "presence": lambda answer: [f"Only its author sees that you are there. Item: {answer['item']}"],
    "reply": sent,
    "read": items,
    "watch": item,
}
