"""Cameras come back from the copies of their settings on the volumes, on both databases, with real files."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from tests.recordings.test_reindex import LATER, empty, rebuild
from tests.support.footage import DAY, T0, add_stream
from tests.support.library import clip
from tests.support.shelf import Shelf
from vedette.access.principal import SYSTEM
from vedette.cameras import repository
from vedette.cameras.lost import lacking
from vedette.cameras.schemas import CameraCreate, CameraPatch
from vedette.cameras.service import CameraService
from vedette.cameras.tables import CameraRow
from vedette.core.clock import ManualClock
from vedette.db.session import Database
from vedette.events.recorders import NobodyListens
from vedette.recorder.assignment import Assigner, Share
from vedette.recorder.process import StreamSpec
from vedette.recordings.copying import AGAIN_S, CopyKeeper
from vedette.storage import copies
from vedette.storage.service import VolumeService
from vedette.storage.volumes import COPY, MARKER
from vedette.vault import Vault

pytestmark = pytest.mark.anyio

SCHEDULE = {"timezone": "Europe/Vienna", "week": [[["08:00", "18:00"]]] * 5 + [[], []]}
GATE: dict[str, Any] = {
    "name": "Gate, north",
    "url": "rtsp://anna:hunter2@192.168.1.20/live",
    "sub_url": "rtsp://192.168.1.20/small?user=anna&password=hunter3",
    "recording_mode": "schedule",
    "schedule": SCHEDULE,
    "segment_minutes": 5,
    "keep_days": 30,
    "keep_bytes": 10**12,
    "record_sub": False,
    "notes": "On the pole.",
}
DOOR: dict[str, Any] = {"name": "Door", "url": "rtsp://192.168.1.21/live", "engine": "libav"}
YARD: dict[str, Any] = {"name": "Yard", "url": "rtsp://bob:hunter4@192.168.1.22/live"}
SECRETS = ("hunter", "anna:", "sealed~")


@dataclass
class Site:
    """Three cameras with footage on one volume; the last one was removed."""

    shelf: Shelf
    service: CameraService
    vault: Vault
    keeper: CopyKeeper
    clock: ManualClock

    @property
    def database(self) -> Database:
        return self.shelf.database

    @property
    def file(self) -> Path:
        return self.shelf.root / COPY

    async def keep(self) -> int:
        return await self.keeper.run(await VolumeService(self.database, LATER).every())

    async def lose(self) -> None:
        """The database is lost, and a new one finds the volume in the data directory."""
        async with self.database.write() as session:
            for table in ("camera_credential", "outbox"):
                await session.execute(text(f"DELETE FROM {table}"))
        await empty(self.database)
        await VolumeService(self.database, LATER).ensure_default(self.shelf.root)

    async def cameras(self) -> dict[str, CameraRow]:
        async with self.database.read() as session:
            return {row.slug: row for row in await session.scalars(select(CameraRow))}

    async def specs(self) -> dict[tuple[str, str], StreamSpec]:
        """What recorders make of the streams."""
        found: dict[tuple[str, str], StreamSpec] = {}
        async with self.database.read() as session:
            for engine in ("native", "libav"):
                assigned = await Assigner(Share(engine), self.vault.open_sealed).read(session)
                found |= {(spec.camera_slug, spec.kind): spec for spec in assigned.streams}
        return found


@pytest.fixture
async def site(database: Database, tmp_path: Path) -> Site:
    shelf = await Shelf.make(database, tmp_path / "footage")
    vault, clock = Vault(bytes(32)), ManualClock(T0)
    service = CameraService(database, clock, vault, NobodyListens())
    for given in (GATE, DOOR, YARD):
        made = (await service.create(CameraCreate.model_validate(given), SYSTEM)).row
        for stream in made.streams:
            await shelf.record(stream.id, T0, clip() if stream.kind == "main" else clip(width=160, height=90))
    await service.delete("yard", "keep", None, SYSTEM)
    return Site(shelf, service, vault, CopyKeeper(database, clock), clock)


async def test_the_copy_follows_the_cameras_and_has_no_secret(site: Site) -> None:
    assert await site.keep() == 1
    assert await site.keep() == 0
    found = json.loads(site.file.read_bytes())
    assert [camera["slug"] for camera in found["cameras"]] == ["door", "gate-north", "yard"]
    assert [camera["has_login"] for camera in found["cameras"]] == [False, True, False]
    assert not any(secret in site.file.read_text() for secret in SECRETS)
    await site.service.update("door", CameraPatch(name="Back door", password=None), None, SYSTEM)
    assert await site.keep() == 1
    assert "Back door" in site.file.read_text()
    await site.service.override("door", "stop", SYSTEM)
    assert await site.keep() == 1
    site.file.unlink()  # somebody tidied up
    assert await site.keep() == 0
    site.clock.advance(AGAIN_S)
    assert await site.keep() == 1
    assert list(site.shelf.root.glob(f"{COPY}*")) == [site.file]


async def test_everything_but_the_logins_comes_back(site: Site) -> None:
    await site.keep()
    before = await site.cameras()
    await site.lose()
    done = await rebuild(site.database)
    assert (done.cameras, done.unreadable, done.added) == ([], [], 4)
    after = await site.cameras()
    assert after.keys() == before.keys()
    for slug, row in after.items():
        was = before[slug]
        for name in (
            *("id", "name", "enabled", "recording_mode", "recording_override", "schedule", "segment_minutes"),
            *("keep_days", "keep_bytes", "simulated", "notes", "created_ms", "deleted_ms"),
        ):
            assert getattr(row, name) == getattr(was, name), (slug, name)
        assert [(stream.kind, stream.engine, stream.record, stream.removed_ms) for stream in row.streams] == [
            (stream.kind, stream.engine, stream.record, stream.removed_ms) for stream in was.streams
        ]
    restored = {camera.slug: camera for camera in done.restored}
    assert {slug: (camera.removed, camera.enabled) for slug, camera in restored.items()} == {
        "gate-north": (False, True),
        "door": (False, True),
        "yard": (True, True),
    }
    assert [len(restored[slug].lacks) for slug in ("gate-north", "door", "yard")] == [2, 0, 0]


async def test_a_camera_is_not_connected_to_without_its_login_and_records_once_it_is_entered(site: Site) -> None:
    await site.keep()
    await site.lose()
    await rebuild(site.database)
    specs = await site.specs()
    assert specs["door", "main"].problem == ""
    assert specs["door", "main"].url == "rtsp://192.168.1.21/live"
    for kind in ("main", "sub"):
        assert "lost with the database" in specs["gate-north", kind].problem
        assert specs["gate-north", kind].credentials is None
    async with site.database.read() as session:
        assert len(await repository.lost_logins(session)) == 1
    lost = await site.service.get("gate-north")
    assert (lost.has_credentials, lost.login_lost) == (False, True)
    listed, _ = await site.service.page(100, None, None)
    assert {one.row.slug: one.login_lost for one in listed} == {"gate-north": True, "door": False}
    # Other edits neither need the login nor hide that it is missing.
    await site.service.update("gate-north", CameraPatch(name="North gate"), None, SYSTEM)
    assert "lost with the database" in (await site.specs())["gate-north", "main"].problem
    login = {"username": "anna", "password": "hunter2", "sub_url": GATE["sub_url"]}
    stored = await site.service.update("gate-north", CameraPatch.model_validate(login), None, SYSTEM)
    assert (stored.has_credentials, stored.login_lost) == (True, False)
    specs = await site.specs()
    assert [specs["gate-north", kind].problem for kind in ("main", "sub")] == ["", ""]
    assert "hunter3" in specs["gate-north", "sub"].url
    async with site.database.read() as session:
        row = await repository.find(session, "gate-north")
        assert row is not None
        assert lacking(row, login_lost=row.id in await repository.lost_logins(session)) == []


async def test_a_new_database_does_not_take_the_copy_away_before_it_was_read(site: Site) -> None:
    await site.keep()
    await site.lose()
    keeper = CopyKeeper(site.database, site.clock)
    volumes = await VolumeService(site.database, LATER).every()
    await keeper.run(volumes)
    await site.service.create(
        CameraCreate.model_validate({"name": "Gate, north", "url": "rtsp://192.168.1.99/"}), SYSTEM
    )
    await keeper.run(volumes)
    done = await rebuild(site.database)
    assert sorted((camera.name, camera.enabled) for camera in done.restored) == [
        # Somebody has been at work here: what comes back waits for a word.
        ("Door", False),
        ("Gate, north 2", False),
        ("Yard", False),
    ]
    assert {row.name for row in (await site.cameras()).values()} == {"Door", "Gate, north", "Gate, north 2", "Yard"}


async def test_what_the_database_knows_is_left_as_it_is(site: Site) -> None:
    await site.keep()
    changed = json.loads(site.file.read_bytes())
    for camera in changed["cameras"]:
        camera |= {"name": "Mine now", "keep_days": 1}
    site.file.write_text(json.dumps(changed))
    before = {slug: (row.name, row.keep_days) for slug, row in (await site.cameras()).items()}
    assert (await rebuild(site.database)).restored == []
    assert {slug: (row.name, row.keep_days) for slug, row in (await site.cameras()).items()} == before


async def test_footage_of_a_sub_stream_that_was_taken_away_makes_no_stream_to_connect_to(site: Site) -> None:
    await site.service.update("gate-north", CameraPatch(sub_url=None), None, SYSTEM)
    await site.keep()
    await site.lose()
    done = await rebuild(site.database)
    assert done.added == 4
    assert ("gate-north", "sub") not in await site.specs()
    streams = {stream.kind: stream.removed_ms for stream in (await site.cameras())["gate-north"].streams}
    assert streams["main"] is None
    assert streams["sub"] is not None


def garbage(path: Path) -> None:
    path.write_bytes(os.urandom(5000))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def huge(path: Path) -> None:
    os.truncate(path, 1 << 40)


def link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


def deep(path: Path) -> None:
    path.write_bytes(b'{"format": 1, "cameras": ' + b"[" * 1_000_000)


def climbing(path: Path) -> None:
    found = json.loads(path.read_bytes())
    for camera in found["cameras"]:
        camera["slug"] = "../../escaped"
    path.write_text(json.dumps(found))


@pytest.mark.parametrize("damage", [garbage, cut, huge, link, pipe, directory, deep, climbing])
async def test_a_bad_copy_stops_nothing_and_is_told(site: Site, damage: Callable[[Path], None]) -> None:
    await site.keep()
    await site.lose()
    damage(site.file)
    done = await rebuild(site.database)
    assert (done.restored, done.added) == ([], 4)
    assert sorted(done.cameras) == ["door", "gate-north", "yard"]
    assert {path for path, _ in done.unreadable} == {str(site.file)}
    assert not any(row.enabled for row in (await site.cameras()).values())
    assert not list(site.shelf.root.parent.glob("escaped*"))


async def test_nothing_is_written_where_another_disk_is_mounted(site: Site) -> None:
    volumes = await VolumeService(site.database, LATER).every()
    marker = json.loads((site.shelf.root / MARKER).read_text())
    (site.shelf.root / MARKER).write_text(json.dumps(marker | {"marker": "01936b5e-0000-7000-8000-000000000001"}))
    assert await site.keeper.run(volumes) == 0
    (site.shelf.root / MARKER).unlink()
    assert await site.keeper.run(volumes) == 0
    assert not site.file.exists()
    (site.shelf.root / MARKER).write_text(json.dumps(marker))
    assert await site.keeper.run(volumes) == 1  # what failed is tried again without waiting for a change


async def test_a_volume_has_its_own_cameras_only(site: Site, tmp_path: Path) -> None:
    service = VolumeService(site.database, site.clock)
    other = await service.create("archive", tmp_path / "archive", SYSTEM, create=True)
    assert await site.keep() == 1
    assert not (tmp_path / "archive" / COPY).exists()
    await site.service.update("door", CameraPatch(volume_id=other.id), None, SYSTEM)
    assert await site.keep() == 2
    found = json.loads((tmp_path / "archive" / COPY).read_bytes())
    assert [(camera["slug"], camera["volume"]) for camera in found["cameras"]] == [("door", str(other.marker))]
    assert "door" in site.file.read_text()  # its old footage is still there
    await site.lose()
    await service.adopt(tmp_path / "archive", SYSTEM)
    await rebuild(site.database)
    markers = {row.id: row.marker for row in await service.every()}
    assert {slug: markers.get(row.volume_id or 0) for slug, row in (await site.cameras()).items()} == {
        "door": other.marker,
        "gate-north": None,
        "yard": None,
    }


async def test_an_unused_volume_goes_with_its_copy(site: Site, tmp_path: Path) -> None:
    service = VolumeService(site.database, site.clock)
    other = await service.create("archive", tmp_path / "archive", SYSTEM, create=True)
    await site.service.update("door", CameraPatch(volume_id=other.id), None, SYSTEM)
    await site.keep()
    await site.service.update("door", CameraPatch(volume_id=None), None, SYSTEM)
    await service.remove(other.id, SYSTEM)
    assert not (tmp_path / "archive").exists()


async def test_a_write_that_fails_leaves_the_old_copy(site: Site) -> None:
    await site.keep()
    before = site.file.read_bytes()
    (site.shelf.root / f"{COPY}.new").write_bytes(b"left by a power cut")
    copies.write(site.shelf.root, before + b" ")
    assert site.file.read_bytes() == before + b" "
    (site.shelf.root / f"{COPY}.new").mkdir()
    with pytest.raises(OSError, match="new"):
        copies.write(site.shelf.root, b"half")
    assert site.file.read_bytes() == before + b" "


async def test_a_worker_that_is_started_again_writes_nothing_anew(site: Site) -> None:
    await site.keep()
    before = site.file.read_bytes()
    stream = await add_stream(site.database, "shed")
    await site.shelf.record(stream, T0 + DAY, clip())
    site.clock.advance(1)
    assert await CopyKeeper(site.database, site.clock).run(await VolumeService(site.database, LATER).every()) == 1
    assert site.file.read_bytes() != before
    assert await CopyKeeper(site.database, site.clock).run(await VolumeService(site.database, LATER).every()) == 0
