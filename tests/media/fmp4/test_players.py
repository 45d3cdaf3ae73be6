"""Files as independent programs see them: ffprobe and ffmpeg, before and after finalising."""

import subprocess
from pathlib import Path

import av
import pytest

from tests.media.encode import EncodedAudio, EncodedVideo, encode_audio, encode_video
from tests.media.files import decode_errors, ffprobe, interleave, later_in_the_run, packets, stream, write_segment
from vedette.media.fmp4.segment import finalise, scan
from vedette.media.units import AUDIO, Codec

pytestmark = pytest.mark.ffmpeg


def _video(name: str) -> EncodedVideo | None:
    if name == "none":
        return None
    if name == "h265":
        return encode_video(Codec.H265, seconds=4)
    if name == "h265 reordered":
        return encode_video(Codec.H265, seconds=4, b_frames=2)
    options = {"plain": {}, "reordered": {"b_frames": 2}, "slow": {"fps": 5, "gop": 20}}[name]
    return encode_video(seconds=4, **options)


def _audio(name: str) -> EncodedAudio | None:
    if name == "none":
        return None
    codec, rate, channels = {
        "aac": (Codec.AAC, 48_000, 2),
        "aac 8k": (Codec.AAC, 8000, 1),
        "opus": (Codec.OPUS, 48_000, 1),
        "pcma": (Codec.PCMA, 8000, 1),
        "pcmu": (Codec.PCMU, 16_000, 1),
    }[name]
    return encode_audio(codec, seconds=4, rate=rate, channels=channels)


CASES = [
    ("plain", "aac"),
    ("plain", "none"),
    ("reordered", "aac 8k"),
    ("slow", "opus"),
    ("h265", "pcma"),
    ("h265 reordered", "opus"),
    ("plain", "pcmu"),
    ("none", "aac"),
    ("none", "opus"),
    ("none", "pcma"),
]


@pytest.mark.parametrize(("video_name", "audio_name"), CASES)
def test_every_player_sees_the_same_before_and_after(video_name: str, audio_name: str, tmp_path: Path) -> None:
    video, audio = _video(video_name), _audio(audio_name)
    written = write_segment(tmp_path / "a.mp4", video, audio)
    before = ffprobe(written.path)
    assert decode_errors(written.path) == ""
    finalised = finalise(written.path)
    after = ffprobe(written.path)
    assert decode_errors(written.path) == ""
    assert scan(written.path).finalised
    assert finalised.bytes == written.path.stat().st_size
    assert finalised.frames == (len(video.units) if video else 0)
    if video:
        for probe in (before, after):
            found = packets(probe, "video")
            assert [int(packet["size"]) for packet in found] == [unit.size for unit in video.units]
            distances = [unit.dts_ticks - video.units[0].dts_ticks for unit in video.units]
            assert [int(packet["dts"]) - int(found[0]["dts"]) for packet in found] == distances
            composition = [unit.pts_ticks - unit.dts_ticks for unit in video.units]
            assert [int(packet["pts"]) - int(packet["dts"]) for packet in found] == composition
            assert ["K" in packet["flags"] for packet in found] == [unit.key for unit in video.units]
        assert float(stream(after, "video")["start_time"]) == 0
        assert float(stream(after, "video")["duration"]) == pytest.approx(4.0)
        assert (stream(after, "video")["width"], stream(after, "video")["height"]) == (320, 180)
    if audio:
        samples = len(packets(before, "audio"))
        assert samples == len(packets(after, "audio"))
        if audio.config.codec in (Codec.AAC, Codec.OPUS):
            assert samples == len(audio.units)
        assert int(stream(after, "audio")["sample_rate"]) == audio.config.sample_rate
        assert float(stream(after, "audio")["duration"]) == pytest.approx(4.0, abs=0.2)
    assert after["format"]["tags"]["title"].startswith("front-door main 2026-11-21T12:00:00.123")
    assert after["format"]["tags"]["creation_time"] == "2026-11-21T12:00:00.000000Z"


@pytest.mark.parametrize("codec", [Codec.AAC, Codec.PCMA])
def test_an_open_file_that_is_not_the_first_of_its_run_is_played_whole(codec: Codec, tmp_path: Path) -> None:
    """It keeps the times of its run (docs/decisions/times-in-open-files.md): nothing in its head may cost a player
    sound or seeking, and a plain copy begins at 0."""
    video, audio = encode_video(seconds=4), encode_audio(codec, seconds=4, rate=8000, channels=1)
    units = [later_in_the_run(unit, 8000 if unit.track == AUDIO else 90_000, 900) for unit in interleave(video, audio)]
    written = write_segment(tmp_path / "open.mp4", video, audio, units=units)
    assert float(ffprobe(written.path)["format"]["start_time"]) == pytest.approx(900)
    assert float(ffprobe(written.path)["format"]["duration"]) == pytest.approx(904, abs=0.2)
    with av.open(str(written.path)) as container:  # another FFmpeg than the system's, and a more particular one
        assert sum(frame.samples for frame in container.decode(audio=0)) == pytest.approx(4 * 8000, abs=2048)
        container.seek(902_000_000)
        assert next(container.decode(video=0)).time == pytest.approx(902)
    copy = tmp_path / "copy.mp4"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(written.path), "-c", "copy", "-strict", "-2", str(copy)], check=True
    )
    copied = ffprobe(copy)
    assert float(copied["format"]["start_time"]) == pytest.approx(0, abs=0.01)
    assert float(copied["format"]["duration"]) == pytest.approx(4, abs=0.2)
    assert len(packets(copied, "video")) == len(video.units)
    finalise(written.path)
    assert float(ffprobe(written.path)["format"]["start_time"]) == pytest.approx(0, abs=0.01)
