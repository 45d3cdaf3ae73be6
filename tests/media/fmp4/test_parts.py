"""Where parts end and what is in them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.media.encode import encode_audio, encode_video
from tests.media.files import make_parts
from vedette.media.codecs.opus import build_dops
from vedette.media.fmp4.parts import PartWriter
from vedette.media.fmp4.tables import FragmentRead, RunRead, read_fragment
from vedette.media.units import AUDIO, VIDEO, AudioConfig, Codec, Part, TimedUnit, Tracks, VideoConfig

VIDEO_ONLY = Tracks(VideoConfig(Codec.H264, (b"s",), (b"p",)))
BOTH = Tracks(VIDEO_ONLY.video, encode_audio(Codec.AAC, seconds=0.1).config)
SOUND = Tracks(None, BOTH.audio)


def frame(dts: int, *, key: bool = False, pts: int | None = None, size: int = 3) -> TimedUnit:
    return TimedUnit(VIDEO, dts, dts if pts is None else pts, key, [bytes([dts % 251]) * size], size)


def sound(dts: int, size: int = 2) -> TimedUnit:
    return TimedUnit(AUDIO, dts, dts, True, [bytes([dts % 241]) * size], size)


def runs(part: Part) -> dict[int, RunRead]:
    read = read_fragment(part.data)
    assert read.length == len(part.data)
    return {run.track: run for run in read.runs}


def payload(part: Part, run: RunRead) -> bytes:
    return part.data[run.data : run.data + run.payload]


def test_a_part_ends_before_it_gets_longer_than_asked() -> None:
    parts = make_parts(VIDEO_ONLY, [frame(i * 3600, key=i == 0) for i in range(50)])
    assert [part.samples for part in parts] == [12, 12, 12, 12, 2]
    assert [part.duration_ticks for part in parts] == [43_200] * 4 + [7200]
    assert [part.key for part in parts] == [True, False, False, False, False]


def test_thirty_frames_fit_half_a_second_exactly() -> None:
    parts = make_parts(VIDEO_ONLY, [frame(i * 3000, key=i == 0) for i in range(60)])
    assert [part.duration_ticks for part in parts] == [45_000] * 4


def test_every_key_frame_begins_a_part() -> None:
    parts = make_parts(VIDEO_ONLY, [frame(i * 3600, key=i % 5 == 0) for i in range(20)])
    assert [(part.samples, part.key) for part in parts] == [(5, True)] * 4


def test_one_frame_a_second_makes_a_part_each() -> None:
    parts = make_parts(VIDEO_ONLY, [frame(i * 90_000, key=i == 0) for i in range(3)])
    assert [(part.samples, part.duration_ticks) for part in parts] == [(1, 90_000)] * 3


def test_a_part_comes_with_the_frame_after_it() -> None:
    writer = PartWriter(VIDEO_ONLY)
    for i in range(12):
        assert writer.push(frame(i * 3600, key=i == 0)) is None
    part = writer.push(frame(12 * 3600))
    assert part is not None
    assert part.samples == 12


def test_durations_reach_to_the_next_frame_however_they_jitter() -> None:
    times = [0, 3500, 7300, 10_800, 14_000, 50_000, 53_600]
    parts = make_parts(VIDEO_ONLY, [frame(t, key=t == 0) for t in times])
    dts, ends = [], []
    for part in parts:
        run = runs(part)[VIDEO]
        durations = [run.durations] * run.samples if isinstance(run.durations, int) else run.durations
        at = run.dts
        for duration in durations:
            dts.append(at)
            at += duration
            ends.append(at)
    assert dts == times
    assert ends[:-1] == times[1:]
    assert ends[-1] == 53_600 + 3600


def test_nothing_before_the_first_key_frame() -> None:
    writer = PartWriter(BOTH)
    assert [writer.push(unit) for unit in (frame(0), sound(0), frame(3600))] == [None] * 3
    writer.push(frame(7200, key=True))
    part = writer.flush()
    assert part is not None
    assert set(runs(part)) == {VIDEO}
    assert part.dts_ticks == 7200


def test_sound_goes_where_its_time_is() -> None:
    units: list[TimedUnit] = []
    for i in range(50):
        units.append(frame(i * 3600, key=i % 25 == 0))
        units += [sound(n) for n in range(0, 96_000, 1024) if i * 1920 <= n < i * 1920 + 1920]
    parts = make_parts(BOTH, units)
    seconds = [(runs(part)[VIDEO].dts / 90_000, runs(part)[AUDIO].dts / 48_000) for part in parts]
    assert all(0 <= audio - video < 1024 / 48_000 for video, audio in seconds)
    assert sum(runs(part)[AUDIO].samples for part in parts) == 94
    assert all(runs(part)[AUDIO].durations == 1024 for part in parts)


def test_early_sound_waits_and_late_sound_keeps_its_time() -> None:
    writer = PartWriter(BOTH)
    early = [sound(n * 1024) for n in range(60)]  # 1.28 s before any second frame
    assert [writer.push(unit) for unit in [frame(0, key=True), *early]] == [None] * 61
    first = next(part for i in range(1, 50) if (part := writer.push(frame(i * 3600))))
    assert runs(first)[AUDIO].samples == 23  # those before 0.48 s
    rest = writer.flush()
    assert rest is not None
    assert runs(rest)[AUDIO].dts == 23 * 1024

    writer = PartWriter(BOTH)
    for i in range(13):
        part = writer.push(frame(i * 3600, key=i == 0))
    assert part is not None
    assert AUDIO not in runs(part)
    writer.push(sound(0))
    late = writer.flush()
    assert late is not None
    assert (runs(late)[AUDIO].dts, runs(late)[VIDEO].dts) == (0, 43_200)


def test_where_video_stops_sound_goes_on() -> None:
    writer = PartWriter(BOTH)
    parts = [part for i in range(10) if (part := writer.push(frame(i * 3600, key=i == 0)))]
    for n in range(10 * 48_000 // 1024):  # ten seconds of sound
        part = writer.push(sound(n * 1024))
        parts += [part] if part else []
    assert len(parts) > 10
    stalled, after = parts[0], parts[1:]
    assert stalled.samples == 10
    # The last frame is held until what comes next.
    assert stalled.dts_ticks + stalled.duration_ticks == after[0].dts_ticks
    assert all(part.samples == 0 and not part.key and set(runs(part)) == {AUDIO} for part in after)
    assert all(0 < part.duration_ticks <= 45_000 + 1920 for part in after)
    assert all(a.dts_ticks + a.duration_ticks == b.dts_ticks for a, b in pairwise(after))
    resumed = writer.push(frame(11 * 90_000, key=True))
    assert resumed is not None
    assert resumed.samples == 0
    last = writer.flush()
    assert last is not None
    assert (last.key, last.samples, last.dts_ticks) == (True, 1, 11 * 90_000)


def test_video_that_comes_back_without_a_key_frame() -> None:
    writer = PartWriter(BOTH)
    writer.push(frame(0, key=True))
    parts = [part for n in range(120) if (part := writer.push(sound(n * 1024)))]
    back = 119 * 1024 * 90_000 // 48_000 - 500  # a little before the newest sound
    parts += [part for i in range(20) if (part := writer.push(frame(back + i * 3600)))]
    last = writer.flush()
    assert last is not None
    parts.append(last)
    assert sum(part.samples for part in parts) == 21
    assert sum(runs(part)[AUDIO].samples for part in parts if AUDIO in runs(part)) == 120
    assert [part.key for part in parts] == [True] + [False] * (len(parts) - 1)
    assert all(part.duration_ticks > 0 for part in parts)


def test_sound_alone() -> None:
    parts = make_parts(SOUND, [sound(n * 1024) for n in range(100)])
    assert all(part.key and part.samples == 0 for part in parts)
    assert [part.duration_ticks for part in parts] == [23 * 1024] * 4 + [8 * 1024]
    assert sum(runs(part)[AUDIO].samples for part in parts) == 100
    assert all(a.dts_ticks + a.duration_ticks == b.dts_ticks for a, b in pairwise(parts))


def test_the_last_sound_of_a_part_lasts_what_it_says() -> None:
    opus = Tracks(None, AudioConfig(Codec.OPUS, 48_000, 1, build_dops(1)))
    packet = bytes((15 << 3, 0))  # 20 ms
    parts = make_parts(opus, [TimedUnit(AUDIO, n * 960, n * 960, True, [packet], 2) for n in range(30)])
    assert [runs(part)[AUDIO].durations for part in parts] == [960, 960]
    empty = make_parts(opus, [TimedUnit(AUDIO, 0, 0, True, [b""], 0)])  # no packet at all: kept as it came
    assert len(empty) == 1


def test_times_that_do_not_rise_are_refused() -> None:
    writer = PartWriter(BOTH)
    writer.push(frame(0, key=True))
    writer.push(frame(3600))
    writer.push(sound(1024))
    for unit in (frame(3600), frame(100), sound(1024)):
        with pytest.raises(ValueError, match="does not rise"):
            writer.push(unit)


def test_flush_of_nothing() -> None:
    for tracks in (BOTH, SOUND, VIDEO_ONLY):
        assert PartWriter(tracks).flush() is None


def test_sequence_numbers_rise() -> None:
    parts = make_parts(VIDEO_ONLY, [frame(i * 3600, key=i == 0) for i in range(50)])
    assert [read_fragment(part.data).sequence for part in parts] == [1, 2, 3, 4, 5]


def test_reordered_frames_keep_both_times() -> None:
    clip = encode_video(b_frames=2)
    parts = make_parts(Tracks(clip.config), clip.units)
    offsets = [offset for part in parts for offset in (runs(part)[VIDEO].offsets or [0] * part.samples)]
    assert offsets == [unit.pts_ticks - unit.dts_ticks for unit in clip.units]


@st.composite
def streams(draw: st.DrawFn) -> list[TimedUnit]:
    """A run of both tracks: any frame rate, jitter, key frames, B-frame offsets, sound that stops and comes late."""
    units: list[TimedUnit] = []
    dts = audio = 0
    for index in range(draw(st.integers(1, 40))):
        key = index == 0 or draw(st.integers(0, 9)) == 0
        pts = dts + draw(st.sampled_from((0, 0, 3600, -1800, 7200)))
        units.append(frame(dts, key=key, pts=pts, size=draw(st.integers(1, 40))))
        dts += draw(st.sampled_from((1, 3600, 3600, 3601, 90_000, 300_000)))
        for _ in range(draw(st.sampled_from((0, 1, 2, 2, 3, 30)))):
            units.append(sound(audio, size=draw(st.integers(1, 9))))
            audio += draw(st.sampled_from((1024, 1024, 1, 3000, 200_000)))
    return units


@given(streams(), st.sampled_from((100, 500, 1000)))
def test_nothing_is_lost_moved_or_changed(units: list[TimedUnit], part_ms: int) -> None:
    parts = make_parts(BOTH, units, part_ms)
    reads: list[FragmentRead] = [read_fragment(part.data) for part in parts]
    for track in (VIDEO, AUDIO):
        pushed = [unit for unit in units if unit.track == track]
        found: list[tuple[int, int, int]] = []
        data = b""
        for part, read in zip(parts, reads, strict=True):
            for run in (run for run in read.runs if run.track == track):
                sizes = [int.from_bytes(run.sizes[i : i + 4], "big") for i in range(0, len(run.sizes), 4)]
                durations = [run.durations] * run.samples if isinstance(run.durations, int) else run.durations
                at = run.dts
                for size, duration, offset in zip(sizes, durations, run.offsets or [0] * run.samples, strict=True):
                    found.append((at, offset, size))
                    at += duration
                data += payload(part, run)
        assert found == [(unit.dts_ticks, unit.pts_ticks - unit.dts_ticks, unit.size) for unit in pushed]
        assert data == b"".join(b"".join(unit.chunks) for unit in pushed)
    keys = [unit.dts_ticks for unit in units if unit.track == VIDEO and unit.key]
    assert [part.dts_ticks for part in parts if part.key] == keys
    for part, read in zip(parts, reads, strict=True):
        assert part.duration_ticks > 0
        if part.samples:
            # A part is longer than asked only by the duration of its last frame, which was not known.
            told = read.runs[0].durations
            before_last = told[:-1] if isinstance(told, list) else [told] * (part.samples - 1)
            assert sum(before_last) <= 90 * part_ms
