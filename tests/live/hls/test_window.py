"""Parts, segments and playlists of made-up frames: where is cut, what is listed, what may be asked for."""

from collections.abc import Iterable
from typing import Any

import pytest

from tests.support.hls import attributes, read
from vedette.live.hls import begin
from vedette.live.hls.playlist import Report, Variant, render, render_master, with_ticket
from vedette.live.hls.window import KEPT_BYTES, LISTED, Window
from vedette.live.parts import LiveInit, LivePart, LivePiece, LiveRun, LiveSegment
from vedette.media.units import Tracks

RATE = 90_000
MSN = 1_000


def window(target_s: int = 1) -> Window:
    return Window("abc", MSN, 7, target_s)


def init(digest: str = "d1") -> LiveInit:
    return LiveInit(digest, "avc1.640028", RATE, b"init " + digest.encode())


def frames(
    count: int, *, fps: float = 25, gop: int = 25, at: int = 0, run: str = "run-1", digest: str = "d1", size: int = 100
) -> Iterable[LivePiece]:
    """Pieces of one frame each, from a key frame at number `at` on."""
    live = LiveRun(run, init(digest), Tracks(None))
    step = round(RATE / fps)
    for number in range(at, at + count):
        data = b"%06d" % number + bytes(size - 6)
        yield LivePiece(live, number, number * step, step, number * step // 90, number % gop == 0, data)


def feed(made: Window, pieces: Iterable[LivePiece]) -> Window:
    for piece in pieces:
        made.add(piece, piece.data)
    return made


def file_part(number: int, *, key: bool, run: str = "run-1", seconds: float = 0.5, length: int = 1000) -> LivePart:
    segment = LiveSegment("s", run, "/nowhere", init(), 0, 0, recorded=True)
    ticks = round(seconds * RATE)
    return LivePart(segment, number, 0, length, number * ticks, ticks, number * ticks // 90, key)


@pytest.mark.parametrize(
    ("fps", "frames_each", "target"),
    [(25, 5, 0.205), (30, 6, 0.205), (24, 5, 0.213), (15, 3, 0.205), (12.5, 2, 0.205), (10, 2, 0.205), (2, 1, 0.511)],
)
def test_parts_have_about_a_fifth_of_a_second_of_whole_frames(fps: float, frames_each: int, target: float) -> None:
    made = feed(window(4), frames(int(fps * 3) + 1, fps=fps, gop=10_000))
    assert made.open is not None
    sizes = {part.data.__len__() // 100 for part in made.open.parts}
    assert sizes == {frames_each}
    assert made.part_target_s == pytest.approx(target, abs=0.001)
    assert all(part.duration_s <= made.part_target_s for part in made.open.parts)
    assert [part.number for part in made.open.parts] == list(range(len(made.open.parts)))


def test_a_segment_ends_at_a_key_frame_and_part_numbers_go_on() -> None:
    made = feed(window(), frames(63))
    first, second = made.segments
    assert [first.msn, second.msn, made.open_msn] == [MSN, MSN + 1, MSN + 2]
    assert (first.duration_s, first.key, len(first.parts)) == (1.0, True, 5)
    assert first.data == b"".join(piece.data for piece in frames(25))
    assert bytes(first.parts[1].data) == b"".join(piece.data for piece in frames(5, at=5))
    assert [part.number for part in second.parts] == [5, 6, 7, 8, 9]
    assert [part.independent for part in second.parts] == [True, False, False, False, False]
    assert made.hinted == 12
    assert made.last == (MSN + 2, 1)


def test_short_groups_are_put_together_and_long_ones_cut() -> None:
    made = feed(window(2), frames(101, gop=10))  # a key frame every 0.4 s
    assert {round(segment.duration_s, 2) for segment in made.segments} == {1.2}
    made = feed(window(2), frames(301, gop=300))
    assert all(segment.duration_s < 2.5 for segment in made.segments)
    assert [segment.key for segment in made.segments] == [True] + [False] * (len(made.segments) - 1)
    assert "INDEPENDENT-SEGMENTS" not in render(made, low_latency=True)


def test_a_stall_does_not_raise_the_part_target() -> None:
    made = feed(window(4), frames(52, gop=1000))
    target = made.part_target_s
    late = list(frames(20, at=52 + 35, gop=1000))  # 1.4 s stood still
    feed(made, late)
    assert made.part_target_s == target
    assert made.open is not None
    assert not made.open.breaks


@pytest.mark.parametrize("change", ["run", "digest", "hole"])
def test_a_new_run_or_codec_or_a_hole_is_a_discontinuity(change: str) -> None:
    made = feed(window(), frames(60))
    changes: dict[str, dict[str, Any]] = {"run": {"run": "run-2"}, "digest": {"digest": "d2"}, "hole": {"at": 200}}
    more = changes[change]
    feed(made, frames(60, **more))
    text = render(made, low_latency=True)
    assert text.count("#EXT-X-DISCONTINUITY\n") == 1
    assert text.count("#EXT-X-MAP") == 2
    found = read(text)
    assert found.tags["EXT-X-DISCONTINUITY-SEQUENCE"] == "7"
    assert [segment.discontinuity for segment in found.segments] == [7, 7, 7, 8, 8, 8]
    assert found.segments[2].seconds == pytest.approx(0.4)
    assert made.init("d1") == b"init d1"
    # Once it has gone from the playlist it is counted.
    feed(made, frames(500, **{**more, "at": 1000}))
    assert read(render(made, low_latency=True)).segments[-1].discontinuity == 9


def test_memory_is_bounded_whatever_comes() -> None:
    made = window()
    for piece in frames(3_000, size=200_000):  # 40 Mbit/s
        made.add(piece, piece.data)
        held = sum(segment.size for segment in made.segments)
        assert held <= KEPT_BYTES or len(made.segments) == 1
    assert made.listed
    made = feed(window(), frames(3_000))
    assert len(made.listed) == LISTED
    assert len(made.segments) == 2 * LISTED
    assert made.segment(made.segments[0].msn - 1) is None
    assert made.part(0) is None
    oldest = made.segments[0].parts[0].number
    assert made.part(oldest) is not None


def test_what_can_be_asked_for() -> None:
    made = feed(window(), frames(63))  # two segments of five parts, two parts of the third
    has = {(MSN + 1, None), (MSN + 1, 4), (MSN + 1, 5), (MSN + 1, 99), (MSN + 2, 0), (MSN + 2, 1), (MSN - 50, None)}
    waits = {(MSN + 2, None), (MSN + 2, 2), (MSN + 3, 0), (MSN + 4, None)}
    assert all(made.has(*asked) for asked in has)
    assert not any(made.has(*asked) or made.is_absurd(*asked) for asked in waits)
    assert all(made.is_absurd(*asked) for asked in [(MSN + 5, None), (10**30, 0), (MSN + 2, 999), (MSN + 3, 999)])


def test_parts_of_files_are_segments_without_parts() -> None:
    made = window()
    for number in range(5):
        part = file_part(number, key=number % 2 == 0)
        made.add(part, b"part %d" % number)
    made.settle()
    assert [segment.data for segment in made.segments] == [b"part 0part 1", b"part 2part 3", b"part 4"]
    feed(made, frames(40, at=62, gop=25))  # what follows on them begins in the middle
    found = read(render(made, low_latency=True))
    assert [len(segment.parts) for segment in found.segments] == [0, 0, 0, 3, 5]
    assert {segment.discontinuity for segment in found.segments} == {7}
    assert "INDEPENDENT-SEGMENTS" not in found.text


def test_the_playlist_says_what_players_need() -> None:
    made = feed(window(), frames(63))
    text = with_ticket(render(made, low_latency=True, others=[Report("sub", 5, 2), Report("x", 9, None)]), "a/b")
    found = read(text)
    assert found.target_s == 1
    control = attributes(found.tags["EXT-X-SERVER-CONTROL"])
    assert control["CAN-BLOCK-RELOAD"] == "YES"
    assert float(control["PART-HOLD-BACK"]) >= 3 * found.part_target_s - 0.001
    assert found.hint == "abc/part/12.m4s?ticket=a/b"
    assert [segment.date for segment in found.segments][:2] == ["1970-01-01T00:00:00.000Z", "1970-01-01T00:00:01.000Z"]
    assert 'URI="../sub/index.m3u8?ticket=a/b",LAST-MSN=5,LAST-PART=2' in text
    assert 'URI="../x/index.m3u8?ticket=a/b",LAST-MSN=9\n' in text
    addresses = [line for line in text.splitlines() if "URI=" in line or not line.startswith("#")]
    assert all("?ticket=a/b" in line for line in addresses)
    assert "\0" not in with_ticket(render(made, low_latency=True), "")
    plain = render(made, low_latency=False)
    assert "PART" not in plain
    assert "SERVER-CONTROL" not in plain
    assert len(read(plain).segments) == 2


def test_parts_far_from_the_end_are_not_listed() -> None:
    found = read(render(feed(window(), frames(300)), low_latency=True))
    assert [len(segment.parts) > 0 for segment in found.segments] == [False] * 3 + [True] * 4


def test_the_master_playlist() -> None:
    text = render_master(
        [
            Variant("main", 4_200_000, 4_000_000, "avc1.640028,flac", 1920, 1080, 25.0),
            Variant("sub", 600_000, None, "hvc1.1.6.L93.B0,opus"),
        ],
        low_latency=False,
    )
    assert text.splitlines()[2:] == [
        '#EXT-X-STREAM-INF:BANDWIDTH=4200000,AVERAGE-BANDWIDTH=4000000,CODECS="avc1.640028,fLaC",'
        "RESOLUTION=1920x1080,FRAME-RATE=25.000",
        "main/plain.m3u8\0",
        '#EXT-X-STREAM-INF:BANDWIDTH=600000,CODECS="hvc1.1.6.L93.B0,Opus"',
        "sub/plain.m3u8\0",
    ]


@pytest.mark.parametrize(
    ("keys", "seconds", "target"),
    [([0, 2, 4], 0.5, 1), ([0, 1, 2], 0.5, 1), ([0, 4, 8], 0.5, 2), ([0, 8, 16], 0.5, 4), ([0, 99, 198], 0.5, 10)],
)
def test_the_target_duration_is_the_longest_group(keys: list[int], seconds: float, target: int) -> None:
    tail = [file_part(number, key=number in keys, seconds=seconds) for number in range(keys[-1] + 1)]
    assert begin.target_s(tail, None) == target


def test_without_anything_known_the_target_is_a_common_one() -> None:
    assert begin.target_s([], None) == 4


def test_a_window_begins_with_what_is_there_without_a_hole() -> None:
    tail = [file_part(number, key=number % 2 == 0) for number in range(20)]
    first = file_part(20, key=True)
    assert [part.number for part in begin.before(tail, first, 1)] == [14, 15, 16, 17, 18, 19]
    del tail[16]
    assert [part.number for part in begin.before(tail, first, 1)] == [18, 19]
    assert begin.before(tail, file_part(20, key=True, run="run-2"), 1) == []


def test_rates() -> None:
    tail = [file_part(number, key=number % 2 == 0, length=2000 if number in (4, 5) else 1000) for number in range(10)]
    assert begin.rates(tail) == (round(32_000 * 1.05), round(19_200 * 1.05))
    assert begin.rates([]) is None
