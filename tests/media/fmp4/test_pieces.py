"""Fragments of one frame: times without holes, sound with its frame, key frames first."""

import pytest

from tests.media.encode import encode_audio, encode_video
from tests.media.files import interleave
from tests.support.burned import breaks, numbers_in
from vedette.media.fmp4.init import build_init
from vedette.media.fmp4.pieces import Piece, PieceWriter
from vedette.media.fmp4.samples import units_of
from vedette.media.units import AUDIO, VIDEO, AudioConfig, Codec, TimedUnit, Tracks, VideoConfig

VIDEO_ONLY = Tracks(VideoConfig(Codec.H264, (b"s",), (b"p",)))


def frame(dts: int, *, key: bool = False) -> TimedUnit:
    return TimedUnit(VIDEO, dts, dts, key, [bytes([dts % 251]) * 3], 3)


def pieces_of(tracks: Tracks, units: list[TimedUnit]) -> list[Piece]:
    writer = PieceWriter(tracks)
    return [piece for unit in units if (piece := writer.push(unit)) is not None]


@pytest.mark.parametrize("step", [1800, 3600, 9000, 90_000])
@pytest.mark.parametrize("first", [0, 7])
def test_no_hole_is_left_whatever_the_rate_and_wherever_it_begins(step: int, first: int) -> None:
    made = pieces_of(VIDEO_ONLY, [frame(i * step, key=i % 10 == 0) for i in range(first, first + 25)])
    assert made[0].dts == first * step
    ends = [piece.dts + piece.duration for piece in made]
    assert ends[:-1] == [piece.dts for piece in made[1:]]
    for piece in made:
        units = units_of(piece.data)
        assert units[0].key is piece.key
        assert not any(unit.key for unit in units[1:])


def test_a_key_frame_right_after_the_first_begins_a_fragment_of_its_own() -> None:
    made = pieces_of(VIDEO_ONLY, [frame(0), frame(3600, key=True), frame(7200), frame(10_800)])
    assert [(piece.dts, piece.key) for piece in made] == [(0, False), (3600, True), (10_800, False)]


def test_pictures_and_sound_are_all_there_in_order() -> None:
    video = encode_video(seconds=3, fps=25, gop=25, width=320, height=180, numbered=True)
    audio = encode_audio(Codec.AAC, seconds=3)
    tracks = Tracks(video.config, audio.config)
    units = interleave(video, audio)
    made = pieces_of(tracks, units)
    numbers = numbers_in(build_init(tracks).data + b"".join(piece.data for piece in made))
    assert breaks(numbers, 1 << 16) == []
    assert len(numbers) == 75
    there = [unit for piece in made for unit in units_of(piece.data)]
    for track in (VIDEO, AUDIO):
        sent = [unit.dts_ticks for unit in units if unit.track == track]
        came = [unit.dts_ticks for unit in there if unit.track == track]
        assert came == sent[: len(came)]
        assert len(came) >= len(sent) - 10  # the last sound waits for a frame


def test_sound_alone_comes_in_fragments_that_all_can_begin() -> None:
    tracks = Tracks(None, AudioConfig(Codec.PCMA, 8000, 1))
    made = pieces_of(tracks, [TimedUnit(AUDIO, i * 160, i * 160, True, [b"\xd5" * 160], 160) for i in range(50)])
    assert [piece.key for piece in made] == [True] * 10
    assert {piece.duration for piece in made} == {800}


def test_times_that_do_not_rise_are_refused() -> None:
    writer = PieceWriter(VIDEO_ONLY)
    writer.push(frame(3600, key=True))
    with pytest.raises(ValueError, match="does not rise"):
        writer.push(frame(3600))
