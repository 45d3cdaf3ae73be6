"""`vedette recordings` and `vedette report` on an installation with footage, as processes."""

import json
from pathlib import Path

import pytest

from tests.cli.test_check import vedette
from tests.support.footage import T0, add_stream, add_volume, new_segment
from tests.support.installation import make_installation
from vedette.db.session import Database
from vedette.recordings import ledger
from vedette.recordings.model import Gap, GapCause, SegmentState

pytestmark = pytest.mark.anyio


@pytest.fixture
async def data(tmp_path: Path) -> tuple[str, str]:
    """Two minutes of 14 November 2023 after 22:13:20 UTC, and a gap between them."""
    folder = tmp_path / "here"
    await make_installation(folder)
    database = Database(f"sqlite+aiosqlite:///{folder / 'vedette.sqlite'}")
    stream, volume = await add_stream(database), await add_volume(database, name="more")
    async with database.write() as session:
        for at in (T0, T0 + 120_000):
            await ledger.insert_segment(session, new_segment(stream, volume, at), state=SegmentState.CLOSED)
        gap = Gap(T0 + 60_000, T0 + 120_000, GapCause.NETWORK, "no route")
        await ledger.add_ended_gaps(session, [(stream, gap)], T0 + 200_000)
    await database.aclose()
    return "--data", str(folder)


async def test_lists_and_sums(data: tuple[str, str]) -> None:
    listed = vedette("recordings", "list", "--timezone", "Europe/Vienna", *data)
    assert listed.returncode == 0, listed.stderr
    lines = listed.stdout.splitlines()
    assert lines[0].split()[:4] == ["START", "DURATION", "CAMERA", "STREAM"]
    assert lines[1].startswith("2023-11-14 23:15:20 CET")
    assert "network" in lines[1]
    found = json.loads(vedette("recordings", "list", "--json", "--camera", "gate", "--limit", "1", *data).stdout)
    assert [(one["gap_before"], one["gap_after"], one["duration_ms"]) for one in found] == [("network", None, 60_000)]
    hours = ("--from", "2023-11-10T00:00:00Z", "--to", "2023-11-20T00:00:00Z", "--timezone", "UTC", "--days", "tue")
    sums = json.loads(vedette("recordings", "list", "--sums", "--json", *hours, "--hours", "22:14-24:00", *data).stdout)
    assert (sums["count"], sums["bytes"]) == (2, 120_000)
    none = vedette("recordings", "list", *hours, "--hours", "02:00-03:00", *data)
    assert none.stdout == "Nothing fits.\n"
    gaps = vedette("recordings", "gaps", "--cause", "network", *data)
    assert "no route" in gaps.stdout
    assert vedette("recordings", "gaps", "--sums", *data).stdout == "network: 1, 60.0 s\n"


REFUSED = [
    (("--camera", "nobody"), 3),
    (("--zone", "Nowhere"), 3),
    (("--hours", "25:00-26:00"), 2),
    (("--hours", "01:00-02:00"), 2),  # without --from
    (("--days", "someday"), 2),
    (("--from", "yesterday"), 2),
    (("--from", "2023-11-14T00:00:00Z", "--to", "2023-11-13T00:00:00Z"), 2),
    (("--min-duration", "9", "--max-duration", "8"), 2),
    (("--limit", "0"), 2),
    (("--timezone", "Mars/Olympus"), 2),
]


@pytest.mark.parametrize(("asked", "code"), REFUSED)
async def test_what_is_refused(data: tuple[str, str], asked: tuple[str, ...], code: int) -> None:
    found = vedette("recordings", "list", *asked, *data)
    assert found.returncode == code
    assert found.stderr.startswith("vedette: ")


async def test_reports_are_made_and_verified(data: tuple[str, str], tmp_path: Path) -> None:
    made = ("report", "coverage", "--month", "2023-11", "--timezone", "Europe/Vienna")
    for name in ("a.pdf", "a.json"):
        out = tmp_path / name
        assert vedette(*made, "--out", str(out), *data).returncode == 0
        good = vedette("report", "verify", str(out), *data)
        assert (good.returncode, good.stdout[:5]) == (0, "Good:")
    report = json.loads((tmp_path / "a.json").read_bytes())["report"]
    assert report["cameras"][0]["days"][13]["gaps_ms"]["network"] == 60_000
    keys = tmp_path / "keys.json"
    keys.write_text(vedette("report", "keys", *data).stdout)
    elsewhere = ("--keys", str(keys), "--data", str(tmp_path / "nothing"))
    assert vedette("report", "verify", str(tmp_path / "a.pdf"), *elsewhere).returncode == 0
    changed = tmp_path / "changed.json"
    changed.write_text((tmp_path / "a.json").read_text().replace('"network"', '"stopped"', 1))
    bad = vedette("report", "verify", str(changed), "--json", *elsewhere)
    assert (bad.returncode, json.loads(bad.stdout)["good"]) == (1, False)
    assert vedette("report", "verify", str(tmp_path / "no.pdf"), *data).returncode == 3
    assert vedette("report", "verify", str(changed), "--keys", str(changed), *data).returncode == 2
    assert vedette(*made, "--format", "csv", *data).stdout.count("\n") == 31
    assert vedette("report", "coverage", "--month", "2200-01", *data).returncode == 2
    assert vedette("report", "coverage", "--month", "11", *data).returncode == 2
    log = json.loads(vedette("audit", "report", "--days", "1", "--json", *data).stdout)
    assert log["entries"] >= 4
