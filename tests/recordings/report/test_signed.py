"""Signed reports: good as they were made, and told apart from everything else, byte by byte."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest

from vedette.recordings.coverage import account
from vedette.recordings.model import Gap, GapCause
from vedette.recordings.report.document import DATA_KIND, PDF_KIND, Maker, content, signed
from vedette.recordings.report.judge import PDF_MARK, judged
from vedette.recordings.report.month import Asked, MonthReport, camera_report
from vedette.recordings.report.pdf import signed_pdf
from vedette.signing.jws import SigningKey, canonical, encode, new_key, sign, thumbprint

DAY = 86_400_000
ASKED = Asked(date(2026, 10, 1), "Europe/Vienna", 99.5)
MAKER = Maker("site", "1.2.3", "ada")


def key() -> tuple[SigningKey, dict[str, bytes]]:
    private = new_key()
    public = private.public_key().public_bytes_raw()
    kid = thumbprint(encode(public))
    return SigningKey(kid, private), {kid: public}


KEY, KEYS = key()


def month(names: tuple[str, ...] = ("Einfahrt Süd", "Ворота", "北门", 'A "b" \\ c')) -> MonthReport:
    start, end = ASKED.span
    gaps = [Gap(start + DAY, start + 2 * DAY + 123, GapCause.CAMERA_OFFLINE, "Keine Antwort – „timeout“")]
    covered = account(
        [(start, start + DAY), (start + 2 * DAY + 123, end)], gaps, start, end, now_ms=end, since_ms=start
    )
    cameras = [
        camera_report(UUID(int=number), name, f"camera-{number}", covered, ASKED) for number, name in enumerate(names)
    ]
    return MonthReport(ASKED, end, cameras)


@pytest.fixture(scope="module")
def document() -> bytes:
    return signed(content(month(), MAKER), KEY)


@pytest.fixture(scope="module")
def pdf(document: bytes) -> bytes:
    return signed_pdf(month(), MAKER, document, KEY)


def test_json_is_good_however_it_was_written_again(document: bytes) -> None:
    found = judged(document, KEYS)
    assert (found.good, found.kind, found.kid, found.problem) == (True, "json", KEY.kid, None)
    assert (found.month, found.timezone, found.made_by, found.cameras) == ("2026-10", "Europe/Vienna", "ada", 4)
    again = json.dumps(json.loads(document), sort_keys=True, indent=7).encode()
    assert judged(again, KEYS).good
    report = orjson.loads(document)["report"]
    assert report["cameras"][0]["days"][24]["length_ms"] == 25 * 3_600_000
    assert report["cameras"][0]["days"][1]["gaps_ms"] == {"camera_offline": DAY}


CHANGES: list[Any] = [
    lambda whole: whole["report"].update(promised_percent=90.0),
    lambda whole: whole["report"]["cameras"][0]["days"][1].update(met=True),
    lambda whole: whole["report"]["cameras"].pop(),
    lambda whole: whole["report"].update(more=None),
    lambda whole: whole.update(more=1),
    lambda whole: whole.update(signature=whole["signature"][:-4] + "AAAA"),
    lambda whole: whole.update(signature=whole["signature"].replace("..", ".")),
    lambda whole: whole.update(signature=7),
    lambda whole: whole.update(signature="e30..AAAA"),
    lambda whole: whole.update(signature="bnVsbA..AAAA"),
    lambda whole: whole.update(signature="é.." + "A" * 86),
    lambda whole: whole.pop("signature"),
    lambda whole: whole.update(report=[]),
    lambda whole: whole["report"].update(month=2**60),
]


@pytest.mark.parametrize("change", CHANGES)
def test_json_that_was_changed(document: bytes, change: Any) -> None:
    whole = orjson.loads(document)
    change(whole)
    found = judged(json.dumps(whole).encode(), KEYS)
    assert not found.good
    assert found.problem
    assert found.month is None, "nothing is told of what can't be relied on"


def test_a_pdf_as_a_whole(pdf: bytes) -> None:
    assert judged(pdf, KEYS).good
    assert judged(pdf, KEYS).kind == "pdf"
    for at in (6, len(pdf) // 3, pdf.rindex(PDF_MARK) - 1, len(pdf) - 30):
        changed = pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]
        assert not judged(changed, KEYS).good, at
    assert not judged(pdf + b"%more", KEYS).good
    assert not judged(pdf + b"1 0 obj\n", KEYS).good
    assert not judged(pdf[: pdf.rindex(PDF_MARK)], KEYS).good


def test_other_keys_and_other_kinds(document: bytes, pdf: bytes) -> None:
    other, others = key()
    for data in (document, pdf):
        assert "not known here" in (judged(data, others).problem or "")
    whole = orjson.loads(document)
    for kind in (PDF_KIND, "JWT"):
        whole["signature"] = sign(canonical(whole["report"]), kind, KEY)
        assert not judged(orjson.dumps(whole), KEYS).good
    whole["signature"] = sign(canonical({"type": "other"}), DATA_KIND, KEY)
    whole["report"] = {"type": "other"}
    assert "no report of coverage" in (judged(orjson.dumps(whole), KEYS).problem or "")
    whole["signature"] = sign(canonical(whole["report"]), DATA_KIND, SigningKey(KEY.kid, other.private))
    assert not judged(orjson.dumps(whole), KEYS).good, "a key under another's name"


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"{}", b"\x00" * 100, b"%PDF-1.3\n", b'{"report": NaN}', b"PK\x03\x04"]
)
def test_what_is_no_report(data: bytes) -> None:
    found = judged(data, KEYS)
    assert not found.good
    assert found.problem


def test_a_pdf_without_fonts_on_the_machine(document: bytes, tmp_path: Path) -> None:
    assert judged(signed_pdf(month(), MAKER, document, KEY, tmp_path), KEYS).good


def test_an_empty_report() -> None:
    empty = MonthReport(ASKED, round(datetime(2026, 11, 1, tzinfo=UTC).timestamp() * 1000), [])
    data = signed(content(empty, MAKER), KEY)
    assert judged(data, KEYS).cameras == 0
    assert judged(signed_pdf(empty, MAKER, data, KEY), KEYS).good
