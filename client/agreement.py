"""The first agreement a new group stands on until its members have written their own.

It is in force "for now": nobody can be admitted before an agreement is in the log, and members ratify the next one.
"""

MANDATORY_DUTY, CONSENT_FIRST = 1, 2
MODELS = {"mandatory-duty": MANDATORY_DUTY, "consent-first": CONSENT_FIRST}

LIMITS = {
    MANDATORY_DUTY: (
        "What is said here stays here. There is one limit. When somebody is in serious danger, a facilitator must "
        "pass on what is needed. They tell the person first where that is safe."
    ),
    CONSENT_FIRST: (
        "What is said here stays here. When somebody is in danger, a facilitator asks them first. Nothing is "
        "passed on without their yes, unless a life is at risk."
    ),
}

FIRST_AGREEMENT = """\
Our agreement, for now

1. {limits}
2. We speak about ourselves. Nobody's story is told outside this group, not even without a name.
3. Everybody who wants to speak gets a turn. Saying nothing is fine and needs no reason.
4. We listen first. We give advice only when it was asked for.
5. No feeling is wrong here. We may see things differently and stay kind.
6. Anyone may take a break or leave, at any time, without a reason.
7. We write our own agreement together, and sign it, all of us.
"""


def first_agreement(model: int) -> str:
    """The text of version 1 under one of the two models of confidentiality."""
    return FIRST_AGREEMENT.format(limits=LIMITS[model])
