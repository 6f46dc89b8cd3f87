"""Every group of the demo, one after another, and what a person needs to sign in and look."""

from client.demo.company import Company
from client.demo.growing import Growth
from client.demo.playing import Play
from client.demo.script import Script, scripts

# Who a person may be. The coordinator's account is made by the server, which puts the passphrase into the company's folder.
COORDINATOR, FACILITATOR, MEMBER = "chidi", "wren", "heron"
LONG_GROUP = "and one long group"

TOLD = """\
The demo is ready. Everybody in it is made up. Sign in as any of these:

  a member        {member}
                  is in {member_in}
  a facilitator   {facilitator}
                  guides {facilitator_in};
                  somebody waits there to be let in
  a coordinator   {coordinator}
                  runs the network, and can read no group;
                  starts new ones at /groups/start/

Everybody else's passphrase is in the folder, under demo/passphrases;
recovery sheets are under demo/sheets. Stop with Ctrl-C.
"""


def fill(company: Company, items: int, members: int) -> str:
    """All groups from their first day to now; with `items`, a long one of so many `members` too. What to print."""
    played = scripts()
    company.member(COORDINATOR)
    for script in played:
        Play(company, script).play()
    if items:
        Growth(company, (FACILITATOR, MEMBER), members).grow(items)
    who = {"member": MEMBER, "facilitator": FACILITATOR, "coordinator": COORDINATOR}
    sign_ins = {role: f"{name:<10}{company.passphrase(name)}" for role, name in who.items()}
    long = [LONG_GROUP] if items else []
    return TOLD.format(
        **sign_ins,
        member_in="; ".join([_in_words(each, MEMBER) for each in played if MEMBER in each.people] + long),
        facilitator_in="; ".join(
            [_in_words(each, FACILITATOR) for each in played if FACILITATOR in each.people] + long
        ),
    )


def _in_words(script: Script, who: str) -> str:
    return f"“{script.name}” as {script.people[who]}"
