"""The report as a signed document: JSON that is judged in its canonical form (RFC 8785), so that reading and writing it
again changes nothing. Pure.

    {"report": {...}, "signature": "header..signature"}
"""

from dataclasses import dataclass
from typing import Any

import orjson

from vedette.http.instants import format_instant
from vedette.recordings.coverage import Share
from vedette.recordings.report.month import CameraReport, MonthReport, met
from vedette.signing.jws import SigningKey, canonical, sign

TYPE = "vedette.coverage"
# `typ` of the signatures: of the data, and of a whole PDF.
DATA_KIND, PDF_KIND = "vedette-coverage+json", "vedette-coverage+pdf"


@dataclass(frozen=True, slots=True)
class Maker:
    """Where the report comes from, and who had it made."""

    node: str
    version: str
    person: str


def content(found: MonthReport, maker: Maker) -> dict[str, Any]:
    """The report as plain values. Times are RFC 3339, lengths whole milliseconds."""
    asked = found.asked
    start_ms, end_ms = asked.span
    return {
        "type": TYPE,
        "version": 1,
        "month": asked.month,
        "timezone": asked.timezone,
        "start": format_instant(start_ms),
        "end": format_instant(end_ms),
        "made": format_instant(found.made_ms),
        "made_by": maker.person,
        "node": maker.node,
        "software": f"Vedette {maker.version}",
        "stream": "main",
        "promised_percent": asked.slo,
        **_share(found.share, asked.slo),
        "cameras": [_camera(one, asked.slo) for one in found.cameras],
    }


def _camera(camera: CameraReport, slo: float) -> dict[str, Any]:
    return {
        "id": str(camera.camera_id),
        "name": camera.name,
        "slug": camera.slug,
        **_share(camera.share, slo),
        "days": [
            {
                "date": day.date.isoformat(),
                "length_ms": day.end_ms - day.start_ms,
                **_share(day.share, slo),
                "gaps_ms": {cause.value: length for cause, length in sorted(day.gaps_ms.items())},
            }
            for day in camera.days
        ],
        "gaps": [
            {
                "start": format_instant(gap.start_ms),
                "end": format_instant(gap.end_ms),
                "duration_ms": gap.end_ms - gap.start_ms,
                "cause": gap.cause.value,
                "detail": gap.detail,
            }
            for gap in camera.gaps
        ],
        "gaps_left_out": camera.gaps_left_out,
    }


def _share(share: Share, slo: float) -> dict[str, Any]:
    return {
        "recorded_ms": share.recorded_ms,
        "due_ms": share.due_ms,
        "percent": share.percent,
        "met": met(share, slo),
    }


def signed(report: dict[str, Any], key: SigningKey) -> bytes:
    """The document as it is saved: indented for people, which the signature does not mind."""
    signature = sign(canonical(report), DATA_KIND, key)
    return orjson.dumps({"report": report, "signature": signature}, option=orjson.OPT_INDENT_2) + b"\n"
