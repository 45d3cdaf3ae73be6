"""Should this camera record now?"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from vedette.cameras.plan import RecordingPlan, decide

VIENNA = ZoneInfo("Europe/Vienna")


def at(text: str) -> int:
    """Milliseconds of a local time in Vienna."""
    return int(datetime.fromisoformat(text).replace(tzinfo=VIENNA).timestamp() * 1000)


def weekly(**days: list[list[str]]) -> dict[str, Any]:
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return {"timezone": "Europe/Vienna", "week": [days.get(name, []) for name in names]}


@pytest.mark.parametrize(
    ("mode", "override", "enabled", "record", "cause"),
    [
        ("continuous", None, True, True, ""),
        ("continuous", "stop", True, False, "stopped"),
        ("continuous", "start", True, True, ""),
        ("continuous", None, False, False, "stopped"),
        ("continuous", "start", False, False, "stopped"),
        ("manual", None, True, False, "stopped"),
        ("manual", "start", True, True, ""),
        ("off", None, True, False, "stopped"),
        ("off", "start", True, True, ""),
        ("schedule", None, True, False, "not_scheduled"),
        ("schedule", "start", True, True, ""),
        ("schedule", "stop", True, False, "stopped"),
    ],
)
def test_mode_and_override(mode: str, override: str | None, enabled: bool, record: bool, cause: str) -> None:
    decision = decide(RecordingPlan(mode, override, weekly(), enabled), at("2026-11-21T12:00"))
    assert (decision.record, decision.cause) == (record, cause)
    assert bool(decision.detail) is not record


@pytest.mark.parametrize(
    ("moment", "record"),
    [
        ("2026-11-16T07:59:59", False),  # Monday
        ("2026-11-16T08:00", True),
        ("2026-11-16T11:59:59", True),
        ("2026-11-16T12:00", False),
        ("2026-11-16T13:30", True),
        ("2026-11-17T09:00", False),
        ("2026-11-20T21:59", False),  # Friday night into Saturday
        ("2026-11-20T22:00", True),
        ("2026-11-21T00:00", True),
        ("2026-11-21T05:59", True),
        ("2026-11-21T06:00", False),
        ("2026-11-22T00:00", True),  # all of Sunday
        ("2026-11-22T23:59:59", True),
        ("2026-11-23T00:30", True),  # Sunday's second span goes on into Monday, across the end of the week
        ("2026-11-23T01:00", False),
    ],
)
def test_weekly_spans(moment: str, record: bool) -> None:
    schedule = weekly(
        mon=[["08:00", "12:00"], ["13:00", "18:00"]],
        fri=[["22:00", "06:00"]],
        sun=[["00:00", "24:00"], ["23:00", "01:00"]],
    )
    assert decide(RecordingPlan("schedule", None, schedule), at(moment)).record is record


def test_wall_time_counts_when_clocks_change() -> None:
    schedule = weekly(sun=[["03:00", "04:00"]])
    plan = RecordingPlan("schedule", None, schedule)
    # 2026-03-29: 02:00 becomes 03:00 at 01:00 UTC
    assert not decide(plan, 1774745999_000).record
    assert decide(plan, 1774746000_000).record


@pytest.mark.parametrize(
    "schedule",
    [
        None,
        {},
        {"timezone": "Europe/Nowhere", "week": [[]] * 7},
        {"timezone": "../etc/passwd", "week": [[]] * 7},
        {"timezone": "Europe/Vienna", "week": []},
        {"timezone": "Europe/Vienna", "week": [[["8", "9"]]] * 7},
        {"timezone": "Europe/Vienna", "week": [[["08:00", "99:00"]]] * 7},
        {"timezone": None, "week": None},
    ],
)
def test_what_cannot_be_read_records(schedule: dict[str, Any] | None) -> None:
    assert decide(RecordingPlan("schedule", None, schedule), at("2026-11-21T12:00")).record
