"""The report as CSV (RFC 4180, UTF-8), a line for each camera and day; streamed camera by camera."""

import csv
import io
from collections.abc import AsyncIterator, Sequence

from vedette.audit.export import safe
from vedette.recordings.model import GapCause
from vedette.recordings.report.month import Asked, CameraReport, met

_CAUSES = tuple(GapCause)
HEAD = (
    "camera",
    "slug",
    "date",
    "hours",
    "recorded_s",
    "due_s",
    "percent",
    "promise_kept",
    *(f"{cause.value}_s" for cause in _CAUSES),
)


async def as_csv(cameras: AsyncIterator[CameraReport], asked: Asked) -> AsyncIterator[bytes]:
    """Seconds with milliseconds; `percent` and `promise_kept` are empty where nothing was due."""
    yield _lines([HEAD])
    async for camera in cameras:
        yield _lines(list(rows_of(camera, asked.slo)))


def rows_of(camera: CameraReport, slo: float) -> list[tuple[str, ...]]:
    """The lines of one camera."""
    return [
        (
            safe(camera.name),
            camera.slug,
            day.date.isoformat(),
            f"{(day.end_ms - day.start_ms) / 3_600_000:g}",
            _seconds(day.share.recorded_ms),
            _seconds(day.share.due_ms),
            "" if day.share.percent is None else f"{day.share.percent:.3f}",
            {None: "", True: "yes", False: "no"}[met(day.share, slo)],
            *(_seconds(day.gaps_ms.get(cause, 0)) for cause in _CAUSES),
        )
        for day in camera.days
    ]


def _seconds(length_ms: int) -> str:
    return f"{length_ms / 1000:.3f}"


def _lines(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
