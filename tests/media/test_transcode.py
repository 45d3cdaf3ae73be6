"""Converted streams: numbers in the pictures in order, times kept, sound for every player; and input that is bad."""

from itertools import pairwise

import pytest

from tests.media.encode import encode_video
from tests.support.burned import numbers_in
from vedette.media.fmp4.init import build_init
from vedette.media.fmp4.pieces import PieceWriter
from vedette.media.transcode.encoders import BY_NAME
from vedette.media.transcode.rungs import Rung
from vedette.media.transcode.transcoder import Begun, Made, Transcoder
from vedette.media.units import VIDEO, Codec, TimedUnit, Tracks

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
