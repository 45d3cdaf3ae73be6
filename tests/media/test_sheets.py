"""Sheets of small pictures out of real parts, judged by decoding them again."""

from io import BytesIO

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.media.encode import EncodedVideo, encode_audio, encode_video
from tests.media.files import make_parts
from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4.init import build_init
from vedette.media.sheets import sheet
from vedette.media.stills import jpeg
from vedette.media.units import Codec, Tracks


def media(clip: EncodedVideo) -> tuple[bytes, list[bytes]]:
    """The init, and the parts that begin with a key frame."""
    tracks = Tracks(clip.config)
    return build_init(tracks).data, [part.data for part in make_parts(tracks, clip.units) if part.key]


def grey(picture: bytes) -> NDArray[np.int32]:
    with av.open(BytesIO(picture), "r") as container:
        return next(container.decode(video=0)).reformat(format="gray").to_ndarray().astype(np.int32)


@pytest.mark.parametrize(("codec", "b_frames"), [(Codec.H264, 0), (Codec.H264, 3), (Codec.H265, 0)])
def test_each_place_has_its_key_frame(codec: Codec, b_frames: int) -> None:
    init, parts = media(encode_video(codec, seconds=7.0, width=640, height=360, b_frames=b_frames))
    made, pictures = sheet(init, parts, width=160, columns=3)
    assert pictures == len(parts) == 7
    whole = grey(made)
    assert whole.shape == (270, 480)
    alone = [grey(jpeg(init, part, 160)) for part in parts]
    for number in range(9):
        row, column = divmod(number, 3)
        tile = whole[row * 90 : row * 90 + 90, column * 160 : column * 160 + 160]
        if number >= len(parts):
            assert tile.mean() < 3
            continue
        apart = [float(np.abs(tile - one).mean()) for one in alone]
        assert int(np.argmin(apart)) == number
        assert apart[number] < 6


def test_what_is_no_picture_stays_black_and_the_others_are_there() -> None:
    init, parts = media(encode_video(seconds=3.0))
    spoilt = parts[1][:-200] + bytes(200)
    made, pictures = sheet(init, [None, parts[0], parts[0], b"nonsense", spoilt, parts[2]], width=160, columns=10)
    whole = grey(made)
    assert whole.shape == (90, 960)
    assert pictures >= 3
    tiles = [whole[:, at : at + 160] for at in range(0, 960, 160)]
    assert tiles[0].mean() < 3
    assert tiles[3].mean() < 3
    assert np.abs(tiles[1] - tiles[2]).mean() < 1
    assert np.abs(tiles[5] - grey(jpeg(init, parts[2], 160))).mean() < 6


def test_samples_that_are_not_square_are_made_square() -> None:
    init, parts = media(encode_video(seconds=1.0, width=352, height=288, extra=":sar=12/11"))
    assert grey(sheet(init, parts, width=160, columns=10)[0]).shape == (120, 160)


def test_without_any_picture_there_is_no_sheet() -> None:
    init, _ = media(encode_video(seconds=1.0))
    with pytest.raises(BadMedia):
        sheet(init, [None, b"", b"nonsense"], width=160, columns=10)
    with pytest.raises(BadMedia):
        sheet(b"no init", [b""], width=160, columns=10)


def test_sound_alone_has_none() -> None:
    sound = encode_audio(Codec.AAC, seconds=1.0)
    with pytest.raises(BadMedia):
        sheet(build_init(Tracks(None, sound.config)).data, [b""], width=160, columns=10)
