import shutil
from pathlib import Path

import pytest

from tests.support.mounts import Mount
from vedette.access.principal import SYSTEM
from vedette.core.clock import ManualClock
from vedette.core.errors import VedetteError
from vedette.db.session import Database
from vedette.events import outbox
from vedette.storage import volumes
from vedette.storage.service import VolumeChange, VolumeService
from vedette.storage.volumes import MARKER, VolumeState

pytestmark = pytest.mark.anyio


@pytest.fixture
def service(database: Database) -> VolumeService:
    return VolumeService(database, ManualClock())


async def refused(call: object) -> str:
    with pytest.raises(VedetteError) as error:
        await call  # type: ignore[misc]
    return error.value.code


async def states(database: Database) -> list[tuple[int, str]]:
    async with database.read() as session:
        events = await outbox.after(session, 0, 100)
    assert {event.topic for event in events} <= {"volume.state"}
    return [(event.payload["volume_id"], event.payload["state"]) for event in events]


async def test_the_default_volume_is_made_once(service: VolumeService, tmp_path: Path) -> None:
    first = await service.ensure_default(tmp_path / "footage")
    again = await service.ensure_default(tmp_path / "footage")
    assert (again.id, again.marker) == (first.id, first.marker)
    assert volumes.identify(tmp_path / "footage").marker == first.marker
    # Gone with its disk: it must not be made again on the disk below.
    (tmp_path / "footage" / MARKER).unlink()
    await service.ensure_default(tmp_path / "footage")
    assert not (tmp_path / "footage" / MARKER).exists()


async def test_a_data_directory_that_was_moved_is_the_same_volume(service: VolumeService, tmp_path: Path) -> None:
    first = await service.ensure_default(tmp_path / "old" / "footage")
    (tmp_path / "old").rename(tmp_path / "new")
    moved = await service.ensure_default(tmp_path / "new" / "footage")
    assert (moved.id, moved.location) == (first.id, str(tmp_path / "new" / "footage"))
    assert len(await service.every()) == 1


async def test_footage_without_a_database_is_adopted(service: VolumeService, tmp_path: Path) -> None:
    marker = volumes.create(tmp_path / "footage", "attic", 5).marker
    (tmp_path / "footage" / "gate").mkdir()
    assert (await service.ensure_default(tmp_path / "footage")).marker == marker


async def test_volumes_are_made_and_adopted(service: VolumeService, database: Database, tmp_path: Path) -> None:
    made = await service.create("fast", tmp_path / "fast", SYSTEM, create=True)
    assert (made.state, made.headroom_percent, made.location) == ("ok", 10, str(tmp_path / "fast"))
    volumes.create(tmp_path / "old", "old", 5)
    adopted = await service.create("slow", tmp_path / "old", SYSTEM, create=False)
    assert [row.id for row in await service.every()] == [made.id, adopted.id]
    assert await states(database) == [(made.id, "ok"), (adopted.id, "ok")]


async def test_what_can_not_be_a_volume(service: VolumeService, tmp_path: Path) -> None:
    await service.create("fast", tmp_path / "disk" / "fast", SYSTEM, create=True)
    assert await refused(service.create("fast", tmp_path / "more", SYSTEM, create=True)) == "volume.name_taken"
    assert await refused(service.create(" ", tmp_path / "more", SYSTEM, create=True)) == "volume.name"
    assert await refused(service.create("x" * 101, tmp_path / "more", SYSTEM, create=True)) == "volume.name"
    for place in (tmp_path / "disk" / "fast" / "in", tmp_path / "disk"):
        assert await refused(service.create("more", place, SYSTEM, create=True)) == "volume.nested"
    assert await refused(service.create("more", tmp_path / "disk" / "fast", SYSTEM, create=True)) == "volume.known"
    assert await refused(service.create("more", tmp_path, SYSTEM, create=False)) == "volume.nested"
    (tmp_path / "plain").mkdir()
    assert await refused(service.create("more", tmp_path / "plain", SYSTEM, create=False)) == "volume.unmarked"
    (tmp_path / "link").symlink_to(tmp_path / "disk" / "fast")
    assert await refused(service.create("more", tmp_path / "link", SYSTEM, create=False)) == "volume.known"
    assert not (tmp_path / "more").exists()


async def test_a_volume_that_was_mounted_elsewhere_is_not_two(service: VolumeService, tmp_path: Path) -> None:
    await service.create("stick", tmp_path / "a", SYSTEM, create=True)
    (tmp_path / "a").rename(tmp_path / "b")
    assert await refused(service.create("other", tmp_path / "b", SYSTEM, create=False)) == "volume.known"


async def test_limits_are_changed_and_checked(service: VolumeService, tmp_path: Path) -> None:
    row = await service.create("fast", tmp_path / "fast", SYSTEM, create=True)
    await service.change(row.id, VolumeChange("faster", 30, None, 5), SYSTEM)
    changed = await service.get(row.id)
    assert (changed.name, changed.keep_days, changed.keep_bytes, changed.headroom_percent) == ("faster", 30, None, 5)
    assert await refused(service.change(row.id, VolumeChange("x", 0, None, 5), SYSTEM)) == "volume.keep_days"
    assert await refused(service.change(row.id, VolumeChange("x", None, -1, 5), SYSTEM)) == "volume.keep_bytes"
    assert await refused(service.change(row.id, VolumeChange("x", None, None, 91), SYSTEM)) == "volume.headroom"
    assert await refused(service.change(99, VolumeChange("x", None, None, 5), SYSTEM)) == "volume.not_found"
    assert await refused(service.get(99)) == "volume.not_found"


async def test_what_happens_to_a_disk_is_told_once(service: VolumeService, database: Database, tmpfs: Mount) -> None:
    row = await service.create("stick", tmpfs.path, SYSTEM, create=True)

    async def look() -> str:
        assert (await service.probe_all())[row.id][1].state == (await service.get(row.id)).state
        return (await service.get(row.id)).state

    assert [await look(), await look()] == ["ok", "ok"]
    tmpfs.fill()
    assert [await look(), await look()] == ["full", "full"]
    (tmpfs.path / "other-things").unlink()
    assert await look() == "ok"
    tmpfs.read_only()
    assert await look() == "read_only"
    tmpfs.writable()
    assert await look() == "ok"
    tmpfs.vanish()
    assert [await look(), await look()] == ["missing", "missing"]
    told = [state for _, state in await states(database)]
    assert told == ["ok", "full", "ok", "read_only", "ok", "missing"]
    assert "not mounted" in (await service.get(row.id)).state_detail


async def test_a_full_disk_needs_some_room_before_it_counts_as_well(service: VolumeService, tmpfs: Mount) -> None:
    row = await service.create("stick", tmpfs.path, SYSTEM, create=True)
    tmpfs.fill()
    assert (await service.probe_all())[row.id][1].state == "full"
    with (tmpfs.path / "other-things").open("r+b") as file:
        file.truncate(file.seek(0, 2) - 12_288)  # above the reserve, below what it takes to go on
    assert volumes.probe(tmpfs.path, row.marker).state is VolumeState.OK
    assert (await service.probe_all())[row.id][1].state == "full"
    with (tmpfs.path / "other-things").open("r+b") as file:
        file.truncate(file.seek(0, 2) - 12_288)
    assert (await service.probe_all())[row.id][1].state == "ok"


async def test_looking_at_a_place_makes_nothing(service: VolumeService, tmpfs: Mount) -> None:
    found = await service.look(tmpfs.path / "to" / "be" / "made")
    assert (found.exists, found.writable, found.marker, found.total_bytes) == (False, True, None, 1 << 20)
    assert list(tmpfs.path.iterdir()) == []
    marker = volumes.create(tmpfs.path, "stick", 5).marker
    found = await service.look(tmpfs.path)
    assert (found.exists, found.writable, found.marker) == (True, True, marker)
    assert found.days_at_4mbps == 0.0
    tmpfs.read_only()
    assert not (await service.look(tmpfs.path)).writable
    assert await refused(service.look(Path("relative"))) == "volume.location"


async def test_a_state_is_kept_with_its_remedy(service: VolumeService, tmp_path: Path) -> None:
    row = await service.create("fast", tmp_path / "fast", SYSTEM, create=True)
    probe = volumes.classify(OSError(5, "Input/output error"), tmp_path / "fast")
    assert probe.state is VolumeState.FAILING
    assert await service.set_state(row.id, probe)
    assert not await service.set_state(row.id, probe)
    assert "Input/output error" in (await service.get(row.id)).state_detail


async def test_a_volume_that_is_adopted_keeps_its_row_and_name(database: Database, tmp_path: Path) -> None:
    service = VolumeService(database, ManualClock(1_700_000_000_000))
    first = await service.create("Disk", tmp_path / "one", SYSTEM, create=True)
    assert (await service.adopt(tmp_path / "one", SYSTEM)).id == first.id
    # Moved: the row follows the marker.
    (tmp_path / "one").rename(tmp_path / "two")
    moved = await service.adopt(tmp_path / "two", SYSTEM)
    assert (moved.id, moved.name, moved.location) == (first.id, "Disk", str(tmp_path / "two"))
    # There twice: a person has to say which one is it.
    shutil.copytree(tmp_path / "two", tmp_path / "copy")
    with pytest.raises(VedetteError) as refused:
        await service.adopt(tmp_path / "copy", SYSTEM)
    assert refused.value.code == "volume.known"
    # From another installation, with the same name.
    volumes.create(tmp_path / "three", "Disk", 0)
    stranger = await service.adopt(tmp_path / "three", SYSTEM)
    assert (stranger.name, len(await service.every())) == ("Disk 2", 2)
