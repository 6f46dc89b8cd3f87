"""Beginning to listen."""

from holdspace.groups import access, queries
from holdspace.live.verbs import Request, Result
from holdspace.ui.refused import Refused


def listen_to_groups(request: Request) -> Result:
    """Open the asking socket's ear for all the groups named, or for none.

    A write, though it writes nothing: so it stands in line with the entries of the log, and a removal that is committed
    first closes the door first. One statement whatever is named: groups that are not there must not cost the one writer
    more than groups that are, nor show by it.
    """
    mine = {member.group_id: member for member in queries.memberships(request.account_id)}
    if not mine.keys() >= set(request.args.groups):
        raise Refused("not-found")
    for group_id in request.args.groups:
        request.listen(group_id, access.right_of(mine[group_id]))
    return {}
