import json
from pathlib import Path

import pytest

from tests.support.mounts import Mount
from vedette.core.errors import VedetteError
from vedette.core.ids import uuid7
from vedette.storage.volumes import MARKER, Space, VolumeState, create, identify, probe, space, writable

NOW = 1_700_000_000_000


def code(call: object, *arguments: object) -> str:
    with pytest.raises(VedetteError) as refused:
        call(*arguments)  # type: ignore[operator]
    return refused.value.code


def test_a_volume_knows_who_it_is(tmp_path: Path) -> None:
    made = create(tmp_path / "a" / "b", "attic", NOW)
    assert identify(tmp_path / "a" / "b") == made
    assert (made.name, made.created_ms) == ("attic", NOW)
    found = probe(tmp_path / "a" / "b", made.marker)
    assert (found.state, found.detail) == (VolumeState.OK, "")
    assert found.space is not None
    assert 0 < found.space.free_bytes <= found.space.total_bytes
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == [MARKER]


def test_a_volume_is_not_made_over_something_else(tmp_path: Path) -> None:
    (tmp_path / "lost+found").mkdir()
    create(tmp_path, "attic", NOW)
    assert code(create, tmp_path, "again", NOW) == "volume.exists"
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("dear")
    assert code(create, tmp_path / "home", "attic", NOW) == "volume.not_empty"
    assert code(create, tmp_path / "home" / "letter.txt", "attic", NOW) == "volume.location"
    assert code(create, Path("relative"), "attic", NOW) == "volume.location"
    assert code(create, Path("/tmp/../etc"), "attic", NOW) == "volume.location"


def test_a_directory_without_its_marker_is_refused(tmp_path: Path) -> None:
    marker = create(tmp_path / "disk", "attic", NOW).marker
    (tmp_path / "disk" / MARKER).unlink()
    found = probe(tmp_path / "disk", marker)
    assert found.state is VolumeState.MISSING
    assert not found.usable
    # What the remedy says to write does make it the volume again.
    text = found.remedy[found.remedy.index("{") : found.remedy.index("}") + 1]
    (tmp_path / "disk" / MARKER).write_text(text)
    assert probe(tmp_path / "disk", marker).state is VolumeState.OK
    assert code(identify, tmp_path / "nowhere") == "volume.missing"
    assert probe(tmp_path / "nowhere", marker).state is VolumeState.MISSING


def test_another_volume_at_the_place_is_refused(tmp_path: Path) -> None:
    create(tmp_path, "attic", NOW)
    found = probe(tmp_path, uuid7())
    assert found.state is VolumeState.FOREIGN
    assert "attic" in found.detail


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"\xff\xfe", b"[1]", b'{"marker": "x", "name": "", "created_ms": 0}', b"{" * 100_000]
)
def test_a_damaged_marker_is_not_taken_for_a_volume(tmp_path: Path, content: bytes) -> None:
    marker = create(tmp_path, "attic", NOW).marker
    (tmp_path / MARKER).write_bytes(content)
    assert probe(tmp_path, marker).state is VolumeState.FAILING


def test_a_marker_from_another_version_may_say_more(tmp_path: Path) -> None:
    marker = uuid7()
    fields = {"marker": str(marker), "name": "attic", "created_ms": NOW, "tier": "cold"}
    (tmp_path / MARKER).write_text(json.dumps(fields))
    assert identify(tmp_path).marker == marker


def test_a_disk_that_is_full_is_told_and_recovers(tmpfs: Mount) -> None:
    marker = create(tmpfs.path, "stick", NOW).marker
    tmpfs.fill()
    found = probe(tmpfs.path, marker)
    assert found.state is VolumeState.FULL
    assert found.usable
    assert found.space is not None
    assert found.space.free_bytes < found.space.reserve_bytes
    (tmpfs.path / "other-things").unlink()
    assert probe(tmpfs.path, marker).state is VolumeState.OK


def test_a_disk_that_went_read_only_is_told_and_recovers(tmpfs: Mount) -> None:
    marker = create(tmpfs.path, "stick", NOW).marker
    tmpfs.read_only()
    found = probe(tmpfs.path, marker)
    assert found.state is VolumeState.READ_ONLY
    assert not found.usable
    assert not writable(tmpfs.path)
    tmpfs.writable()
    assert probe(tmpfs.path, marker).state is VolumeState.OK


def test_a_disk_that_was_pulled_leaves_nothing_to_write_to(tmpfs: Mount) -> None:
    marker = create(tmpfs.path, "stick", NOW).marker
    tmpfs.vanish()
    assert tmpfs.path.is_dir()
    assert probe(tmpfs.path, marker).state is VolumeState.MISSING
    assert list(tmpfs.path.iterdir()) == []


@pytest.mark.parametrize(("total", "reserve"), [(1 << 20, (1 << 20) // 100), (100 << 30, 1 << 30), (16 << 40, 1 << 30)])
def test_the_reserve(total: int, reserve: int) -> None:
    assert Space(0, total).reserve_bytes == reserve


def test_space_is_what_the_file_system_says(tmpfs: Mount) -> None:
    before = space(tmpfs.path)
    assert before.total_bytes == 1 << 20
    (tmpfs.path / "file").write_bytes(bytes(100_000))
    assert before.free_bytes - space(tmpfs.path).free_bytes in range(100_000, 110_000)
