"""The RTSP server: who is let in, what for, for how long; and clients that no player is."""

import asyncio
import base64
import socket
from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import pytest

from tests.support.recording import until
from tests.support.restreamed import Place, Token, restreamed
from tests.support.rtsp_asker import asking
from tests.support.rtsp_viewer import RememberingSink, watch
from vedette.core.clock import SystemClock
from vedette.live.restream import server as limits
from vedette.media.credentials import Credentials
from vedette.media.rtsp.auth import parse_challenges
from vedette.media.rtsp.client import RtspSource
from vedette.media.units import EndReason

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    async with restreamed(tmp_path_factory.mktemp("restream") / "data", ("small",)) as place:
        await place.desk.add_camera("nobody", "rtsp://127.0.0.1:1/away")
        yield place


@pytest.fixture(scope="module")
async def token(place: Place) -> Token:
    return await place.token()


async def audited(place: Place, action: str) -> list[dict[str, Any]]:
    answer = await place.app.http.get("/audit", params={"action": action})
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def describe(place: Place, path: str, token: Token | None) -> tuple[int, str]:
    async with asking(place.port, token) as asker:
        answer = await asker.ask("DESCRIBE", place.url(path))
        return answer.status, answer.body.decode()


async def test_it_says_what_it_can(place: Place) -> None:
    async with asking(place.port) as asker:
        answer = await asker.ask("OPTIONS", "*")
        assert answer.status == 200
        assert "GET_PARAMETER" in answer.one("public")
        assert (await asker.ask("RECORD", place.url("small"))).status == 405
        assert (await asker.ask("SETUP", place.url("small"), Require="implicit-play")).status == 551


async def test_only_a_login_tells_what_there_is(place: Place) -> None:
    for path in ("small", "unheard-of", "nobody", "a/b/c"):
        status, body = await describe(place, path, None)
        assert status == 401, path
        assert "API token" in body


async def test_what_is_not_there_and_what_one_may_not_watch_look_the_same(place: Place) -> None:
    elsewhere = await place.token(cameras=[str(place.cameras["small"].id)])
    blind = await place.token(permissions=["camera.view"])
    unknown = await describe(place, "unheard-of", elsewhere)
    forbidden = await describe(place, "nobody", elsewhere)
    assert unknown[0] == forbidden[0] == 404
    assert unknown[1].replace("unheard-of", "nobody") == forbidden[1]
    assert (await describe(place, "small", blind))[0] == 404
    assert (await describe(place, "small", elsewhere))[0] == 200

    async def noted() -> bool | None:
        found = await audited(place, "access.refuse")
        return any("RTSP" in str(one) for one in found) or None

    await until("the refusal is in the audit log", noted, 30)


async def test_a_token_from_elsewhere_is_refused(place: Place) -> None:
    token = await place.token(networks=["192.0.2.0/24"])
    status, body = await describe(place, "small", token)
    assert status == 403
    assert "networks" in body


@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256"])
async def test_both_ways_of_digest(place: Place, token: Token, algorithm: str) -> None:
    async with asking(place.port, token) as asker:
        answer = await asker.ask_once("DESCRIBE", place.url("small"))
        offered = answer.headers["www-authenticate"]
        assert [one.split()[0] for one in offered] == ["Basic", "Digest", "Digest"]
        assert "MD5" in offered[-1]  # many take the last one that they know
        wanted = [one for one in offered if f"algorithm={algorithm}" in one]
        answer.headers["www-authenticate"] = wanted
        assert asker.login is not None
        assert asker.login.accept(parse_challenges(wanted))
        assert (await asker.ask_once("DESCRIBE", place.url("small"))).status == 200


async def test_basic_works_on_this_machine(place: Place, token: Token) -> None:
    pair = base64.b64encode(f"anybody:{token.secret}".encode()).decode()
    async with asking(place.port) as asker:
        assert (await asker.ask("DESCRIBE", place.url("small"), Authorization=f"Basic {pair}")).status == 200


async def test_an_answer_for_another_connection_is_stale(place: Place, token: Token) -> None:
    async with asking(place.port, token) as one, asking(place.port) as other:
        await one.ask("DESCRIBE", place.url("small"))
        assert one.login is not None
        header = one.login.authorization("DESCRIBE", place.url("small"))
        assert header is not None
        answer = await other.ask("DESCRIBE", place.url("small"), Authorization=header)
        assert answer.status == 401
        assert "stale=true" in answer.headers["www-authenticate"][-1]


async def test_wrong_logins_are_counted_and_end_the_connection(place: Place, token: Token) -> None:
    wrong = Token(token.id, token.secret[:-1] + ("a" if token.secret[-1] != "a" else "b"))
    async with asking(place.port, wrong) as asker:
        for _ in range(2):
            assert (await asker.ask("DESCRIBE", place.url("small"))).status == 401
        assert await asker.ended()

    async def noted() -> bool | None:
        failed = [one for one in await audited(place, "auth.login") if "rtsp" in str(one.get("detail"))]
        return len(failed) >= 1 or None

    await until("the failure is in the audit log", noted, 20)
    # A good one is let in all the same.
    assert (await describe(place, "small", token))[0] == 200


async def test_a_revoked_token_ends_what_it_plays(place: Place) -> None:
    token = await place.token()
    async with asking(place.port, token) as asker:
        assert (await asker.play(place.url("small"))).status == 200
        assert await asker.packet() is not None
        assert (await place.app.http.delete(f"/api-tokens/{token.id}")).status_code == 204
        assert await asker.ended(10)
    assert (await describe(place, "small", token))[0] == 401


async def test_views_are_in_the_audit_log_from_beginning_to_end(place: Place) -> None:
    token = await place.token(name="the wall in the lobby")
    async with asking(place.port, token) as asker:
        await asker.play(place.url("small"))
        assert await asker.packet() is not None

    async def ended() -> bool | None:
        found = [one for one in await audited(place, "live.end") if "the wall in the lobby" in str(one)]
        return bool(found) or None

    await until("the view has ended in the audit log", ended, 30)


async def test_it_begins_with_a_key_frame_and_its_numbers_follow(place: Place, token: Token) -> None:
    async with asking(place.port, token) as asker:
        answer = await asker.play(place.url("small"))
        while sum(packet.channel == 0 for packet in asker.packets) < 200:
            assert await asker.packet() is not None
        video = [packet for packet in asker.packets if packet.channel == 0]
        # Parameter sets and the picture that needs them (STAP-A holds the sets).
        assert video[0].data[12] & 31 in (24, 7)
        assert all((b.sequence - a.sequence) & 0xFFFF == 1 for a, b in pairwise(video))
        info = answer.one("rtp-info")
        assert f"seq={video[0].sequence};rtptime={video[0].rtp_time}" in info
        # The sender reports come first.
        assert {packet.channel for packet in asker.packets[:2]} == {1, 3}
        assert all(packet.data[1] == 200 for packet in asker.packets[:2])


async def test_other_channels_carry_the_same(place: Place, token: Token) -> None:
    async with asking(place.port, token) as asker:
        described = await asker.ask("DESCRIBE", place.url("small"))
        base = described.one("content-base")
        setup = await asker.ask("SETUP", f"{base}trackID=0", Transport="RTP/AVP/TCP;unicast;interleaved=10-11")
        assert "interleaved=10-11" in setup.one("transport")
        clash = await asker.ask("SETUP", f"{base}trackID=1", Transport="RTP/AVP/TCP;unicast;interleaved=11-12")
        assert clash.status == 461
        await asker.ask("PLAY", base)
        for _ in range(50):
            assert await asker.packet() is not None
        assert {packet.channel for packet in asker.packets} == {10, 11}


async def test_udp_is_refused_in_words(place: Place, token: Token) -> None:
    async with asking(place.port, token) as asker:
        url = f"{place.url('small')}/trackID=0"
        answer = await asker.ask("SETUP", url, Transport="RTP/AVP;unicast;client_port=5000-5001")
        assert answer.status == 461
        assert b"TCP" in answer.body
        # Of several offers the one that is possible is taken.
        offers = "RTP/AVP;unicast;client_port=5000-5001,RTP/AVP/TCP;unicast;interleaved=0-1"
        assert (await asker.ask("SETUP", url, Transport=offers)).status == 200


async def test_pause_and_play_again(place: Place, token: Token) -> None:
    async with asking(place.port, token) as asker:
        base = place.url("small") + "/"
        await asker.play(place.url("small"))
        assert await asker.packet() is not None
        assert (await asker.ask("PAUSE", base)).status == 200
        asker.packets.clear()
        assert (await asker.ask("GET_PARAMETER", base)).status == 200
        assert asker.packets == []
        assert (await asker.ask("PLAY", base)).status == 200
        assert await asker.packet() is not None
        assert (await asker.ask("TEARDOWN", base)).status == 200
        assert await asker.ended()


async def test_requests_out_of_turn(place: Place, token: Token) -> None:
    async with asking(place.port, token) as asker:
        assert (await asker.ask("PLAY", place.url("small"))).status == 455
        assert (await asker.ask("PAUSE", place.url("small"))).status == 455
        transport = "RTP/AVP/TCP;unicast;interleaved=0-1"
        assert (await asker.ask("SETUP", place.url("small"), Transport=transport)).status == 459
        assert (await asker.ask("SETUP", place.url("small/trackID=7"), Transport=transport)).status == 404
        asker.session = "made-up"
        assert (await asker.ask("PLAY", place.url("small"))).status == 454


async def test_a_camera_that_is_away_is_told_in_words(place: Place, token: Token) -> None:
    status, body = await describe(place, "nobody", token)
    assert status == 503
    assert "no live picture of nobody" in body


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00" + bytes(600) + b"\r\n\r\n",
        b"\r\n\r\n \r\n\r\n",
        b"DESCRIBE rtsp://x RTSP/1.0\r\nContent-Length: -5\r\n\r\n",
        b"DESCRIBE rtsp://x RTSP/1.0\r\nContent-Length: 99999999999\r\n\r\n",
        b"DESCRIBE rtsp://x/" + b"a" * 40_000,
        b"OPTIONS * RTSP/1.0\r\n" + b"X: y\r\n" * 1000 + b"\r\n",
        b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n" * 500,
    ],
)
async def test_garbage_ends_its_connection_and_nothing_else(place: Place, token: Token, data: bytes) -> None:
    async with asking(place.port) as asker:
        asker.writer.write(data)
        assert await asker.ended()
    assert (await describe(place, "small", token))[0] == 200


async def test_addresses_that_make_no_sense(place: Place, token: Token) -> None:
    for uri in (
        "*",
        "/small",
        "http://127.0.0.1/small",
        "rtsp://[::1",
        "rtsp:///",
        f"rtsp://x/{'a' * 3000}",
        "rtsp://h/%00",
    ):
        async with asking(place.port, token) as asker:
            assert (await asker.ask("DESCRIBE", uri)).status == 404, uri


async def test_half_open_connections_end_and_cost_viewers_nothing(place: Place, token: Token) -> None:
    async with asking(place.port, token) as viewer:
        await viewer.play(place.url("small"))
        idle = [socket.socket() for _ in range(500)]
        for one in idle:
            one.setblocking(False)
            await asyncio.get_running_loop().sock_connect(one, ("127.0.0.1", place.port))
        await asyncio.sleep(0.5)
        server = place.app.app.state.restream
        assert server.connections <= limits.MAX_HALF_OPEN_OF_ADDRESS + 5
        before = len(viewer.packets)
        for _ in range(200):
            assert await viewer.packet() is not None
        assert len(viewer.packets) == before + 200

        async def gone() -> bool | None:
            return server.connections <= 1 or None

        await until("the silent ones are ended", gone, 20)
        for one in idle:
            one.close()
        assert (await describe(place, "small", token))[0] == 200


async def test_vedette_records_from_vedette(place: Place, token: Token) -> None:
    sink = RememberingSink()
    login = Credentials(token.user, token.secret)
    source = RtspSource(place.url("small"), login, sink, clock=SystemClock())
    await source.connect()
    await watch(source, sink, lambda seen: len(seen.video) >= 80 and len(seen.reports) >= 2)
    source.close()
    assert sink.lost == []
    assert len(sink.audio) > 20
    steps = {b.pts_ticks - a.pts_ticks & 0xFFFF_FFFF for a, b in pairwise(sink.video)}
    assert all(3000 < step < 4200 for step in steps), steps


async def test_another_run_of_the_same_goes_on(place: Place, token: Token) -> None:
    async with asking(place.port, token) as asker:
        await asker.play(place.url("small"), 0)
        while sum(packet.channel == 0 for packet in asker.packets) < 100:
            assert await asker.packet() is not None
        await place.recorder.kill()
        place.desk.start()
        seen = len(asker.packets)
        async with asyncio.timeout(60):
            while len(asker.packets) < seen + 300:
                assert await asker.packet() is not None
        video = [packet for packet in asker.packets if packet.channel == 0]
        assert all((b.sequence - a.sequence) & 0xFFFF == 1 for a, b in pairwise(video))
        steps = [(b.rtp_time - a.rtp_time) & 0xFFFF_FFFF for a, b in pairwise(video)]
        assert max(steps) < 90_000 * 20  # never back; and the pause is as long as it was
        assert max(steps) > 90_000 // 2


async def test_a_stream_that_stays_away_ends_its_viewers(place: Place, token: Token) -> None:
    sink = RememberingSink()
    source = RtspSource(place.url("small"), Credentials(token.user, token.secret), sink, clock=SystemClock())
    await source.connect()
    await watch(source, sink, lambda seen: len(seen.video) >= 10)
    for run in place.desk.runs:
        if run.process.poll() is None:
            await run.kill()
    async with asyncio.timeout(40):
        await watch(source, sink, lambda _: False)
    assert sink.ends[0][0] is EndReason.CLOSED
    status, body = await describe(place, "small", token)
    assert status == 503
    assert "not running" in body
