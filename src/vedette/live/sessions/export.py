"""The history of live views as a file for spreadsheets."""

import csv
import io
from collections.abc import AsyncIterator, Sequence

from vedette.audit.export import safe
from vedette.http.instants import format_instant
from vedette.live.tables import LiveSessionRow

COLUMNS = (
    "start",
    "end",
    "seconds",
    "exact",
    "viewer",
    "kind",
    "token_name",
    "camera",
    "camera_id",
    "stream",
    "quality",
    "transport",
    "address",
    "agent",
    "bytes",
    "parts_dropped",
    "stalls",
    "frames_dropped",
    "first_frame_ms",
    "median_latency_ms",
    "end_reason",
    "view",
)


async def as_csv(rows: AsyncIterator[LiveSessionRow]) -> AsyncIterator[bytes]:
    """RFC 4180 in UTF-8 with a line of names. A cell that could be taken for a formula begins with an apostrophe."""
    yield _line(COLUMNS)
    async for row in rows:
        yield _line([_cell(value) for value in _values(row)])


def _values(row: LiveSessionRow) -> Sequence[object]:
    end_ms = row.start_ms if row.end_ms is None else row.end_ms
    return (
        format_instant(row.start_ms),
        format_instant(end_ms),
        round((end_ms - row.start_ms) / 1000),
        "no" if row.lost else "yes",
        row.user_name,
        row.kind,
        row.token_name,
        row.camera_name,
        row.camera_id,
        row.stream,
        row.quality,
        row.transport,
        row.address,
        row.agent,
        row.bytes,
        row.parts_dropped,
        row.stalls,
        row.frames_dropped,
        row.first_frame_ms,
        row.median_latency_ms,
        row.end_reason,
        row.view_id,
    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else safe(str(value))


def _line(cells: Sequence[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()
