"""What conversations announce."""

from holdspace.live.topics import Topic

# An accepted item: to those who listen and may read its epoch.
ITEM = Topic("item")

TOPICS = [ITEM]
