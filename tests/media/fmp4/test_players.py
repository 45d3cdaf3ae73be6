"""Files as independent programs see them: ffprobe and ffmpeg, before and after finalising."""

from pathlib import Path

import pytest

from tests.media.encode import EncodedAudio, EncodedVideo, encode_audio, encode_video
from tests.media.files import decode_errors, ffprobe, packets, stream, write_segment
from vedette.media.fmp4.segment import finalise, scan
from vedette.media.units import Codec

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
