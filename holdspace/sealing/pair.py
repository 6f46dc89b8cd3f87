"""Keys between two members (sealing.md 4.3): a third who holds the epoch's key opens nothing, not even with the server."""

from collections.abc import Callable, Mapping

from holdspace.sealing.codec import u32
from holdspace.sealing.epoch import check_epoch_secret
from holdspace.sealing.errors import SealError
from holdspace.sealing.log_state import LogState, Member
from holdspace.sealing.primitives import kdf, x_shared


def pair_key(shared: bytes, es: bytes, group: bytes, epoch: int, two: tuple[bytes, bytes]) -> bytes:
    """K_pair, 32 bytes, from X25519 of both gx, the epoch's secret and the two member ids in any order."""
    low, high = sorted(two)
    return kdf(shared + es, "pair", group + u32(epoch) + low + high)


def find_pair_key(
    log: LogState, two: tuple[bytes, bytes], gx: Callable[[int], bytes], held: Mapping[int, bytes], epoch: int
) -> bytes:
    """K_pair of two members in an epoch: this one, then the other. `gx(gen)` gives this one's X25519 private key of that gen.

    Refuses as `find_message_key` does; `context` for oneself and for whom this epoch never had.
    """
    me, other = two
    if not log.active_in(me, epoch):
        raise SealError("before-you-joined")
    if epoch not in held:
        raise SealError("no-epoch-box")
    check_epoch_secret(log, epoch, held[epoch])
    theirs = log.members.get(other)
    if theirs is None or other == me:
        raise SealError("context")
    shared = x_shared(gx(_gen(log.members[me], epoch)), theirs.x_key_in(epoch)[1])
    return pair_key(shared, held[epoch], log.group, epoch, two)


def _gen(member: Member, epoch: int) -> int:
    return member.x_key_in(epoch)[0]
