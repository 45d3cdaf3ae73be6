"""Each fault does to a stream what it says, and nothing to others."""

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest

from tests.media.simulator.client import BareClient
from tests.support.simulated import simulated_cameras
from vedette.media.simulator.faults import Faults, parse
from vedette.media.simulator.server import SimulatorServer

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cameras() -> AsyncIterator[SimulatorServer]:
    async with simulated_cameras() as server:
        yield server


async def silent(client: BareClient) -> bool:
    """Whether nothing comes for a while though the connection stays open."""
    try:
        async with asyncio.timeout(1):
            await client.packet()
    except TimeoutError:
        return not client.reader.at_eof()
    return False


async def test_drop_closes_the_connection(cameras: SimulatorServer) -> None:
    async with BareClient(cameras.url("yard", "small", "drop=0.5")) as client:
        await client.play(0)
        with pytest.raises(asyncio.IncompleteReadError):
            await client.rtp(10_000)


async def test_hang_leaves_it_open_and_answers_nothing(cameras: SimulatorServer) -> None:
    async with BareClient(cameras.url("yard", "small", "hang=0.5")) as client:
        await client.play(0)
        while not await silent(client):
            pass
        client.send("OPTIONS")
        assert await silent(client)


async def test_faults_at_run_time_hit_one_camera_only(cameras: SimulatorServer) -> None:
    async with BareClient(cameras.url("yard", "small")) as victim, BareClient(cameras.url("lobby", "small")) as other:
        await victim.play(0)
        await other.play(0)
        cameras.set_faults("yard", Faults(hang=0))
        while not await silent(victim):
            pass
        await other.rtp(20)

        cameras.set_faults("yard", None)
        await victim.rtp(20)

        assert cameras.drop("yard") == 1
        with pytest.raises(asyncio.IncompleteReadError):
            await victim.rtp(10_000)
        await other.rtp(20)


async def test_a_hang_at_run_time_leaves_new_connections_alone(cameras: SimulatorServer) -> None:
    async with BareClient(cameras.url("yard", "small")) as old, BareClient(cameras.url("yard", "small")) as new:
        await old.play(0)
        await old.rtp(5)
        assert cameras.hang("yard") == 1
        while not await silent(old):
            pass
        await new.play(0)
        assert len(await new.rtp(20)) == 20


async def test_loss_leaves_holes_in_the_sequence_numbers(cameras: SimulatorServer) -> None:
    async with BareClient(cameras.url("yard", "small", "loss=20")) as client:
        await client.play(0)
        packets = await client.rtp(150)

    lost = sum((after.sequence - before.sequence - 1) & 0xFFFF for before, after in pairwise(packets))
    assert 10 < lost < 80


async def test_no_key_frame_leaves_no_hole(cameras: SimulatorServer) -> None:
    async with BareClient(cameras.url("yard", "small", "nokey=2.5")) as client:
        await client.play(0)
        packets = await client.rtp(40)
        assert not any(packet.key for packet in packets)
        while not packets[-1].key:
            packets += await client.rtp(1)

    assert all(after.sequence == (before.sequence + 1) & 0xFFFF for before, after in pairwise(packets))
    assert (packets[-1].time - packets[0].time) & 0xFFFF_FFFF >= 2.4 * 90_000


async def test_a_clock_that_jumps_takes_rtp_time_and_reports_with_it(cameras: SimulatorServer) -> None:
    async with BareClient(cameras.url("yard", "small", "jump=-3&at=0.5&sr=0.2")) as client:
        await client.play(0)
        true = await client.report(1)
        steps: set[int] = set()
        before = (await client.rtp(1))[0]
        while -3 * 90_000 + 3600 not in steps:
            after = (await client.rtp(1))[0]
            steps.add((after.time - before.time + 2**31) % 2**32 - 2**31)
            before = after
        wrong = await client.report(1)

    # Relation of RTP time to the wall clock: the same, up to rounding to a tick.
    elapsed_ms = wrong.ntp_ms - true.ntp_ms
    assert elapsed_ms < 0
    assert ((wrong.time - true.time + 2**31) % 2**32 - 2**31) / 90 == pytest.approx(elapsed_ms, abs=0.03)
    assert steps == {0, 3600, -3 * 90_000 + 3600}


async def test_time_stamps_that_go_back(cameras: SimulatorServer) -> None:
    async with BareClient(cameras.url("yard", "small", "back=0.5")) as client:
        await client.play(0)
        packets = await client.rtp(150)

    steps = {(after.time - before.time + 2**31) % 2**32 - 2**31 for before, after in pairwise(packets)}
    assert steps == {0, 3600, 3600 - 45_000, 3600 + 45_000}


async def test_garbage_stands_between_packets(cameras: SimulatorServer) -> None:
    async with BareClient(cameras.url("yard", "small", "garbage=20")) as client:
        await client.play(0)
        with pytest.raises(AssertionError, match="framing is broken"):
            await client.rtp(1000)


async def test_truncated_packets_keep_the_framing(cameras: SimulatorServer) -> None:
    async with BareClient(cameras.url("yard", "small", "truncate=30")) as client:
        await client.play(0)
        sizes = [len((await client.packet())[1]) for _ in range(150)]

    assert sum(size < 12 for size in sizes) > 3


async def test_a_narrow_line_drops_frames(cameras: SimulatorServer) -> None:
    async with BareClient(cameras.url("yard", "small", "rate=100")) as client:
        await client.play(0)
        async with asyncio.timeout(20):
            while not cameras.counters.frames_dropped:
                await client.rtp(5)

    assert cameras.counters.frames_dropped > 0
    assert cameras.counters.bytes_dropped > 0


async def test_a_huge_header_is_streamed(cameras: SimulatorServer) -> None:
    async with BareClient(cameras.url("yard", "small", f"header={1 << 30}")) as client:
        client.send("DESCRIBE")
        read = 0
        while read < 4 << 20:
            data = await client.reader.read(1 << 16)
            assert data
            read += len(data)


@pytest.mark.parametrize("fault", ["absurd", "huge", "empty", "nomedia", "binary"])
async def test_absurd_descriptions(cameras: SimulatorServer, fault: str) -> None:
    async with BareClient(cameras.url("yard", "small", f"sdp={fault}")) as client:
        answer = await client.ask("DESCRIBE")

    assert answer.status == 200
    assert b"a=control:trackID=0" not in answer.body


async def test_other_languages(cameras: SimulatorServer) -> None:
    starts = {}
    for speech in ("http", "noise"):
        async with BareClient(cameras.url("yard", "small", f"speak={speech}")) as client:
            client.send("DESCRIBE")
            starts[speech] = await client.reader.read(9)
    assert starts["http"] == b"HTTP/1.1 "
    assert not starts["noise"].startswith(b"RTSP")

    async with BareClient(cameras.url("yard", "small", "speak=silence")) as client:
        client.send("DESCRIBE")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await client.reader.read(1)


async def test_late_answers(cameras: SimulatorServer) -> None:
    async with BareClient(cameras.url("yard", "small", "delay=0.4")) as client:
        await client.ask("DESCRIBE")
        began = asyncio.get_running_loop().time()
        await client.ask("OPTIONS")
        assert asyncio.get_running_loop().time() - began >= 0.4


def test_queries_that_make_no_sense_are_refused() -> None:
    assert parse("drop=5&loss=0.5&auth=digest&header=9") == {"drop": 5, "loss": 0.5, "auth": "digest", "header": 9}
    for query in ("drop=x", "sdp=fine", "speak=", "unknown=1"):
        with pytest.raises(ValueError):
            parse(query)
