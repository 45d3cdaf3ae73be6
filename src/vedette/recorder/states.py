"""What a stream's state is called and why nothing is recorded. Pure."""

from dataclasses import dataclass
from enum import Enum, auto

from vedette.cameras.plan import Decision
from vedette.media.units import EndReason
from vedette.recordings.model import GapCause

_WAITING_FOR_KEY = "Connected. Waiting for a key frame."


class Link(Enum):
    """The connection to the camera."""

    OFF = auto()  # the camera is switched off
    CONNECTING = auto()
    UP = auto()
    DOWN = auto()  # it failed; the next attempt is due


@dataclass(frozen=True, slots=True)
class Situation:
    """All that decides. `recording`: parts go to a volume; `showing`: parts go to the ring. `disk` is why the volume
    takes nothing, None where it does. `reason` and `detail` are of the last failure, None since footage flowed. `new`:
    the stream was never recorded, and was taken on a moment ago."""

    link: Link
    decision: Decision
    recording: bool = False
    showing: bool = False
    disk: tuple[GapCause, str] | None = None
    reason: EndReason | None = None
    detail: str = ""
    new: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """State, cause and detail of a `StreamStatus`."""

    state: str
    cause: str = ""
    detail: str = ""


def status_of(now: Situation) -> Shown:
    """What people are shown."""
    decision = now.decision
    if now.link is Link.OFF:
        return Shown("stopped", decision.cause, decision.detail)
    starting = now.reason is EndReason.STARTING
    if starting and now.link is not Link.UP:
        return Shown("connecting", "", now.detail)
    if now.link is Link.DOWN:
        return Shown("waiting", now.reason.value if now.reason else "", now.detail)
    if now.link is Link.CONNECTING:
        return Shown("connecting", now.reason.value if now.reason else "", now.detail)
    if now.recording:
        return Shown("recording")
    if decision.record and now.disk is not None:
        return Shown("blocked", now.disk[0].value, now.disk[1])
    if not now.showing and not starting:
        return Shown("connecting", now.reason.value if now.reason else "", now.detail or _WAITING_FOR_KEY)
    if decision.record or not now.showing:
        return Shown("connecting", "", _WAITING_FOR_KEY)
    return Shown("live", decision.cause, decision.detail)


def gap_of(now: Situation) -> tuple[GapCause, str] | None:
    """Cause and detail of the gap that there is now; None while recording, and while nothing is known yet. A new camera
    that asks for a moment misses nothing yet."""
    if now.recording and now.link is Link.UP:
        return None
    if not now.decision.record:
        return GapCause(now.decision.cause), now.decision.detail
    if now.disk is not None:
        return now.disk
    if now.reason is None or (now.new and now.reason is EndReason.STARTING):
        return None
    return cause_of(now.reason), now.detail


def cause_of(reason: EndReason) -> GapCause:
    """The gap that follows a run which ended so."""
    if reason is EndReason.TIMEOUT:
        return GapCause.NETWORK
    if reason is EndReason.WRITE_FAILED:
        return GapCause.WRITE_FAILURE
    if reason is EndReason.STOPPED:
        return GapCause.STOPPED
    return GapCause.CAMERA_OFFLINE
