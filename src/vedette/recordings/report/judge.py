"""Whether a report is what was signed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from vedette.recordings.report.document import DATA_KIND, PDF_KIND, TYPE
from vedette.signing.jws import SignatureError, canonical, verify

# The last line of a PDF: a comment, which readers pass over. The signature is of all bytes before it.
PDF_MARK = b"\n%vedette-signature "
_PDF = b"%PDF-"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`good` where nothing was changed since it was signed with the key `kid`. Else `problem` says why not."""

    good: bool
    kind: str  # json or pdf, or unknown
    kid: str | None = None
    problem: str | None = None
    month: str | None = None
    timezone: str | None = None
    made: str | None = None
    made_by: str | None = None
    cameras: int | None = None


def judged(data: bytes, keys: Mapping[str, bytes]) -> Verdict:
    """`keys` are the public keys that are trusted, by their ids."""
    kind = "pdf" if data.startswith(_PDF) else "json" if data.lstrip()[:1] == b"{" else "unknown"
    try:
        if kind == "pdf":
            return Verdict(True, kind, _judged_pdf(data, keys))
        if kind == "json":
            return _judged_json(data, keys)
    except SignatureError as problem:
        return Verdict(False, kind, problem=str(problem))
    return Verdict(False, kind, problem="This is no report of Vedette: neither a signed PDF nor a signed JSON file.")


def _judged_pdf(data: bytes, keys: Mapping[str, bytes]) -> str:
    body, mark, tail = data.rpartition(PDF_MARK)
    if not mark:
        raise SignatureError("The PDF is not signed by Vedette.")
    text = tail.removesuffix(b"\n")
    if b"\n" in text or b"\r" in text:
        raise SignatureError("Something was added to the PDF after it was signed.")
    return verify(body, text.decode("ascii", "replace"), PDF_KIND, keys)


def _judged_json(data: bytes, keys: Mapping[str, bytes]) -> Verdict:
    try:
        whole = orjson.loads(data)
        report, signature = whole["report"], whole["signature"]
        payload = canonical(report)
    except (ValueError, KeyError, TypeError) as error:
        raise SignatureError(
            "The file is no signed report: it has no report and signature that can be read."
        ) from error
    if not isinstance(report, dict) or not isinstance(signature, str) or set(whole) != {"report", "signature"}:
        raise SignatureError("The file is no signed report: it holds other things than a report and its signature.")
    kid = verify(payload, signature, DATA_KIND, keys)
    if report.get("type") != TYPE:
        raise SignatureError("This was signed here, but it is no report of coverage.")
    return Verdict(True, "json", kid, **_told(report))


def _told(report: dict[str, Any]) -> dict[str, Any]:
    return {
        "month": report["month"],
        "timezone": report["timezone"],
        "made": report["made"],
        "made_by": report["made_by"],
        "cameras": len(report["cameras"]),
    }
