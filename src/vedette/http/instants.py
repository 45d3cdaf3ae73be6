"""Times at the API: RFC 3339 with an offset outside, milliseconds UTC inside."""

import re
from datetime import UTC, datetime
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

_RFC3339 = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})[Tt ](?P<time>\d{2}:\d{2}:\d{2})(?P<fraction>\.\d{1,9})?"
    r"(?P<offset>[Zz]|[+ -]\d{2}:\d{2})"
)
_SCHEMA = {"type": "string", "format": "date-time", "examples": ["2026-11-21T14:05:12.250Z"]}


def parse_instant(text: object) -> int:
    """Milliseconds since the Unix epoch. Digits below a millisecond are cut off.

    Raises ValueError with a sentence for a person. A blank before the offset is a `+` that a URL has eaten.
    """
    found = _RFC3339.fullmatch(text) if isinstance(text, str) and len(text) <= 40 else None
    if found is None:
        raise ValueError(
            "must be an RFC 3339 time with an offset, as 2026-11-21T14:05:12Z or 2026-11-21T15:05:12+01:00"
        )
    fraction = (found["fraction"] or ".0")[1:7].ljust(6, "0")
    offset = found["offset"].upper().replace(" ", "+").replace("Z", "+00:00")
    moment = datetime.fromisoformat(f"{found['date']}T{found['time']}.{fraction}{offset}")
    seconds = int(moment.replace(microsecond=0).timestamp())
    if seconds < 0:
        raise ValueError("must not be before 1970")
    return seconds * 1000 + moment.microsecond // 1000


def format_instant(at_ms: int) -> str:
    """RFC 3339 in UTC with milliseconds."""
    moment = datetime.fromtimestamp(at_ms // 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{at_ms % 1000:03d}Z"


InstantIn = Annotated[int, BeforeValidator(parse_instant), WithJsonSchema(_SCHEMA)]
InstantOut = Annotated[int, PlainSerializer(format_instant, return_type=str), WithJsonSchema(_SCHEMA)]
