"""Beginning to listen."""

from holdspace.groups import access
from holdspace.live.verbs import Request, Result
from holdspace.ui.refused import Refused


def listen_to_groups(request: Request) -> Result:
    """Open the asking socket's ear for all the groups named, or for none.

    A write, though it writes nothing: so it stands in line with the entries of the log, and a removal that is committed
    first closes the door first.
    """
    rights = []
    for group_id in request.args.groups:
        group = access.standing(group_id)
        member = group.members.get(request.account_id) if group else None
        if member is None:
            raise Refused("not-found")
        rights.append((group_id, access.right_of(member)))
    for group_id, right in rights:
        request.listen(group_id, right)
    return {}
