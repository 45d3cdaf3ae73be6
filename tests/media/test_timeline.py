"""The time line, against cameras that are described by what they send and when it arrives."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.core.clock import ManualClock
from vedette.media.clocks import ArrivalFilter, HostClock, unwrap
from vedette.media.reorder import Reorder
from vedette.media.timeline import Stamps, TimeBroken, Timeline
from vedette.media.units import (
    AUDIO,
    VIDEO,
    AccessUnit,
    AudioConfig,
    Codec,
    EndReason,
    SenderReport,
    TimedUnit,
    Tracks,
    VideoConfig,
)

FRAME = 3600  # 25 fps at 90 kHz
H264 = VideoConfig(Codec.H264, (b"\x67",), (b"\x68",))
AAC = AudioConfig(Codec.AAC, 48_000, 2)
BOTH = Tracks(H264, AAC)
EPOCH_MS = 1_700_000_000_000


def host() -> HostClock:
    return HostClock(ManualClock(EPOCH_MS))


def video(pts: int, arrival_s: float, *, key: bool = False, dts: int | None = None) -> AccessUnit:
    return AccessUnit(VIDEO, pts, key, [b"v"], 1, arrival_s, dts)


def audio(pts: int, arrival_s: float) -> AccessUnit:
    return AccessUnit(AUDIO, pts, True, [b"a"], 1, arrival_s)


def run(line: Timeline, units: Iterable[AccessUnit]) -> list[TimedUnit]:
    return [timed for unit in units for timed in line.place(unit)]


def stream(count: int, base: int = 0, start_s: float = 100.0, step: int = FRAME, gop: int = 50) -> list[AccessUnit]:
    return [
        video((base + index * step) % 2**32, start_s + index * step / 90_000, key=index % gop == 0)
        for index in range(count)
    ]


def times(units: Sequence[TimedUnit], track: int = VIDEO) -> list[tuple[int, int]]:
    return [(unit.dts_ticks, unit.pts_ticks) for unit in units if unit.track == track]


@pytest.mark.parametrize(
    ("previous", "stamp", "expected"),
    [
        (0, 1, 1),
        (2**32 - 1, 0, 2**32),
        (2**32, 2**32 - 1, 2**32 - 1),
        (5 * 2**32 + 10, 20, 5 * 2**32 + 20),
        (2**31, 0, 0),
        (0, 2**32 - 3600, -3600),
    ],
)
def test_unwrap_takes_the_nearest(previous: int, stamp: int, expected: int) -> None:
    assert unwrap(previous, stamp) == expected


class TestVideo:
    def test_zero_is_the_first_key_frame(self) -> None:
        line = Timeline(BOTH, host())
        units = [video(500, 99.9), video(4100, 99.95), *stream(3, base=7700)]
        assert times(run(line, units)) == [(0, 0), (FRAME, FRAME), (2 * FRAME, 2 * FRAME)]
        assert line.dropped == 2

    def test_thirty_two_bits_wrap_twice(self) -> None:
        line = Timeline(BOTH, host())
        step = 90_000  # one frame a second passes 2^32 in 13 hours
        units = stream(100_000, base=2**32 - 5, step=step)
        placed = times(run(line, units))
        assert placed == [(index * step, index * step) for index in range(100_000)]
        assert line.glitches == 0

    @pytest.mark.parametrize("back", [0, 1, 3000, 80_000])
    def test_a_small_step_back_is_clamped_and_counted(self, back: int) -> None:
        line = Timeline(BOTH, host())
        units = stream(30)
        units[29] = video(28 * FRAME - back, 101.2)
        assert times(run(line, units))[-1] == (28 * FRAME + 1, 28 * FRAME + 1)
        assert line.glitches == 1

    @pytest.mark.parametrize("back_s", [1.1, 3.0, 3600.0, 20_000.0])
    def test_a_jump_back_ends_the_run(self, back_s: float) -> None:
        line = Timeline(BOTH, host())
        run(line, stream(100, base=2**20))
        broken = video(round(2**20 + 100 * FRAME - back_s * 90_000) % 2**32, 104.0, key=True)
        with pytest.raises(TimeBroken) as caught:
            line.place(broken)
        assert caught.value.reason is EndReason.TIME_JUMP
        assert times(run(Timeline(BOTH, host()), [broken])) == [(0, 0)]

    @pytest.mark.parametrize("ahead_s", [1.5, 3.0, 20_000.0])
    def test_a_jump_ahead_ends_the_run(self, ahead_s: float) -> None:
        line = Timeline(BOTH, host())
        run(line, stream(100))
        with pytest.raises(TimeBroken) as caught:
            line.place(video(round(100 * FRAME + ahead_s * 90_000), 104.0))
        assert caught.value.reason is EndReason.TIME_JUMP
        assert "ahead" in caught.value.detail

    def test_a_stalled_network_is_not_a_jump(self) -> None:
        """5 s of silence, then everything at once; then 2 s that the camera had to drop, with nothing left to wait."""
        line = Timeline(BOTH, host())
        units = stream(50)
        units += [video((50 + index) * FRAME, 107.0, key=index % 50 == 0) for index in range(75)]
        units += [video((175 + index) * FRAME, 107.0 + index * 0.04) for index in range(10)]
        placed = times(run(line, units))
        assert len(placed) == 135
        assert placed[-1] == (184 * FRAME, 184 * FRAME)
        assert line.glitches == 0

    def test_a_burst_at_the_start_is_not_a_jump(self) -> None:
        """Servers send the group of pictures so far at once, so that a picture is there quickly."""
        line = Timeline(BOTH, host())
        units = [video(index * FRAME, 100.0, key=index == 0) for index in range(100)]
        units += [video((100 + index) * FRAME, 100.0 + index * 0.04) for index in range(50)]
        assert len(run(line, units)) == 150
        # the first frame was taken four seconds before it came
        assert line.wall_ms(0) == EPOCH_MS + 96_000

    def test_a_hole_ends_the_run(self) -> None:
        line = Timeline(BOTH, host())
        run(line, stream(100))
        with pytest.raises(TimeBroken) as caught:
            line.place(video(100 * FRAME + 5 * 90_000, 109.0, key=True))
        assert caught.value.reason is EndReason.TIMEOUT

    def test_slow_streams_have_no_holes(self) -> None:
        line = Timeline(BOTH, host())
        assert len(run(line, stream(40, step=5 * 90_000))) == 40

    def test_stamps_that_stand_still_end_the_run(self) -> None:
        line = Timeline(BOTH, host())
        units = (video(0, 100.0 + index * 0.04, key=index % 50 == 0) for index in itertools.count())
        with pytest.raises(TimeBroken, match="stand still"):
            run(line, itertools.islice(units, 25 * 60))

    def test_by_arrival_when_stamps_are_not_believed(self) -> None:
        line = Timeline(BOTH, host(), stamps=Stamps.ARRIVAL)
        units = [video(12345, 100.0 + index * 0.04, key=index == 0) for index in range(50)]
        assert times(run(line, units)) == [(index * FRAME, index * FRAME) for index in range(50)]

    def test_full_stamps_are_taken_as_they_are(self) -> None:
        line = Timeline(BOTH, host(), stamps=Stamps.FULL)
        units = [
            video(2**33 + 7200, 100.0, key=True, dts=2**33),
            video(2**33 + 18_000, 100.04, dts=2**33 + FRAME),
            video(2**33 + 10_800, 100.08, dts=2**33 + 2 * FRAME),
        ]
        placed = run(line, [*units, AccessUnit(AUDIO, (2**33 + 900) * 48 // 90, True, [b"a"], 1, 100.5)])
        assert times(placed) == [(0, 7200), (FRAME, 18_000), (2 * FRAME, 10_800)]
        assert times(placed, AUDIO) == [(480, 480)]


def coded_order(groups: int, pattern: Sequence[int]) -> list[int]:
    """Frame numbers in the order of decoding; `pattern` is one group after its anchor at 0, e.g. I [P B B] ..."""
    size = len(pattern)
    return [0, *(group * size + number for group in range(groups) for number in pattern)]


class TestReordering:
    @pytest.mark.parametrize(
        ("pattern", "depth"),
        [((1,), 0), ((2, 1), 1), ((3, 1, 2), 1), ((4, 2, 1, 3), 2), ((8, 4, 2, 1, 3, 6, 5, 7), 3)],
    )
    def test_announced_depth_gives_even_decoding_times(self, pattern: Sequence[int], depth: int) -> None:
        order = coded_order(20, pattern)
        line = Timeline(BOTH, host(), reorder_depth=depth)
        base = 2**32 - 10 * FRAME  # it wraps as well
        units = [
            video((base + number * FRAME) % 2**32, 100 + index * 0.04, key=index == 0)
            for index, number in enumerate(order)
        ]
        placed = times(run(line, units))
        assert [dts for dts, _ in placed] == [index * FRAME for index in range(len(order))]
        assert [pts for _, pts in placed] == [(number + depth) * FRAME for number in order]
        assert line.glitches == 0

    def test_unannounced_depth_is_learned_and_then_exact(self) -> None:
        order = coded_order(30, (4, 2, 1, 3))
        line = Timeline(BOTH, host())
        units = [video(number * FRAME, 100 + index * 0.04, key=index == 0) for index, number in enumerate(order)]
        placed = times(run(line, units))
        assert line.reorder_depth == 2
        assert line.glitches <= 8
        tail = placed[20:]
        assert [pts for _, pts in tail] == [number * FRAME for number in order[20:]]
        assert {after - before for (before, _), (after, _) in itertools.pairwise(tail)} == {FRAME}

    def test_one_glitch_teaches_nothing(self) -> None:
        units = stream(400)
        units[200] = video(198 * FRAME - 10, 108.0)
        line = Timeline(BOTH, host())
        run(line, units)
        assert line.reorder_depth == 0
        assert line.glitches == 1

    def test_frames_held_at_the_start_keep_their_order_and_audio(self) -> None:
        line = Timeline(BOTH, host(), reorder_depth=1)
        assert line.place(audio(0, 99.9)) == ()
        assert line.place(video(0, 100.0, key=True)) == ()
        assert line.place(audio(1024, 100.01)) == ()
        assert line.place(video(2 * FRAME, 100.04)) == ()
        placed = line.place(video(FRAME, 100.08))
        assert [unit.track for unit in placed] == [VIDEO, AUDIO, VIDEO, VIDEO]
        assert times(placed) == [(0, FRAME), (FRAME, 3 * FRAME), (2 * FRAME, 2 * FRAME)]
        assert line.dropped == 1

    def test_a_slow_stream_may_announce_b_frames(self) -> None:
        line = Timeline(BOTH, host(), reorder_depth=2)
        placed = run(line, stream(20, step=90_000))
        assert times(placed) == [(index * 90_000, (index + 2) * 90_000) for index in range(20)]

    def test_a_jump_among_the_held_frames_ends_the_run(self) -> None:
        line = Timeline(BOTH, host(), reorder_depth=2)
        run(line, [video(0, 100.0, key=True), video(FRAME, 100.04), video(2 * FRAME, 100.08)])
        with pytest.raises(TimeBroken):
            line.place(video(90 * 90_000, 100.12))

    @given(st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=60), st.integers(0, 9))
    def test_any_stamps_with_any_depth(self, stamps: list[int], depth: int) -> None:
        reorder = Reorder(depth)
        primed = stamps[: reorder.needed]
        if len(primed) == reorder.needed:
            decoding = reorder.prime(primed) + [reorder.push(stamp) for stamp in stamps[len(primed) :]]
            assert len(decoding) == len(stamps)


@dataclass
class Scene:
    """A camera with a wall clock, both tracks captured at the same instants, with random RTP bases."""

    video_base: int = 123_456
    audio_base: int = 4_000_000_000
    audio_delay_s: float = 0.15  # audio arrives this much later than it was captured
    ntp_ahead_s: float = 7.0
    line: Timeline = field(default_factory=lambda: Timeline(BOTH, host()))

    def video(self, second: float, *, key: bool = False) -> tuple[TimedUnit, ...]:
        return self.line.place(video((self.video_base + round(second * 90_000)) % 2**32, 100 + second, key=key))

    def audio(self, second: float) -> tuple[TimedUnit, ...]:
        arrival = 100 + second + self.audio_delay_s
        return self.line.place(audio((self.audio_base + round(second * 48_000)) % 2**32, arrival))

    def report(self, track: int, second: float) -> None:
        base, rate = (self.video_base, 90_000) if track == VIDEO else (self.audio_base, 48_000)
        wall_ms = EPOCH_MS + (100 + second + self.ntp_ahead_s) * 1000
        self.line.report(SenderReport(track, wall_ms, (base + round(second * rate)) % 2**32, 100 + second))

    def play(self, start: float, end: float) -> list[TimedUnit]:
        """Both tracks, in the order of capture."""
        moments = [(index * 0.04, VIDEO) for index in range(round(start * 25), round(end * 25))]
        moments += [(index * 0.02, AUDIO) for index in range(round(start * 50), round(end * 50))]
        placed: list[TimedUnit] = []
        for second, track in sorted(moments):
            placed += self.video(second, key=round(second * 25) % 50 == 0) if track == VIDEO else self.audio(second)
        return placed


class TestAudio:
    def test_laid_by_arrival_first(self) -> None:
        scene = Scene()
        placed = times(scene.play(0, 1), AUDIO)
        assert placed[0] == (round(0.15 * 48_000), round(0.15 * 48_000))
        assert {after[0] - before[0] for before, after in itertools.pairwise(placed)} == {960}

    def test_the_first_pair_of_reports_moves_it_back_without_going_back(self) -> None:
        scene = Scene()
        before = times(scene.play(0, 2), AUDIO)
        scene.report(VIDEO, 2.0)
        scene.report(AUDIO, 2.0)
        after = times(scene.play(2, 3), AUDIO)
        both = [dts for dts, _ in before + after]
        assert all(second > first for first, second in itertools.pairwise(both))
        # sound captured at 2.98 s lies at 2.98 s
        assert after[-1][0] == pytest.approx(2.98 * 48_000, abs=2)
        assert scene.line.camera_clock_offset_ms == pytest.approx(7000, abs=2)

    def test_reports_before_the_first_audio_align_it_from_the_start(self) -> None:
        scene = Scene(audio_delay_s=0.4)
        scene.report(AUDIO, -0.5)
        scene.report(VIDEO, -0.5)
        scene.video(0.0, key=True)
        assert times(scene.audio(0.02), AUDIO) == [(960, 960)]

    def test_later_reports_correct_a_drift(self) -> None:
        scene = Scene(audio_delay_s=0.0)
        scene.play(0, 1)
        scene.report(VIDEO, 1.0)
        scene.report(AUDIO, 1.0)
        scene.audio_base += 4800  # the sound card is 100 ms further than it should be
        scene.play(1, 2)
        scene.report(VIDEO, 2.0)
        scene.report(AUDIO, 2.0)
        assert times(scene.play(2, 3), AUDIO)[-1][0] == pytest.approx(2.98 * 48_000, abs=2)

    @pytest.mark.parametrize("ntp_ms", [0.0, -5.0])
    def test_reports_without_a_clock_are_ignored(self, ntp_ms: float) -> None:
        scene = Scene()
        scene.play(0, 1)
        for track in (VIDEO, AUDIO):
            scene.line.report(SenderReport(track, ntp_ms, 5, 101.0))
        assert scene.line.camera_clock_offset_ms is None

    def test_reports_across_a_step_of_the_cameras_clock_are_ignored(self) -> None:
        scene = Scene(audio_delay_s=0.0)
        scene.play(0, 1)
        scene.report(VIDEO, 1.0)
        scene.ntp_ahead_s += 1.5
        scene.report(AUDIO, 1.0)
        assert times(scene.play(1, 2), AUDIO)[-1][0] == pytest.approx(1.98 * 48_000, abs=2)

    def test_reports_with_foreign_rtp_times_are_ignored(self) -> None:
        scene = Scene(audio_delay_s=0.0)
        scene.play(0, 1)
        scene.report(VIDEO, 1.0)
        scene.line.report(SenderReport(AUDIO, EPOCH_MS + 108_000.0, 17, 101.0))
        assert times(scene.play(1, 2), AUDIO)[-1][0] == pytest.approx(1.98 * 48_000, abs=2)

    def test_without_reports_a_lasting_distance_is_made_up(self) -> None:
        scene = Scene(audio_delay_s=0.0)
        scene.play(0, 1)
        scene.audio_base -= round(0.5 * 48_000)  # sound stamped half a second early from now on
        scene.play(1, 80)
        assert times(scene.play(80, 81), AUDIO)[-1][0] == pytest.approx(80.98 * 48_000, abs=500)

    @pytest.mark.parametrize("jump_s", [-3600.0, -2.0, 2.0, 40_000.0])
    def test_a_jump_of_audio_alone_goes_on_where_it_arrives(self, jump_s: float) -> None:
        scene = Scene(audio_delay_s=0.0)
        first = scene.play(0, 2)
        scene.audio_base += round(jump_s * 48_000)
        placed = times(first + scene.play(2, 4), AUDIO)
        assert len(placed) == 200
        assert placed[-1][0] == pytest.approx(3.98 * 48_000, abs=2)
        assert all(after > before for (before, _), (after, _) in itertools.pairwise(placed))

    def test_audio_before_the_first_key_frame_is_dropped(self) -> None:
        scene = Scene()
        assert scene.audio(0.0) == ()
        assert scene.line.dropped == 1

    def test_alone_it_is_the_master(self) -> None:
        line = Timeline(Tracks(None, AAC), host())
        units = [audio((2**32 - 2048 + index * 1024) % 2**32, 100 + index * 1024 / 48_000) for index in range(100)]
        assert times(run(line, units), AUDIO) == [(index * 1024, index * 1024) for index in range(100)]
        assert line.timescale == 48_000
        with pytest.raises(TimeBroken):
            line.place(audio(2**31, 103.0))


class TestWallClock:
    def test_is_the_arrival_with_the_least_delay(self) -> None:
        line = Timeline(BOTH, host())
        delays = [0.2, 0.15, 0.05, 0.3, 0.05, 0.5]
        run(line, [video(i * FRAME, 100 + i * 0.04 + delay, key=i == 0) for i, delay in enumerate(delays)])
        assert line.wall_ms(0) == EPOCH_MS + 100_050
        assert line.wall_ms(25 * FRAME) == EPOCH_MS + 101_050

    def test_is_corrected_slowly(self) -> None:
        clock = ManualClock(EPOCH_MS)
        shared = HostClock(clock)
        line = Timeline(BOTH, shared)
        run(line, stream(2))
        assert line.wall_ms(0) == EPOCH_MS + 100_000
        clock.jump(1.5)
        assert shared.sample() == 0.0
        walls = [line.wall_ms(second * 90_000) for second in range(200)]
        assert walls[1] - walls[0] == pytest.approx(1150, abs=1)
        assert walls[199] == EPOCH_MS + 100_000 + 199_000 + 1500
        assert all(1000 <= after - before <= 1200 for before, after in itertools.pairwise(walls))

    def test_a_set_clock_is_taken_over_at_once_when_asked(self) -> None:
        clock = ManualClock(EPOCH_MS)
        shared = HostClock(clock)
        line = Timeline(BOTH, shared)
        run(line, stream(2))
        line.wall_ms(0)
        clock.jump(-3600)
        assert shared.sample() == -3_600_000
        assert shared.epoch == 1
        line.rebase_wall()
        assert line.wall_ms(90_000) == EPOCH_MS + 101_000 - 3_600_000

    @pytest.mark.parametrize(
        ("after_s", "start_s"),
        [(None, 100.0), (99.0, 100.0), (99.8, 99.8), (100.0, 100.0), (101.4, 101.4), (102.0, 100.0), (3600.0, 100.0)],
    )
    def test_a_run_follows_the_one_before_without_a_seam(self, after_s: float | None, start_s: float) -> None:
        after_ms = None if after_s is None else EPOCH_MS + round(after_s * 1000)
        line = Timeline(BOTH, host(), after_ms=after_ms)
        run(line, stream(2))
        assert line.wall_ms(0) == EPOCH_MS + round(start_s * 1000)

    @pytest.mark.parametrize("ppm", [-300, -50, 0, 120])
    def test_follows_a_drifting_camera_and_measures_it(self, ppm: int) -> None:
        line = Timeline(BOTH, host())
        seconds = 1200
        for index in range(seconds * 5):
            at_s = index * 0.2
            jitter = (index * 7919 % 97) / 4000  # up to 24 ms
            line.place(video(round(at_s * (1 + ppm / 1e6) * 90_000), 100 + at_s + jitter, key=index == 0))
            if index % 5 == 0:
                line.wall_ms(round(at_s * 90_000))
        at_end = line.wall_ms(round(seconds * (1 + ppm / 1e6) * 90_000))
        assert at_end == pytest.approx(EPOCH_MS + 100_000 + seconds * 1000, abs=40)
        assert line.drift_ppm == pytest.approx(ppm, abs=5)

    def test_drift_is_unknown_at_first(self) -> None:
        arrivals = ArrivalFilter()
        assert arrivals.drift_ppm is None
        arrivals.push(1.0, 0.0)
        assert arrivals.drift_ppm is None
        assert arrivals.lag_s == 0.0


arrivals = st.floats(0.0, 2.0, allow_nan=False)
stamps = st.one_of(st.integers(-3 * FRAME, 10 * FRAME), st.integers(-(2**31), 2**31))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.booleans(), st.booleans(), stamps, arrivals), max_size=150),
    st.integers(0, 4),
    st.sampled_from(Stamps),
    st.integers(0, 2**32 - 1),
)
def test_whatever_comes_leaves_monotone_and_near_its_arrival(
    steps: list[tuple[bool, bool, int, float]], depth: int, kind: Stamps, base: int
) -> None:
    line = Timeline(BOTH, host(), reorder_depth=depth, stamps=kind)
    last = {VIDEO: -1, AUDIO: -1}
    now, positions = 100.0, {VIDEO: base, AUDIO: base}
    wall = 0
    for is_video, key, step, wait in steps:
        track = VIDEO if is_video else AUDIO
        now += wait
        positions[track] += step
        stamp = positions[track] if kind is Stamps.FULL else positions[track] % 2**32
        try:
            placed = line.place(AccessUnit(track, stamp, key, [b"x"], 1, now))
            line.report(SenderReport(track, 1_000.0 + now * 1000, stamp % 2**32, now))
        except TimeBroken:
            break
        for unit in placed:
            assert unit.dts_ticks > last[unit.track]
            assert unit.pts_ticks >= unit.dts_ticks
            last[unit.track] = unit.dts_ticks
            if unit.track == VIDEO:
                assert line.wall_ms(unit.dts_ticks) >= wall
                wall = line.wall_ms(unit.dts_ticks)
                # nothing is placed further ahead of what came than a burst explains
                assert unit.dts_ticks / 90_000 <= (now - 100.0) + 2.0 * len(steps)
