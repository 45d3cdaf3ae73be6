from uuid import UUID

import pytest

from tests.support.footage import DAY, HOUR, MINUTE, T0, add_stream, add_volume, camera_of, new_segment
from vedette.access.principal import SYSTEM
from vedette.core.clock import ManualClock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.db.session import Database
from vedette.recordings import holds, ledger
from vedette.recordings.holds import NewHold
from vedette.recordings.model import Gap, GapCause, NewSegment, SegmentState, Usage
from vedette.recordings.service import RecordingService

pytestmark = pytest.mark.anyio

NOW = T0 + DAY


@pytest.fixture
def service(database: Database) -> RecordingService:
    return RecordingService(database, ManualClock(NOW))


async def store(database: Database, *segments: NewSegment, state: str = SegmentState.CLOSED) -> None:
    async with database.write() as session:
        for segment in segments:
            await ledger.insert_segment(session, segment, state=state)


async def code(call: object) -> str:
    with pytest.raises(VedetteError) as refused:
        await call  # type: ignore[misc]
    return refused.value.code


async def test_a_recording_with_what_is_known_of_it(service: RecordingService, database: Database) -> None:
    stream, volume = await add_stream(database), await add_volume(database, "/mnt/a")
    new = new_segment(stream, volume, T0)
    await store(database, new)
    found = await service.get(new.id)
    assert (found.stream, found.codecs, found.width, found.height, found.held) == (
        "main",
        "avc1.640028,mp4a.40.2",
        1920,
        1080,
        False,
    )
    assert found.camera_id == await camera_of(database, stream)
    assert await code(service.get(UUID(int=1))) == "recording.not_found"


async def test_deleting_asks_holds_and_the_recorder(service: RecordingService, database: Database) -> None:
    stream, volume = await add_stream(database), await add_volume(database)
    free, held, growing = (new_segment(stream, volume, T0 + at * HOUR) for at in range(3))
    await store(database, free, held)
    await store(database, growing, state=SegmentState.OPEN)
    async with database.write() as session:
        hold = NewHold(await camera_of(database, stream), held.start_ms, held.end_ms, "police", "case 7")
        await holds.place(session, hold, NOW)
    assert (await service.get(held.id)).held
    assert (await service.delete(free.id, SYSTEM)).id == free.id
    for segment, refused in ((free, "recording.not_found"), (held, "recording.held"), (growing, "recording.open")):
        assert await code(service.delete(segment.id, SYSTEM)) == refused
    with pytest.raises(VedetteError) as conflict:
        await service.delete(held.id, SYSTEM)
    assert conflict.value.kind is ErrorKind.CONFLICT
    covered = (await service.coverage([hold.camera_id], "main", T0, T0 + MINUTE))[0].coverage
    assert [(gap.cause, gap.start_ms, gap.end_ms) for gap in covered.gaps] == [
        (GapCause.DELETED_BY_PERSON, T0, T0 + MINUTE)
    ]


async def test_coverage_of_several_cameras(service: RecordingService, database: Database) -> None:
    gate, door = await add_stream(database), await add_stream(database, "door")
    volume = await add_volume(database)
    await store(database, *(new_segment(gate, volume, T0 + at * MINUTE) for at in (0, 1, 5)))
    async with database.write() as session:
        network = Gap(T0 + 2 * MINUTE, T0 + 5 * MINUTE, GapCause.NETWORK, "no answer")
        await ledger.add_ended_gap(session, gate, network, T0)
    cameras = [await camera_of(database, stream) for stream in (door, gate)]
    empty, covered = await service.coverage(cameras, "main", T0, T0 + 6 * MINUTE)
    assert [empty.camera_id, covered.camera_id] == cameras
    assert (empty.coverage.share.recorded_ms, [gap.cause for gap in empty.coverage.gaps]) == (0, [GapCause.LOST])
    assert list(covered.coverage.spans) == [(T0, T0 + 2 * MINUTE), (T0 + 5 * MINUTE, T0 + 6 * MINUTE)]
    assert [(gap.cause, gap.detail) for gap in covered.coverage.gaps] == [(GapCause.NETWORK, "no answer")]
    assert covered.coverage.share.percent == 50.0
    coarse = (await service.coverage(cameras, "main", T0, T0 + 6 * MINUTE, 10 * MINUTE))[1].coverage
    assert coarse.share == covered.coverage.share
    assert (await service.coverage(cameras[1:], "sub", T0, T0 + MINUTE))[0].coverage.share.recorded_ms == 0
    assert await code(service.coverage([UUID(int=1)], "main", T0, T0 + 1)) == "camera.not_found"


async def test_the_calendar_of_a_month(service: RecordingService, database: Database) -> None:
    stream, volume = await add_stream(database), await add_volume(database)
    # T0 is 22:13:20 UTC on the 14th, which is the 15th in Sydney.
    await store(database, new_segment(stream, volume, T0, HOUR))
    camera = await camera_of(database, stream)
    for timezone, day in (("UTC", 14), ("Australia/Sydney", 15)):
        ((_, found),) = await service.calendar([camera], "main", "2023-11", timezone)
        assert len(found) == 30
        assert [item.date.day for item in found if item.share.recorded_ms] == [day]
        assert found[day - 1].share.recorded_ms == HOUR
    ((_, future),) = await service.calendar([camera], "main", "2030-01", "UTC")
    assert {day.share.percent for day in future} == {None}
    assert await code(service.calendar([camera], "main", "2023-11", "Mars")) == "calendar.timezone"
    assert await code(service.calendar([camera], "main", "nov", "UTC")) == "calendar.month"


async def test_statistics_add_up(service: RecordingService, database: Database) -> None:
    assert (await service.statistics()).total == Usage()
    gate, door = await add_stream(database), await add_stream(database, "door")
    fast, slow = await add_volume(database), await add_volume(database, "/slow", "slow")
    await store(
        database,
        new_segment(gate, fast, T0, MINUTE),
        new_segment(gate, slow, T0 + HOUR, 2 * MINUTE),
        new_segment(door, fast, T0 + DAY, 3 * MINUTE),
    )
    found = await service.statistics()
    assert found.total == Usage(6 * MINUTE, 3, 6 * MINUTE, T0, T0 + DAY + 3 * MINUTE)
    cameras = {stream: await camera_of(database, stream) for stream in (gate, door)}
    assert found.cameras == {
        cameras[gate]: Usage(3 * MINUTE, 2, 3 * MINUTE, T0, T0 + HOUR + 2 * MINUTE),
        cameras[door]: Usage(3 * MINUTE, 1, 3 * MINUTE, T0 + DAY, T0 + DAY + 3 * MINUTE),
    }
    assert found.volumes == {
        fast: Usage(4 * MINUTE, 2, 4 * MINUTE, T0, T0 + DAY + 3 * MINUTE),
        slow: Usage(2 * MINUTE, 1, 2 * MINUTE, T0 + HOUR, T0 + HOUR + 2 * MINUTE),
    }
