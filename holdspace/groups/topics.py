"""What groups announce. Who may listen is `access.rights_in`, asked at `listen` and at every entry."""

from holdspace.groups.models import FACILITATOR
from holdspace.live.topics import Topic

# An entry of the log: to everyone who listens.
ENTRY = Topic("entry")
# To every socket of an account that has just stopped being a member, or has just become one.
GONE = Topic("gone")
ADMITTED = Topic("admitted")
# Somebody began or stopped waiting at the door: to facilitators.
WAITING = Topic("waiting", level=FACILITATOR)
# To every socket of somebody who asked from a listing: there is an answer.
ANSWERED = Topic("answered")
# A member lacks the key of an epoch: whoever has it may seal it to them.
NEED_BOX = Topic("need-box")

# To every socket of somebody who came back: keys of what was said before have come.
HISTORY = Topic("history")

TOPICS = [ENTRY, GONE, ADMITTED, WAITING, ANSWERED, NEED_BOX, HISTORY]
