"""When groups meet: the hours a group keeps, and its members' calendar.

Words: *hours* are all lines of a group's times; *times* is one line (zone, wall time, days); an *occurrence* is one date, as an
instant. The place, the link and the reason of a pause are words of members: they are sealed in the standing item and never here.

Never: keeps a word somebody wrote, or tells hours to somebody who is not in the group.
"""
