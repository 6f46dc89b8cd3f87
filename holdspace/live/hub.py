"""Who hears what. Lives in the loop's thread alone, so nothing here is ever half changed.

A right is written when a socket begins to listen and again at every membership change, both in the order of the
commits (live.writer). There is no moment at which a removed member still has an ear.
"""

from collections.abc import Iterable

from holdspace.live.sockets import Socket
from holdspace.live.topics import Person, Right, Room
from holdspace.live.verbs import Entitle, Listen, News

SIGNED_OUT = 4401
GOING_AWAY = 1001


class Hub:
    """Sockets by account, listeners by room."""

    def __init__(self) -> None:
        self._sockets: dict[bytes, set[Socket]] = {}
        self._rooms: dict[bytes, dict[Socket, Right]] = {}

    def enter(self, socket: Socket, most: int) -> bool:
        """Let a socket in, unless its account already holds `most`."""
        of_account = self._sockets.setdefault(socket.owner, set())
        if len(of_account) >= most:
            return False
        of_account.add(socket)
        return True

    def leave(self, socket: Socket) -> None:
        """Forget a socket and everything it listened to."""
        of_account = self._sockets.get(socket.owner, set())
        of_account.discard(socket)
        if not of_account:
            self._sockets.pop(socket.owner, None)
        for room_id in socket.rooms:
            self._stop_listening(room_id, socket)
        socket.rooms.clear()

    def sockets(self) -> list[Socket]:
        """Everyone who is here."""
        return [socket for group in self._sockets.values() for socket in group]

    def sockets_of(self, account_id: bytes) -> list[Socket]:
        """Every socket of one account."""
        return list(self._sockets.get(account_id, ()))

    def listen(self, socket: Socket, effect: Listen) -> None:
        """Open an ear, unless its owner went away while it was asked for: nobody would ever close it again."""
        if socket in self._sockets.get(socket.owner, ()):
            self._rooms.setdefault(effect.room_id, {})[socket] = effect.right
            socket.rooms.add(effect.room_id)

    def entitle(self, effect: Entitle) -> None:
        """Give every listener of a room its present right, and close the ears of those who have none."""
        listeners = self._rooms.get(effect.room_id, {})
        for socket in list(listeners):
            right = effect.rights.get(socket.owner)
            if right is None:
                socket.rooms.discard(effect.room_id)
                self._stop_listening(effect.room_id, socket)
            else:
                listeners[socket] = right

    def tell(self, news: News) -> None:
        """Queue the same bytes for everyone in the audience."""
        together, count = b"".join(news.frames), len(news.frames)
        for socket in self._audience(news):
            socket.push(together, count)

    def _audience(self, news: News) -> Iterable[Socket]:
        audience = news.audience
        if isinstance(audience, Person):
            return self._sockets.get(audience.account_id, ())
        listeners = self._rooms.get(audience.room_id)
        return _entitled(listeners, audience, news.level) if listeners else ()

    def _stop_listening(self, room_id: bytes, socket: Socket) -> None:
        listeners = self._rooms.get(room_id, {})
        listeners.pop(socket, None)
        if not listeners:
            self._rooms.pop(room_id, None)


def _entitled(listeners: dict[Socket, Right], room: Room, level: int) -> list[Socket]:
    if room.epoch is None:
        return [socket for socket, right in listeners.items() if right.level >= level]
    epoch = room.epoch
    return [socket for socket, right in listeners.items() if right.since <= epoch and right.level >= level]
