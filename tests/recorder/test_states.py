"""What a state is called, and which gap it makes."""

import pytest

from vedette.cameras.plan import Decision
from vedette.media.units import EndReason
from vedette.recorder.states import Link, Situation, cause_of, gap_of, status_of
from vedette.recordings.model import GapCause

RECORD = Decision(True)
STOP = Decision(False, "stopped", "by hand")
LATER = Decision(False, "not_scheduled", "the schedule")
FULL = (GapCause.NO_DISK, "full")


@pytest.mark.parametrize(
    ("situation", "state", "cause", "gap"),
    [
        (Situation(Link.OFF, STOP), "stopped", "stopped", GapCause.STOPPED),
        (Situation(Link.CONNECTING, RECORD), "connecting", "", None),
        (
            Situation(Link.CONNECTING, RECORD, reason=EndReason.CLOSED, detail="x"),
            "connecting",
            "closed",
            GapCause.CAMERA_OFFLINE,
        ),
        (Situation(Link.DOWN, RECORD, reason=EndReason.TIMEOUT, detail="x"), "waiting", "timeout", GapCause.NETWORK),
        (
            Situation(Link.DOWN, RECORD, reason=EndReason.UNAUTHORIZED, detail="x"),
            "waiting",
            "unauthorized",
            GapCause.CAMERA_OFFLINE,
        ),
        (
            Situation(Link.DOWN, RECORD, reason=EndReason.STARTING, detail="x"),
            "connecting",
            "",
            GapCause.CAMERA_OFFLINE,
        ),
        (Situation(Link.CONNECTING, RECORD, reason=EndReason.STARTING), "connecting", "", GapCause.CAMERA_OFFLINE),
        # It was starting, and is there now: no failure any more
        (Situation(Link.UP, RECORD, reason=EndReason.STARTING, detail="x"), "connecting", "", GapCause.CAMERA_OFFLINE),
        (Situation(Link.UP, STOP, reason=EndReason.STARTING), "connecting", "", GapCause.STOPPED),
        # A new one that is starting has missed nothing; one that fails has
        (Situation(Link.DOWN, RECORD, reason=EndReason.STARTING, new=True), "connecting", "", None),
        (Situation(Link.UP, RECORD, reason=EndReason.STARTING, new=True), "connecting", "", None),
        (
            Situation(Link.DOWN, RECORD, reason=EndReason.REFUSED, new=True),
            "waiting",
            "refused",
            GapCause.CAMERA_OFFLINE,
        ),
        # An unreachable camera that would not be recorded anyway: what it is, and the gap that it is
        (
            Situation(Link.DOWN, LATER, reason=EndReason.REFUSED, detail="x"),
            "waiting",
            "refused",
            GapCause.NOT_SCHEDULED,
        ),
        (Situation(Link.DOWN, RECORD, disk=FULL, reason=EndReason.REFUSED), "waiting", "refused", GapCause.NO_DISK),
        (Situation(Link.UP, RECORD), "connecting", "", None),
        (Situation(Link.UP, RECORD, recording=True), "recording", "", None),
        (Situation(Link.UP, RECORD, recording=True, disk=FULL), "recording", "", None),
        (Situation(Link.UP, RECORD, showing=True), "connecting", "", None),
        (Situation(Link.UP, RECORD, showing=True, disk=FULL), "blocked", "no_disk", GapCause.NO_DISK),
        (Situation(Link.UP, RECORD, disk=FULL), "blocked", "no_disk", GapCause.NO_DISK),
        (Situation(Link.UP, STOP, showing=True), "live", "stopped", GapCause.STOPPED),
        (Situation(Link.UP, LATER, showing=True, disk=FULL), "live", "not_scheduled", GapCause.NOT_SCHEDULED),
        (
            Situation(Link.UP, RECORD, reason=EndReason.NO_KEY_FRAME, detail="x"),
            "connecting",
            "no_key_frame",
            GapCause.CAMERA_OFFLINE,
        ),
    ],
)
def test_states(situation: Situation, state: str, cause: str, gap: GapCause | None) -> None:
    shown = status_of(situation)
    assert (shown.state, shown.cause) == (state, cause)
    found = gap_of(situation)
    assert (found[0] if found else None) is gap


def test_every_end_has_a_cause() -> None:
    assert {cause_of(reason) for reason in EndReason} <= set(GapCause)
