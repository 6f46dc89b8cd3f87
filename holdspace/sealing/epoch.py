"""Epochs: one secret ES for all who belong, until membership changes (sealing.md, epochs)."""

import secrets
from collections.abc import Mapping

from holdspace.sealing.codec import u32
from holdspace.sealing.errors import SealError
from holdspace.sealing.log_state import LogState
from holdspace.sealing.primitives import kdf, label, same, sha


def new_epoch_secret() -> bytes:
    """A fresh ES, 32 bytes, made by whoever signs the entry that begins the epoch."""
    return secrets.token_bytes(32)


def epoch_commit(group: bytes, epoch: int, es: bytes) -> bytes:
    """What the signed entry says about ES: SHA(L("epoch") || group || epoch || ES)."""
    return sha(label("epoch"), group, u32(epoch), es)


def message_key(group: bytes, epoch: int, es: bytes) -> bytes:
    """K_msg: seals every envelope of the epoch."""
    return kdf(es, "msg", group + u32(epoch))


def check_epoch_secret(log: LogState, epoch: int, es: bytes) -> None:
    """Rule K1: only the key the signed log names is used, else `epoch-unlogged`.

    A box authenticates nobody. Without this check anybody, the server first, could hand out a key of their
    own and read along.
    """
    commit = log.epoch_commits.get(epoch)
    if commit is None or not same(commit, epoch_commit(log.group, epoch, es)):
        raise SealError("epoch-unlogged")


def find_message_key(log: LogState, me: bytes, held: Mapping[int, bytes], epoch: int) -> bytes:
    """K_msg of an epoch from the secrets a member holds (epoch -> ES).

    `before-you-joined`: the epoch is not theirs. `no-epoch-box`: it is, and no box has come.
    `epoch-unlogged`: K1.
    """
    if not log.active_in(me, epoch):
        raise SealError("before-you-joined")
    if epoch not in held:
        raise SealError("no-epoch-box")
    check_epoch_secret(log, epoch, held[epoch])
    return message_key(log.group, epoch, held[epoch])
