"""How a stream stood when the last recorder let go of it, read from its runs and its gap: a recorder that is started
again knows since when a camera has been away. Two indexed queries a stream, once."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.media.units import EndReason
from vedette.recordings.model import GapCause
from vedette.recordings.recovery import KILLED
from vedette.recordings.tables import GapRow, RunRow

_AWAY = frozenset({"connecting", "waiting"})
_UNREACHABLE = frozenset({GapCause.CAMERA_OFFLINE.value, GapCause.NETWORK.value})


@dataclass(frozen=True, slots=True)
class LastRun:
    """How the newest run ended; `reason` None while it lasts."""

    end_ms: int | None
    reason: str | None
    detail: str | None

    @property
    def broke(self) -> bool:
        """Whether the camera ended it, and not we."""
        return self.reason is not None and self.reason != EndReason.STOPPED and self.detail != KILLED


@dataclass(frozen=True, slots=True)
class LastingGap:
    """The gap that has no end yet."""

    start_ms: int
    cause: str
    detail: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of the time before this recorder. Pure."""

    run: LastRun | None = None
    gap: LastingGap | None = None

    def since_ms(self, state: str, cause: str, detail: str) -> int | None:
        """Since when the stream has been in a state that it is in again now, as far as that is known; else None.

        Away since its last run broke off, or since the gap that says so; a connection is always a new one. Without a
        volume since the gap for that began; switched off likewise.
        """
        gap = self.gap
        if state in _AWAY:
            if self.run is not None and self.run.broke:
                return self.run.end_ms
            return gap.start_ms if gap is not None and gap.cause in _UNREACHABLE else None
        if gap is None or gap.cause != cause:
            return None
        if state == "blocked" or (state == "stopped" and gap.detail == detail):
            return gap.start_ms
        return None


async def read_standing(session: AsyncSession, stream_id: int) -> Standing:
    """After `recover`, which ends the runs that a kill left."""
    runs = select(RunRow.end_ms, RunRow.end_reason, RunRow.end_detail).where(RunRow.stream_id == stream_id)
    run = (await session.execute(runs.order_by(RunRow.start_ms.desc(), RunRow.id.desc()).limit(1))).first()
    gaps = select(GapRow.start_ms, GapRow.cause, GapRow.detail)
    gap = (await session.execute(gaps.where(GapRow.stream_id == stream_id, GapRow.end_ms.is_(None)))).first()
    return Standing(LastRun(*run) if run else None, LastingGap(*gap) if gap else None)
