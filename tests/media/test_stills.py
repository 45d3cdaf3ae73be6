"""Pictures out of real parts, judged by decoding them again."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import av
import numpy as np
import pytest

from tests.media.encode import EncodedVideo, encode_audio, encode_video
from tests.media.files import make_parts
from vedette.media import stills
from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4.init import build_init
from vedette.media.stills import decode_frames, jpeg
from vedette.media.units import Codec, Tracks


def _media(clip: EncodedVideo) -> tuple[bytes, list[bytes]]:
    tracks = Tracks(clip.config)
    return build_init(tracks).data, [part.data for part in make_parts(tracks, clip.units)]


def _decoded(picture: bytes) -> av.VideoFrame:
    assert picture.startswith(b"\xff\xd8")
    assert picture.endswith(b"\xff\xd9")
    with av.open(BytesIO(picture), "r") as container:
        return next(container.decode(video=0))


def _grey(frame: av.VideoFrame) -> "np.ndarray[tuple[int, ...], np.dtype[np.int32]]":
    return frame.reformat(format="gray").to_ndarray().astype(np.int32)


@pytest.mark.parametrize("codec", [Codec.H264, Codec.H265])
def test_the_key_frame_as_it_was(codec: Codec) -> None:
    init, parts = _media(encode_video(codec, width=640, height=360))
    picture = _decoded(jpeg(init, parts[0], quality=95))
    assert (picture.width, picture.height) == (640, 360)
    original = next(decode_frames(init, parts[0]))
    assert np.abs(_grey(picture) - _grey(original)).mean() < 4


@pytest.mark.parametrize(("width", "expected"), [(320, (320, 180)), (321, (320, 180)), (9999, (640, 360)), (1, (2, 2))])
def test_width_only_makes_it_smaller(width: int, expected: tuple[int, int]) -> None:
    init, parts = _media(encode_video(width=640, height=360))
    picture = _decoded(jpeg(init, parts[0], width))
    assert (picture.width, picture.height) == expected


def test_samples_that_are_not_square_are_made_square() -> None:
    init, parts = _media(encode_video(width=352, height=288, extra=":sar=12/11"))
    picture = _decoded(jpeg(init, parts[0]))
    assert (picture.width, picture.height) == (384, 288)


@pytest.mark.parametrize("b_frames", [0, 3])
def test_an_instant_between_key_frames(b_frames: int) -> None:
    clip = encode_video(b_frames=b_frames)
    init, parts = _media(clip)
    frames = list(decode_frames(init, b"".join(parts)))
    shown = sorted(unit.pts_ticks for unit in clip.units)
    assert [frame.pts for frame in frames] == shown
    for index in (0, 7, 30, 49):
        picture = _decoded(jpeg(init, b"".join(parts), quality=95, at_ticks=shown[index] + 100))
        distances = [np.abs(_grey(picture) - _grey(frame)).mean() for frame in frames]
        assert int(np.argmin(distances)) == index


def test_before_the_first_frame_it_is_the_first() -> None:
    init, parts = _media(encode_video())
    assert jpeg(init, parts[0], at_ticks=-5) == jpeg(init, parts[0])


def test_quality() -> None:
    init, parts = _media(encode_video(width=640, height=360))
    sizes = [len(jpeg(init, parts[0], quality=quality)) for quality in (1, 100)]
    assert sizes[0] < sizes[1]


def test_many_threads_at_once() -> None:
    init, parts = _media(encode_video())
    expected = jpeg(init, parts[0])
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: jpeg(init, parts[0]), range(32))) == {expected}


def test_what_holds_no_picture() -> None:
    init, parts = _media(encode_video())
    sound = encode_audio(Codec.AAC)
    sound_init = build_init(Tracks(None, sound.config)).data
    sound_parts = make_parts(Tracks(None, sound.config), sound.units)
    for bad_init, bad_parts in ((init, b""), (b"", parts[0]), (init, b"junk" * 100), (sound_init, sound_parts[0].data)):
        with pytest.raises(BadMedia):
            jpeg(bad_init, bad_parts)


def test_input_is_bounded() -> None:
    with pytest.raises(BadMedia):
        jpeg(b"", bytes(stills.MAX_INPUT + 1))
