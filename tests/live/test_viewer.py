"""The queue of one viewer: order, bounds, and what it is told when it lags."""

import pytest

from vedette.events.announcements import StreamStatus
from vedette.live.parts import Dropped, LiveInit, LivePart, LiveSegment
from vedette.live.viewer import MAX_QUEUED, Delivery, Viewer

pytestmark = pytest.mark.anyio

INIT = LiveInit("d", "avc1.640028", 1000, b"")
SEGMENT = LiveSegment("s", "run-1", "/nowhere", INIT, 0, 0, recorded=True)
OTHER_RUN = LiveSegment("t", "run-2", "/nowhere", INIT, 0, 0, recorded=True)


def part(number: int, *, key: bool = False, segment: LiveSegment = SEGMENT, duration: int = 500) -> LivePart:
    return LivePart(segment, number, number * 10, 10, number * duration, duration, number * duration, key)


async def drain(viewer: Viewer) -> list[Delivery]:
    viewer.close()
    taken: list[Delivery] = []
    while (delivery := await viewer.next()) is not None:
        taken.append(delivery)
    return taken


async def test_backlog_comes_first_and_in_order() -> None:
    viewer = Viewer([part(1, key=True), part(2)], None)
    viewer.put(part(3))
    assert await drain(viewer) == [part(1, key=True), part(2), part(3)]


async def test_without_backlog_it_begins_at_a_key_frame_and_has_lost_nothing() -> None:
    viewer = Viewer([], None)
    viewer.put(part(1))
    viewer.put(part(2))
    viewer.put(part(3, key=True))
    assert await drain(viewer) == [part(3, key=True)]
    assert viewer.dropped == 0


async def test_a_missed_part_is_told_and_skips_to_the_next_key_frame() -> None:
    viewer = Viewer([part(1, key=True)], None)
    viewer.put(part(4))
    viewer.put(part(5))
    viewer.put(part(6, key=True))
    viewer.put(part(7))
    assert await drain(viewer) == [part(1, key=True), Dropped(4), part(6, key=True), part(7)]
    assert viewer.dropped == 4  # 2 and 3 were never seen, 4 and 5 can't be decoded without them


async def test_a_new_run_numbers_as_it_likes() -> None:
    viewer = Viewer([part(7, key=True)], None)
    viewer.put(part(1, key=True, segment=OTHER_RUN))
    assert await drain(viewer) == [part(7, key=True), part(1, key=True, segment=OTHER_RUN)]


async def test_lagging_keeps_the_newest_group_and_tells_how_much_went() -> None:
    viewer = Viewer([part(1, key=True)], None)
    for number in range(2, 14):
        viewer.put(part(number, key=number % 4 == 1))
    # 13 parts of 0.5 s are over the limit of 6 s: what is left begins at the key frame 13.
    assert viewer.queued == 2
    viewer.put(part(14))
    assert await drain(viewer) == [Dropped(12), part(13, key=True), part(14)]
    assert viewer.dropped == 12


async def test_lagging_inside_a_long_group_waits_for_its_end() -> None:
    viewer = Viewer([part(1, key=True)], None)
    for number in range(2, 20):
        viewer.put(part(number))
    assert viewer.queued == 0
    viewer.put(part(20, key=True))
    assert await drain(viewer) == [Dropped(19), part(20, key=True)]
    assert viewer.dropped == 19


async def test_a_backlog_longer_than_the_limit_is_not_lag() -> None:
    group = [part(1, key=True), *(part(number) for number in range(2, 41))]
    viewer = Viewer(group, None)
    viewer.put(part(41))
    assert await drain(viewer) == [*group, part(41)]


async def test_nobody_reads_and_memory_stays_bounded() -> None:
    viewer = Viewer([part(1, key=True)], None)
    for number in range(2, 5_000):
        viewer.put(part(number, key=number % 4 == 1, duration=1))
        assert viewer.queued <= MAX_QUEUED + 1
    delivered = [one for one in await drain(viewer) if isinstance(one, LivePart)]
    assert viewer.dropped + len(delivered) == 4_999


async def test_only_the_newest_status_is_kept() -> None:
    viewer = Viewer([part(1, key=True)], StreamStatus(1, "c", "main", "connecting", 0))
    viewer.put_status(StreamStatus(1, "c", "main", "recording", 1))
    assert await drain(viewer) == [StreamStatus(1, "c", "main", "recording", 1), part(1, key=True)]
