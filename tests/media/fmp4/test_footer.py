"""Head and closing `moov` alone say what reading the whole file says, whatever is in it."""

from itertools import pairwise
from pathlib import Path

import pytest

from tests.media.encode import encode_audio, encode_video
from tests.media.files import write_segment
from vedette.media.codecs.errors import BadMedia
from vedette.media.fmp4 import footer
from vedette.media.fmp4.segment import Finalised, finalise, read_head
from vedette.media.units import Codec

HEAD = 64 << 10


def far(path: Path) -> Finalised:
    """As of a file of which only both ends are read."""
    data, head = path.read_bytes(), read_head(path)
    end = footer.media_end(data[:HEAD], head, len(data))
    return footer.finalised(head, data[end:], end)


@pytest.mark.parametrize("what", ["video", "both", "b-frames", "sound"])
def test_it_is_what_the_whole_file_says(tmp_path: Path, what: str) -> None:
    video = encode_video(seconds=4, b_frames=2 if what == "b-frames" else 0) if what != "sound" else None
    sound = encode_audio(Codec.AAC, seconds=4) if what in ("both", "b-frames", "sound") else None
    path = write_segment(tmp_path / "a.mp4", video, sound).path
    whole = finalise(path)
    assert far(path) == whole
    assert len(whole.index.groups) > 1
    assert all(one.offset + one.length == later.offset for one, later in pairwise(whole.index.groups))


def test_a_file_that_was_not_finished(tmp_path: Path) -> None:
    path = write_segment(tmp_path / "a.mp4", encode_video(seconds=2), None).path
    with pytest.raises(BadMedia, match="not finished"):
        far(path)


def test_where_bytes_were_lost_only_the_whole_file_tells(tmp_path: Path) -> None:
    written = write_segment(tmp_path / "a.mp4", encode_video(seconds=4), None)
    with written.path.open("r+b") as file:
        file.seek(written.offsets[2])
        file.write(b"\0" * 64)
    assert finalise(written.path).lost_bytes > 0
    with pytest.raises(BadMedia, match="lost"):
        far(written.path)


@pytest.mark.parametrize("at", range(8, 4000, 97))
def test_a_damaged_moov_raises_nothing_else(tmp_path: Path, at: int) -> None:
    path = write_segment(tmp_path / "a.mp4", encode_video(seconds=1), None).path
    finalise(path)
    data, head = path.read_bytes(), read_head(path)
    end = footer.media_end(data, head, len(data))
    moov = bytearray(data[end:])
    moov[at % len(moov)] ^= 0xFF
    try:
        footer.finalised(head, bytes(moov), end)
    except BadMedia:
        return
