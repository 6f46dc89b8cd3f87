"""What meetings announce."""

from holdspace.live.topics import Topic

# A group's hours are other ones now: to everyone who listens, who asks `hours` for them.
HOURS = Topic("hours")

TOPICS = [HOURS]
