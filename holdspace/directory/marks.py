"""What one can ask of a group beside topic, place and time: each answer is one bit of a number that an index holds.

Bits stay where they are: the numbers rest in the database.
"""

from holdspace.directory.entry import Entry

MODES = {"in_person": 1 << 0, "online": 1 << 1, "phone": 1 << 2}
OPENNESS = {"open": 1 << 3, "members": 1 << 4, "ask": 1 << 5}
COST = {"free": 1 << 6, "donation": 1 << 7, "paid": 1 << 8}
PLACES_LEFT = 1 << 9
ACCESS = {
    "step_free": 1 << 16,
    "hearing_loop": 1 << 17,
    "sign_language": 1 << 18,
    "captions": 1 << 19,
    "quiet_space": 1 << 20,
    "accessible_toilet": 1 << 21,
    "childcare": 1 << 22,
    "large_print": 1 << 23,
    "parking": 1 << 24,
    "bus": 1 << 25,
}
STRUCTURE = {
    "open talk": 1 << 32,
    "topic": 1 << 33,
    "steps": 1 << 34,
    "speaker": 1 << 35,
    "reading": 1 << 36,
    "meditation": 1 << 37,
    "activity": 1 << 38,
}


def marks_of(entry: Entry) -> int:
    """The bits of a listing."""
    marks = sum(bit for name, bit in MODES.items() if getattr(entry, name))
    marks |= OPENNESS.get(entry.openness, 0) | COST.get(entry.cost, 0) | STRUCTURE.get(entry.structure, 0)
    marks |= PLACES_LEFT if entry.places_left else 0
    return marks | sum(ACCESS[name] for name in set(entry.access) if name in ACCESS)
