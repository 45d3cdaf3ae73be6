"""Converted streams: numbers in the pictures in order, times kept, sound for every player; and input that is bad."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest

from tests.media.encode import encode_audio, encode_video
from tests.support.burned import numbers_in
from vedette.media.fmp4.init import build_init
from vedette.media.fmp4.pieces import PieceWriter
from vedette.media.transcode.encoders import BY_NAME, Encoder, in_order, try_all
from vedette.media.transcode.rungs import Rung, Size, below, bitrate_of, passes, size_on, sound_passes
from vedette.media.transcode.transcoder import Begun, Made, Transcoder
from vedette.media.units import AUDIO, VIDEO, AudioConfig, Codec, TimedUnit, Tracks

X264 = [BY_NAME["libx264"]]
AT_MS = 1_700_000_000_000


def transcode(
    transcoder: Transcoder, tracks: Tracks, units: list[TimedUnit], *, begin: bool = True
) -> list[Begun | Made]:
    if begin:
        transcoder.begin(tracks)
    made: list[Begun | Made] = []
    for unit in units:
        rate = 90_000 if unit.track == VIDEO else tracks.audio.sample_rate if tracks.audio else 1
        made += transcoder.push(unit, AT_MS + unit.dts_ticks * 1000 // rate)
    return made


def playable(made: list[Begun | Made]) -> bytes:
    """An init and fragments of the first run in `made`."""
    begun = made[0]
    assert isinstance(begun, Begun)
    writer = PieceWriter(begun.tracks)
    data = build_init(begun.tracks).data
    for one in made[1:]:
        if isinstance(one, Begun):
            break
        piece = writer.push(one.unit)
        data += piece.data if piece else b""
    return data


def pictures(made: list[Begun | Made]) -> list[Made]:
    return [one for one in made if isinstance(one, Made) and one.unit.track == VIDEO]


@pytest.mark.parametrize(
    ("codec", "b_frames", "pix_fmt"),
    [
        (Codec.H265, 0, "yuv420p"),
        (Codec.H265, 2, "yuv420p"),
        (Codec.H265, 0, "yuv420p10le"),
        (Codec.H264, 2, "yuv420p"),
        (Codec.H264, 0, "yuvj420p"),
    ],
)
def test_the_numbers_in_the_pictures_stay_readable_and_in_order(codec: Codec, b_frames: int, pix_fmt: str) -> None:
    source = encode_video(codec, seconds=4, width=1280, height=720, b_frames=b_frames, pix_fmt=pix_fmt, numbered=True)
    made = transcode(Transcoder(Rung.P360, encoders=X264), Tracks(source.config), source.units)
    assert isinstance(made[0], Begun)
    assert made[0].tracks.video
    assert (made[0].tracks.video.codec, made[0].tracks.video.width, made[0].tracks.video.height) == (
        Codec.H264,
        640,
        360,
    )
    numbers = numbers_in(playable(made))
    assert numbers == list(range(len(numbers)))
    # Reordering delays decoding; nothing else is kept back.
    assert len(numbers) >= 100 - 2 * b_frames - 1
    shown = pictures(made)
    assert shown[0].unit.key
    assert shown[0].unit.dts_ticks == 0
    assert all(before.unit.dts_ticks < after.unit.dts_ticks for before, after in pairwise(shown))
    # The wall clock is that of the picture's presentation.
    lead_ms = (source.units[0].pts_ticks - source.units[0].dts_ticks) * 1000 // 90_000
    assert [one.at_ms - AT_MS for one in shown[:25]] == [lead_ms + 40 * index for index in range(25)]
    keys = [one.unit.dts_ticks for one in shown if one.unit.key]
    assert keys == [90_000 * index for index in range(4)]


@pytest.mark.parametrize("codec", [Codec.PCMA, Codec.PCMU, Codec.OPUS])
def test_sound_becomes_aac_on_the_same_time_line(codec: Codec) -> None:
    video = encode_video(Codec.H264, seconds=2)
    rate = 48_000 if codec is Codec.OPUS else 8_000
    audio = encode_audio(codec, seconds=2, rate=rate)
    tracks = Tracks(video.config, audio.config)
    units = sorted(
        (*video.units, *audio.units),
        key=lambda unit: unit.dts_ticks / (90_000 if unit.track == VIDEO else rate),
    )
    made = transcode(Transcoder(Rung.H264, encoders=X264), tracks, units)
    begun = made[0]
    assert isinstance(begun, Begun)
    assert begun.encoder is None  # the video is passed on
    assert begun.tracks.audio
    assert (begun.tracks.audio.codec, begun.tracks.audio.sample_rate) == (Codec.AAC, 48_000)
    heard = [one for one in made if isinstance(one, Made) and one.unit.track == AUDIO]
    assert [after.unit.dts_ticks - before.unit.dts_ticks for before, after in pairwise(heard)] == [1024] * (
        len(heard) - 1
    )
    assert len(heard) * 1024 / 48_000 == pytest.approx(2, abs=0.15)
    assert all(abs(one.at_ms - AT_MS - one.unit.dts_ticks // 48) <= 45 for one in heard)
    assert len(pictures(made)) == len(video.units)


def test_damaged_units_are_counted_and_the_rest_is_shown() -> None:
    source = encode_video(Codec.H265, seconds=4, width=640, height=360, numbered=True)
    units = list(source.units)
    for index in (30, 31, 60):
        junk = bytes([0, 0, 0, 40]) + bytes([2, 1]) + b"\xff" * 38
        units[index] = TimedUnit(VIDEO, units[index].dts_ticks, units[index].pts_ticks, False, [junk], len(junk))
    transcoder = Transcoder(Rung.P360, encoders=X264)
    made = transcode(transcoder, Tracks(source.config), units)
    # From the next key frame on everything is as it was.
    assert numbers_in(playable(made))[-24:] == list(range(76, 100))


def test_after_missing_units_it_goes_on_with_a_key_frame() -> None:
    source = encode_video(Codec.H265, seconds=3, width=640, height=360, numbered=True)
    transcoder = Transcoder(Rung.P360, encoders=X264)
    before = transcode(transcoder, Tracks(source.config), source.units[:20])
    transcoder.broke()
    after = transcode(transcoder, Tracks(source.config), source.units[40:], begin=False)
    assert not any(isinstance(one, Begun) for one in after)
    shown = pictures(after)
    assert shown[0].unit.key
    assert shown[0].unit.dts_ticks == 50 * 3600
    numbers = numbers_in(playable([*before, *after]))
    assert numbers == [*range(20), *range(50, 75)]


def test_pictures_that_are_only_decoded_lead_to_the_next_one() -> None:
    source = encode_video(Codec.H265, seconds=2, width=640, height=360, numbered=True)
    transcoder = Transcoder(Rung.P360, encoders=X264)
    transcoder.begin(Tracks(source.config))
    made = [one for index, unit in enumerate(source.units) for one in transcoder.push(unit, AT_MS, show=index >= 10)]
    assert numbers_in(playable(made)) == list(range(10, 50))
    assert pictures(made)[0].unit.dts_ticks == 0


def test_encoders_are_tried_and_say_why_not() -> None:
    tried = {one.encoder.name: one for one in try_all()}
    assert tried["libx264"].works
    assert all(one.works or one.why for one in tried.values())
    assert in_order("libx264")[0].name == "libx264"
    assert {encoder.name for encoder in in_order("nonsense")} == set(tried)


def test_where_no_encoder_works_the_reason_is_told() -> None:
    source = encode_video(Codec.H265, seconds=1)
    unheard = Encoder("libx264", "x264", False, "yuv420p", {"preset": "unheard-of"})
    with pytest.raises(ValueError, match="no encoder works here"):
        transcode(Transcoder(Rung.P360, encoders=[unheard]), Tracks(source.config), source.units)


@pytest.mark.parametrize(
    ("rung", "width", "height", "shape", "limit", "size"),
    [
        (Rung.P720, 1920, 1080, Fraction(1), 1440, Size(1280, 720)),
        (Rung.P720, 1080, 1920, Fraction(1), 1440, Size(720, 1280)),
        (Rung.H264, 3840, 2160, Fraction(1), 1440, Size(2560, 1440)),
        (Rung.H264, 3840, 2160, Fraction(1), 720, Size(1280, 720)),
        (Rung.P1080, 640, 360, Fraction(1), 1440, Size(640, 360)),
        (Rung.H264, 352, 288, Fraction(12, 11), 1440, Size(384, 288)),
        (Rung.H264, 641, 361, Fraction(100), 1440, Size(640, 360)),
    ],
)
def test_sizes(rung: Rung, width: int, height: int, shape: Fraction, limit: int, size: Size) -> None:
    assert size_on(rung, width, height, shape, limit) == size


def test_the_ladder() -> None:
    assert below(2160) == [Rung.P1440, Rung.P1080, Rung.P720, Rung.P480, Rung.P360]
    assert below(2160, 720) == [Rung.P720, Rung.P480, Rung.P360]
    assert below(360) == []
    assert bitrate_of(Size(640, 360)) < bitrate_of(Size(1280, 720)) < bitrate_of(Size(2560, 1440))


def test_what_is_passed_on() -> None:
    video = encode_video(Codec.H264, seconds=1).config
    assert passes(Rung.H264, video, reordered=False)
    assert not passes(Rung.H264, video, reordered=True)
    assert not passes(Rung.P360, video, reordered=False)
    assert not passes(Rung.H264, replace(video, width=3840, height=2160), reordered=False)
    assert not passes(Rung.H264, encode_video(Codec.H265, seconds=1).config, reordered=False)
    assert sound_passes(encode_audio(Codec.AAC, seconds=1).config)
    assert not sound_passes(encode_audio(Codec.PCMA, seconds=1, rate=8000).config)
    assert not sound_passes(AudioConfig(Codec.AAC, 48_000, 1, b"\xff"))
