"""Which streams a recorder takes on, on both databases."""

from dataclasses import dataclass, field
from uuid import UUID

import pytest
from sqlalchemy import select

from vedette.cameras.tables import CameraRow, CredentialRow, StreamRow
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.ids import uuid7
from vedette.db.session import Database
from vedette.recorder.assignment import Assigner, Share, engine_of
from vedette.recorder.process import StreamSpec
from vedette.storage.tables import VolumeRow

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("engine", "fallback", "url", "expected"),
    [
        ("auto", None, "rtsp://a/", "native"),
        ("auto", None, "RTSPS://a/", "native"),
        ("auto", "codec", "rtsp://a/", "libav"),
        ("auto", None, "rtmp://a/", "libav"),
        ("auto", None, "http://a/x.m3u8", "libav"),
        ("native", "codec", "rtsp://a/", "native"),
        ("libav", None, "rtsp://a/", "libav"),
    ],
)
def test_engines(engine: str, fallback: str | None, url: str, expected: str) -> None:
    assert engine_of(engine, fallback, url) == expected


def test_shards_share_all_cameras() -> None:
    cameras = [uuid7() for _ in range(300)]
    counts = [sum(Share("native", shard, 3).has("native", camera) for camera in cameras) for shard in range(3)]
    assert sum(counts) == 300
    assert min(counts) > 60
    assert not any(Share("libav").has("native", camera) for camera in cameras)


@dataclass
class Vault:
    """Opens texts that are sealed by a prefix."""

    asked: list[str] = field(default_factory=list)

    def unseal(self, camera_id: UUID, column: str, sealed: str) -> str:
        self.asked.append(column)
        if not sealed.startswith("sealed:"):
            raise VedetteError(ErrorKind.DATA_LOSS, "credentials.damaged", "The stored password is damaged.")
        return sealed.removeprefix("sealed:")


async def add(database: Database, slug: str, *, sealed: str | None = None, **values: object) -> UUID:
    camera = CameraRow(id=uuid7(), slug=slug, name=slug, created_ms=0, updated_ms=0, **values)
    camera.streams.append(StreamRow(kind="main", url=f"rtsp://{slug}/main"))
    camera.streams.append(StreamRow(kind="sub", url=f"rtsp://{slug}/sub", record=False))
    async with database.write() as session:
        session.add(camera)
        if sealed is not None:
            session.add(CredentialRow(camera_id=camera.id, username_sealed="sealed:user", password_sealed=sealed))
    return camera.id


async def test_streams_of_cameras_that_are_there(database: Database) -> None:
    await add(database, "gate")
    await add(database, "gone", deleted_ms=1)
    await add(database, "dark", enabled=False, segment_minutes=5, recording_mode="off", recording_override="start")
    async with database.write() as session:
        session.add(VolumeRow(marker=uuid7(), name="a", location="/v/a", state_since_ms=0, created_ms=0))
    assigner = Assigner(Share("native"), Vault().unseal)
    async with database.read() as session:
        found = await assigner.read(session)
    assert [(spec.camera_slug, spec.kind) for spec in found.streams] == [
        ("gate", "main"),
        ("gate", "sub"),
        ("dark", "main"),
        ("dark", "sub"),
    ]
    gate, _, dark, sub = found.streams
    assert (gate.engine, gate.auto, gate.record, gate.segment_ms, gate.credentials) == (
        "native",
        True,
        True,
        900_000,
        None,
    )
    assert (dark.plan.enabled, dark.plan.mode, dark.plan.override, dark.segment_ms) == (False, "off", "start", 300_000)
    assert not sub.record
    assert [str(volume.root) for volume in found.volumes] == ["/v/a"]


async def test_credentials_are_opened_once_and_failures_are_told(database: Database) -> None:
    await add(database, "good", sealed="sealed:secret")
    await add(database, "bad", sealed="rubbish")
    vault = Vault()
    assigner = Assigner(Share("native"), vault.unseal, segment_ms=2000)
    for _ in range(3):
        async with database.read() as session:
            found = await assigner.read(session)
    by_slug = {(spec.camera_slug, spec.kind): spec for spec in found.streams}
    good, bad = by_slug["good", "main"], by_slug["bad", "main"]
    assert good.credentials is not None
    assert (good.credentials.username, good.credentials.password) == ("user", "secret")
    assert good.segment_ms == 2000
    assert "secret" not in repr(good)
    assert (bad.credentials, bad.problem) == (None, "The stored password is damaged.")
    assert vault.asked.count("password") == 1 + 3


async def test_a_change_that_keeps_the_connection(database: Database) -> None:
    camera_id = await add(database, "gate")
    assigner = Assigner(Share("native"), Vault().unseal)

    async def spec() -> StreamSpec:
        async with database.read() as session:
            return (await assigner.read(session)).streams[0]

    before = await spec()
    assert await spec() == before
    async with database.write() as session:
        (await session.get_one(CameraRow, camera_id)).recording_mode = "manual"
    manual = await spec()
    assert manual != before
    assert manual.same_connection(before)
    async with database.write() as session:
        (await session.get_one(CameraRow, camera_id)).streams[0].url = "rtsp://elsewhere/"
    assert not (await spec()).same_connection(before)


async def test_a_secret_in_the_url_is_opened_for_the_source_alone(sqlite_database: Database) -> None:
    await add(sqlite_database, "gate")
    async with sqlite_database.write() as session:
        for stream in await session.scalars(select(StreamRow)):
            broken = stream.kind == "sub"
            stream.url = f"rtsp://gate/x?user=a&pwd=sealed~{'torn' if broken else 'sealed:hunter2'}"
    async with sqlite_database.read() as session:
        main, sub = (await Assigner(Share("native"), Vault().unseal).read(session)).streams
    assert (main.url, main.stored_url) == (
        "rtsp://gate/x?user=a&pwd=hunter2",
        "rtsp://gate/x?user=a&pwd=sealed~sealed:hunter2",
    )
    assert "hunter2" not in repr(main).replace("sealed:hunter2", "")
    assert sub.problem == "The stored password is damaged."
