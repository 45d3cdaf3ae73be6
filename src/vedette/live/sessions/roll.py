"""What one process knows of live views: its own, those of others in short, and who was shown the door lately."""

from collections import OrderedDict
from collections.abc import Sequence
from uuid import UUID

from vedette.access.principal import Principal
from vedette.core.clock import Clock
from vedette.live.sessions.limits import Place
from vedette.live.sessions.session import EndReason, LiveSession, ViewEndedError, login_of

# A player that knows nothing of Vedette asks again at once: an end would mean nothing without a pause.
BAR_MS = 60_000
_MOST_BARRED = 10_000


class Roll:
    """In memory. `gone` are sessions whose end is still to be stored, `elsewhere` what other processes serve."""

    def __init__(self, clock: Clock) -> None:
        self.open: dict[UUID, LiveSession] = {}
        self.gone: list[LiveSession] = []
        self.elsewhere: Sequence[Place] = ()
        self._clock = clock
        self._barred: OrderedDict[tuple[str, UUID], tuple[int, EndReason]] = OrderedDict()

    def kick(self, session: LiveSession, *, own: bool) -> None:
        """Ends a session, and keeps its login away from the camera for `BAR_MS`."""
        reason = EndReason.OWN if own else EndReason.ADMINISTRATOR
        session.kicked_ms = self._clock.now_ms()
        self.bar(login_of(session.caller), session.seen.camera_id, session.kicked_ms, reason)
        session.end(ViewEndedError(reason, BAR_MS // 1000))

    def bar(self, login: str, camera_id: UUID, since_ms: int, reason: EndReason) -> None:
        """This login was shown the door, in this process or in another one."""
        self._barred[login, camera_id] = (since_ms + BAR_MS, reason)
        self._barred.move_to_end((login, camera_id))
        while len(self._barred) > _MOST_BARRED:
            self._barred.popitem(last=False)

    def check_barred(self, caller: Principal, camera_id: UUID) -> None:
        """Raises ViewEndedError for who was shown the door a moment ago."""
        until_ms, reason = self._barred.get((login_of(caller), camera_id), (0, EndReason.LEFT))
        left_ms = until_ms - self._clock.now_ms()
        if 0 < left_ms <= BAR_MS:
            raise ViewEndedError(reason, -(-left_ms // 1000))
