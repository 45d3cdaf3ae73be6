"""Segment files: names, boundaries, whole parts on disks that fill up."""

import errno
import hashlib
import resource
import signal
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from vedette.recorder.segment_file import SegmentFile, next_boundary_ms, relative_path


def at(text: str) -> int:
    return int(datetime.fromisoformat(text + "+00:00").timestamp() * 1000)


@pytest.mark.parametrize(
    ("start", "minutes", "boundary"),
    [
        ("2026-11-21T10:00:00", 15, "2026-11-21T10:15:00"),
        ("2026-11-21T10:14:59.999", 15, "2026-11-21T10:15:00"),
        ("2026-11-21T10:15:00", 15, "2026-11-21T10:30:00"),
        ("2026-11-21T10:59:30", 1, "2026-11-21T11:00:00"),
        ("2026-11-21T10:20:00", 60, "2026-11-21T11:00:00"),
        ("2026-11-21T10:20:00", 7, "2026-11-21T10:23:00"),
        ("2026-11-21T23:59:00", 7, "2026-11-22T00:00:00"),  # the 7-minute step would end at 00:04
        ("2026-11-21T23:59:59.999", 60, "2026-11-22T00:00:00"),
    ],
)
def test_boundaries_are_aligned_to_the_wall_clock(start: str, minutes: int, boundary: str) -> None:
    assert next_boundary_ms(at(start), minutes * 60_000) == at(boundary)


def test_names() -> None:
    start = at("2026-11-21T09:05:07.900")
    assert relative_path("yard", "main", start) == "yard/2026-11-21/09-05-07.mp4"
    assert relative_path("yard", "sub", start) == "yard/2026-11-21/09-05-07-sub.mp4"
    assert relative_path("yard", "sub", start, 3) == "yard/2026-11-21/09-05-07-sub-3.mp4"


def test_parts_follow_the_head_and_are_hashed(tmp_path: Path) -> None:
    file = SegmentFile.create(tmp_path, "yard", "main", at("2026-11-21T09:05:07"), b"head")
    assert [file.append(b"one"), file.append(b"three")] == [4, 7]
    file.sync()
    assert file.sha256 == hashlib.sha256(b"headonethree").hexdigest()
    file.close()
    file.close()
    assert file.relative == "yard/2026-11-21/09-05-07.mp4"
    assert (tmp_path / file.relative).read_bytes() == b"headonethree"


def test_a_taken_name_is_never_written_over(tmp_path: Path) -> None:
    start = at("2026-11-21T09:05:07")
    files = [SegmentFile.create(tmp_path, "yard", "main", start, bytes([number])) for number in range(3)]
    assert [file.path.name for file in files] == ["09-05-07.mp4", "09-05-07-2.mp4", "09-05-07-3.mp4"]
    assert [file.path.read_bytes() for file in files] == [b"\0", b"\1", b"\2"]
    for file in files:
        file.close()


def test_a_volume_that_is_gone_is_not_made_again(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        SegmentFile.create(tmp_path / "mount", "yard", "main", 0, b"head")
    assert not (tmp_path / "mount").exists()


@pytest.fixture
def small_files() -> Iterator[int]:
    """Files of this process can't grow past 100 000 bytes: writes then come back short, like on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    yield 100_000
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


def test_a_part_that_does_not_fit_is_taken_back(tmp_path: Path, small_files: int) -> None:
    file = SegmentFile.create(tmp_path, "yard", "main", 0, b"h" * 1000)
    file.append(b"a" * 60_000)
    digest = file.sha256
    with pytest.raises(OSError) as caught:
        file.append(b"b" * 60_000)
    assert caught.value.errno == errno.EFBIG
    assert file.length == 61_000
    assert file.sha256 == digest
    file.close()
    assert file.path.stat().st_size == 61_000


def test_no_empty_file_stays_where_the_head_does_not_fit(tmp_path: Path, small_files: int) -> None:
    with pytest.raises(OSError):
        SegmentFile.create(tmp_path, "yard", "main", 0, b"h" * 200_000)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
