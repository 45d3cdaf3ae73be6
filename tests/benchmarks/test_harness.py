"""What benchmarks measure with must be right, whatever they measure."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from benchmarks.archive import number_at
from benchmarks.engines import Ffmpeg
from benchmarks.footage import Taken
from benchmarks.processes import Meter, cpu_s, pss_bytes, tree

from benchmarks import report

BUSY = "import time\nend = time.process_time() + 0.6\nwhile time.process_time() < end: pass\ninput()"


def test_a_meter_counts_what_children_burn() -> None:
    shell = ["/bin/sh", "-c", '"$0" -c "$1"; true', sys.executable, BUSY]
    with subprocess.Popen(shell, stdin=subprocess.PIPE) as parent:
        meter = Meter([parent.pid])
        deadline = time.monotonic() + 60
        while sum(map(cpu_s, tree([parent.pid]))) < 0.6 and time.monotonic() < deadline:
            time.sleep(0.05)
        usage = meter.read()
        parent.communicate(b"\n")

    assert usage.processes == usage.threads == 2
    assert usage.cpu_percent * usage.seconds / 100 == pytest.approx(0.6, abs=0.3)
    assert usage.pss_mb > 1


def test_processes_that_are_gone_cost_nothing() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert tree([process.pid]) == []
    assert cpu_s(process.pid) == pss_bytes(process.pid) == 0


def test_missing_pictures_are_counted_where_they_are_missing() -> None:
    instants = [1005 + 40 * index for index in range(50) if not 20 <= index < 25]
    found = Taken(40, [*instants, instants[-1]], 0)

    assert found.hole(0, 5000) == (1005 + 40 * 19, 1005 + 40 * 25)
    assert found.hole(2100, 5000) is None
    assert found.frames_missing(1005, 1005 + 40 * 50) == 4  # 5 are missing, 1 is doubled
    assert found.frames_missing(1006 + 40 * 18, 1006 + 40 * 22) == 3
    assert found.doubled == 1


def test_pictures_of_a_file_are_numbered_from_its_start() -> None:
    assert [number_at(offset, 40) for offset in (0, 39, 40, 15_960, 16_000)] == [0, 0, 1, 399, 0]


def test_lost_packets_are_read_from_what_ffmpeg_says(tmp_path: Path) -> None:
    engine = Ffmpeg(hls=False)
    log = tmp_path / "ffmpeg.log"
    log.write_text("[rtsp @ 0x1] RTP: missed 7 packets\n[h264 @ 0x2] error\n[rtsp @ 0x1] RTP: missed 12 packets\n")
    engine.logs.append(log)

    assert engine.lost_packets() == 19


def test_a_report_names_the_machine(tmp_path: Path) -> None:
    table = report.Table("Times", ["what", "ms"], [["this", "1.5"]], ["A note."])
    report.write(report.Result("sample", "What it is.", {"values": [1.5]}, [table]), tmp_path)
    report.collect(tmp_path)

    document = json.loads((tmp_path / "sample.json").read_text())
    assert document["data"] == {"values": [1.5]}
    assert document["environment"]["cores"].isdigit()
    text = (tmp_path / "report.md").read_text()
    assert "| what | ms |\n|---|---|\n| this | 1.5 |\n\n* A note." in text
    assert document["environment"]["cpu"] in text


def test_timings_are_summed_up() -> None:
    row = report.Timing("seek", [float(value) for value in range(1, 101)]).row()
    assert row == ["seek", "100", "50.5", "96.0", "100.0"]
