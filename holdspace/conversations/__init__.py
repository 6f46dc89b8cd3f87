"""What is said in groups: sealed items, accepted, stamped, stored, handed on (sealing.md 5).

Words: an *item* is one accepted envelope; a *revision* is a later envelope of the same item; a *standing item* is what
a newcomer needs to know at once (the group's name, its agreement, people's names).

Never: opens an envelope, or hands an item to somebody who was not there when its epoch began.
"""
