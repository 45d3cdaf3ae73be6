"""The audit log as a file: CSV for spreadsheets, JSON for programs. Streamed, whatever its length."""

import csv
import io
from collections.abc import AsyncIterator, Sequence

import orjson

from vedette.audit.refusals import sentence_of
from vedette.audit.schemas import AuditEntry
from vedette.audit.tables import AuditRow
from vedette.http.instants import format_instant

COLUMNS = tuple(AuditEntry.model_fields)
# What a spreadsheet would take for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


async def as_csv(rows: AsyncIterator[AuditRow]) -> AsyncIterator[bytes]:
    """RFC 4180 in UTF-8 with a line of names. A cell that could be taken for a formula begins with an apostrophe."""
    yield _line(COLUMNS)
    async for row in rows:
        yield _line([_cell(row, name) for name in COLUMNS])


async def as_json(rows: AsyncIterator[AuditRow]) -> AsyncIterator[bytes]:
    """One array, an entry on each line."""
    yield b"["
    between = b"\n"
    async for row in rows:
        yield between + AuditEntry.of(row).model_dump_json().encode()
        between = b",\n"
    yield b"\n]\n"


def safe(text: str) -> str:
    """`text` as a cell that no spreadsheet computes."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cell(row: AuditRow, name: str) -> str:
    if name == "at":
        return format_instant(row.at_ms)
    value = sentence_of(row) if name == "sentence" else getattr(row, name)
    if value is None:
        return ""
    if isinstance(value, dict):
        return safe(orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode())
    return str(value) if isinstance(value, int) else safe(str(value))


def _line(cells: Sequence[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()
