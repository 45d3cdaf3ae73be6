"""What goes over the wire: answers, sequence numbers, time stamps, sender reports, back pressure."""

import asyncio
import base64
import hashlib
import time
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest

from tests.media.simulator.client import BareClient
from tests.support.simulated import simulated_cameras
from vedette.media.simulator.server import SimulatorServer

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cameras() -> AsyncIterator[SimulatorServer]:
    async with simulated_cameras() as server:
        yield server


async def test_packets_follow_one_another_and_frames_end_with_a_marker(cameras: SimulatorServer) -> None:
    async with BareClient(cameras.url("yard", "small")) as client:
        answer = await client.play(0)
        packets = await client.rtp(60)

    assert answer.headers["rtp-info"].split(";")[1:] == [f"seq={packets[0].sequence}", f"rtptime={packets[0].time}"]
    for before, after in pairwise(packets):
        assert after.sequence == (before.sequence + 1) & 0xFFFF
        assert (after.time - before.time) & 0xFFFF_FFFF == (3600 if before.marker else 0)


async def test_sender_reports_map_sound_and_pictures_to_the_wall_clock(cameras: SimulatorServer) -> None:
    async with BareClient(cameras.url("yard", "small")) as client:
        asked_ms = time.time() * 1000
        await client.play(0, 1)
        picture_report = await client.report(1)
        sound_report = await client.report(3)
        picture = (await client.rtp(1))[0]
        seen_ms = time.time() * 1000

    assert asked_ms - 50 <= picture_report.ntp_ms <= seen_ms + 50
    taken_ms = picture_report.ntp_ms + ((picture.time - picture_report.time + 2**31) % 2**32 - 2**31) / 90
    # Without phase, a picture is taken at a whole number of frames of 40 ms since 1970. 1/90 ms is lost in rounding.
    assert min(taken_ms % 40, 40 - taken_ms % 40) < 0.05
    assert sound_report.ntp_ms == picture_report.ntp_ms


async def test_channels_are_those_the_client_asks_for(cameras: SimulatorServer) -> None:
    async with BareClient(cameras.url("yard", "small")) as client:
        await client.play(1, 0, first_channel=6)
        found = {(await client.packet())[0] for _ in range(120)}

    assert found == {6, 7, 8, 9}


async def test_a_client_that_does_not_read_costs_whole_frames_and_no_broken_packet() -> None:
    async with simulated_cameras(send_buffer=1 << 15) as cameras:
        await cameras.prepare(["yard"], ("main",))
        async with BareClient(cameras.url("yard", "main"), receive_buffer=1 << 15) as client:
            await client.play(0)
            while cameras.counters.frames_dropped < 5:
                await asyncio.sleep(0.05)
            packets = await client.rtp(500)

    times = [packet.time for packet in packets]
    assert max((after - before) % 2**32 for before, after in pairwise(times)) >= 5 * 3600
    # Whole frames are missing: every frame that began also ended.
    assert all(before.marker for before, after in pairwise(packets) if before.time != after.time)


async def test_unknown_cameras_kinds_and_faults_are_refused(cameras: SimulatorServer) -> None:
    expected = {"nobody": 404, "yard/strange": 404, "yard/small?explode=1": 451, "yard/small?drop=soon": 451}
    for path, status in expected.items():
        async with BareClient(cameras.url(path)) as client:
            assert (await client.ask("DESCRIBE")).status == status


async def test_methods_out_of_turn_and_udp_are_refused(cameras: SimulatorServer) -> None:
    async with BareClient(cameras.url("yard", "small")) as client:
        assert (await client.ask("PLAY")).status == 455
        assert (await client.ask("SETUP", Transport="RTP/AVP/TCP;interleaved=0-1")).status == 455
        assert (await client.ask("RECORD")).status == 405
        assert (await client.ask("DESCRIBE")).status == 200
        udp = await client.ask("SETUP", f"{client.url}/trackID=0", Transport="RTP/AVP;unicast;client_port=5000-5001")
        assert udp.status == 461


async def test_a_session_without_signs_of_life_is_closed(cameras: SimulatorServer) -> None:
    async with BareClient(cameras.url("yard", "small", "timeout=1")) as client:
        answer = await client.play(0)
        assert answer.status == 200
        with pytest.raises(asyncio.IncompleteReadError):
            await client.rtp(10_000)


async def test_keep_alives_keep_a_session(cameras: SimulatorServer) -> None:
    async with BareClient(cameras.url("yard", "small", "timeout=1")) as client:
        await client.play(0)
        for _ in range(4):
            client.send("OPTIONS")
            await asyncio.sleep(0.5)
        assert cameras.viewers_of("yard") == 1


@pytest.mark.parametrize("scheme", ["basic", "digest", "sha256"])
async def test_a_guarded_stream_asks_for_credentials(scheme: str) -> None:
    async with (
        simulated_cameras(user="guard", password="let me in") as cameras,
        BareClient(cameras.url("yard", "small", f"auth={scheme}")) as client,
    ):
        refused = await client.ask("DESCRIBE")
        challenge = refused.headers["www-authenticate"]
        wrong = await client.ask("DESCRIBE", Authorization=credentials(challenge, client.url, "no"))
        right = await client.ask("DESCRIBE", Authorization=credentials(challenge, client.url, "let me in"))

    assert (refused.status, wrong.status, right.status) == (401, 401, 200)


def credentials(challenge: str, uri: str, password: str) -> str:
    """The Authorization header for user `guard`, by the book (RFC 7617; RFC 7616, section 3.4)."""
    if challenge.startswith("Basic"):
        return "Basic " + base64.b64encode(f"guard:{password}".encode()).decode()
    given = dict(part.strip().split("=", 1) for part in challenge.removeprefix("Digest ").split(","))
    given = {name: value.strip('"') for name, value in given.items()}
    algorithm = hashlib.sha256 if given["algorithm"] == "SHA-256" else hashlib.md5

    def hashed(*parts: str) -> str:
        return algorithm(":".join(parts).encode()).hexdigest()

    secret, action = hashed("guard", given["realm"], password), hashed("DESCRIBE", uri)
    common = f'username="guard", realm="{given["realm"]}", nonce="{given["nonce"]}", uri="{uri}"'
    if "qop" in given:
        response = hashed(secret, given["nonce"], "00000001", "abc", "auth", action)
        return f'Digest {common}, algorithm=SHA-256, qop=auth, nc=00000001, cnonce="abc", response="{response}"'
    return f'Digest {common}, response="{hashed(secret, given["nonce"], action)}"'
