"""Where live-only parts go."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from vedette.core.clock import ManualClock
from vedette.recorder.ring import FILES, Ring, ring_directory

pytestmark = pytest.mark.anyio

SHM = Path("/dev/shm")


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    place = ring_directory(tmp_path, tmp_path / "run", "x").parent
    if place.is_relative_to(SHM):
        shutil.rmtree(place, ignore_errors=True)


async def test_the_oldest_files_of_a_stream_go(tmp_path: Path) -> None:
    ring = Ring(tmp_path / "ring", ManualClock())
    (tmp_path / "ring").mkdir()
    (tmp_path / "ring" / "left-behind.mp4").touch()
    ring.prepare()
    assert list(ring.directory.iterdir()) == []
    for number in range(5):
        for stream_id in (1, 2):
            path = ring.directory / f"{stream_id}-{number}"
            path.touch()
            ring.keep(stream_id, path)
    assert sorted(path.name for path in ring.directory.iterdir()) == ["1-3", "1-4", "2-3", "2-4"]
    assert FILES == 2
    ring.forget(1)
    assert sorted(path.name for path in ring.directory.iterdir()) == ["2-3", "2-4"]
    ring.stop()
    assert not ring.directory.exists()


def test_memory_is_preferred_where_nobody_else_can_look(data: Path) -> None:
    place = ring_directory(data, data / "run", "native-0")
    if not place.is_relative_to(SHM):
        pytest.skip("there is no shared memory of a gigabyte here")
    assert place.parent.stat().st_mode & 0o777 == 0o700
    assert ring_directory(data, data / "run", "native-0") == place
    place.parent.chmod(0o777)
    assert ring_directory(data, data / "run", "native-0") == data / "run" / "live" / "native-0"
    place.parent.rmdir()
    place.parent.symlink_to(data)
    assert ring_directory(data, data / "run", "native-0") == data / "run" / "live" / "native-0"
    place.parent.unlink()
