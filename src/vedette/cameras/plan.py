"""Should this camera record now? Pure: mode, manual override, weekly schedule and the time decide.

A schedule that can't be read records: footage too much is deleted in time, footage too little is gone for ever.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class RecordingPlan:
    """What a person set. `mode` is `continuous`, `schedule`, `manual` or `off`; `override` is `start`, `stop` or None;
    `schedule` is `{"timezone": "Europe/Vienna", "week": [[["08:00", "18:00"], ...] x 7]}`, Monday first. A span whose
    end is not after its start goes on into the next day; `24:00` is the end of the day."""

    mode: str
    override: str | None = None
    schedule: Mapping[str, Any] | None = None
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to record, and if not the gap's cause (`stopped`, `not_scheduled`) with a sentence for a person."""

    record: bool
    cause: str = ""
    detail: str = ""


_RECORD = Decision(True)


def decide(plan: RecordingPlan, now_ms: int) -> Decision:
    """The decision at `now_ms`."""
    if not plan.enabled:
        return Decision(False, "stopped", "The camera is switched off.")
    if plan.override == "start":
        return _RECORD
    if plan.override == "stop":
        return Decision(False, "stopped", "Recording was stopped by hand.")
    if plan.mode == "manual":
        return Decision(False, "stopped", "This camera records when it is started by hand.")
    if plan.mode == "off":
        return Decision(False, "stopped", "Recording is off; the camera is only shown.")
    if plan.mode == "schedule" and not scheduled(plan.schedule, now_ms):
        return Decision(False, "not_scheduled", "The schedule says not to record now.")
    return _RECORD


def scheduled(schedule: Mapping[str, Any] | None, now_ms: int) -> bool:
    """Whether a weekly schedule covers `now_ms`, in its own time zone. One that can't be read covers everything."""
    if schedule is None:
        return True
    try:
        local = datetime.fromtimestamp(now_ms / 1000, UTC).astimezone(ZoneInfo(schedule["timezone"]))
        week = schedule["week"]
        minute = local.hour * 60 + local.minute
        today = week[local.weekday()]
        yesterday = week[(local - timedelta(days=1)).weekday()]
        return any(start <= minute < end for start, end in map(_span, today)) or any(
            minute < end - _DAY for _, end in map(_span, yesterday)
        )
    except (KeyError, IndexError, TypeError, ValueError, OSError):  # ZoneInfo: unknown key, unreadable file
        return True


def _span(span: tuple[str, str]) -> tuple[int, int]:
    """Minutes of the day; an end beyond the day lies on the next one."""
    start, end = (_minutes(text) for text in span)
    return start, end if end > start else end + _DAY


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    value = int(hours) * 60 + int(minutes)
    if not 0 <= value <= _DAY:
        raise ValueError(f"not a time of day: {text}")
    return value
