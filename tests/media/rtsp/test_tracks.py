"""Which tracks of a description are taken, and with which configuration."""

import base64

import pytest

from tests.media.rtsp.nals import H265_PPS, H265_SPS_360, H265_VPS, PPS, SPS_360
from tests.support.rtsp_viewer import RememberingSink
from vedette.media.rtsp import sdp
from vedette.media.rtsp.audio import AacReceiver
from vedette.media.rtsp.errors import RtspError
from vedette.media.rtsp.tracks import Plan, plan_tracks
from vedette.media.units import AudioConfig, Codec, EndReason, VideoConfig


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


H264 = (
    "m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\n"
    f"a=fmtp:96 sprop-parameter-sets={b64(SPS_360)},{b64(PPS)}\na=control:v\n"
)
H265 = (
    "m=video 0 RTP/AVP 98\na=rtpmap:98 H265/90000\n"
    f"a=fmtp:98 sprop-vps={b64(H265_VPS)}; sprop-sps={b64(H265_SPS_360)}; sprop-pps={b64(H265_PPS)}\n"
)
AAC = (
    "m=audio 0 RTP/AVP 97\na=rtpmap:97 MPEG4-GENERIC/16000/1\n"
    "a=fmtp:97 streamtype=5;mode=AAC-hbr;config=1408;SizeLength=13;IndexLength=3;IndexDeltaLength=3\na=control:a\n"
)


def planned(text: str) -> Plan:
    return plan_tracks(sdp.parse(text.encode()), RememberingSink())


def test_h264_and_aac() -> None:
    plan = planned(H264 + AAC)
    assert plan.tracks.video == VideoConfig(Codec.H264, (SPS_360,), (PPS,), (), 640, 360)
    assert plan.tracks.audio == AudioConfig(Codec.AAC, 16_000, 1, b"\x14\x08")
    assert (plan.video.control, plan.audio and plan.audio.control) == ("v", "a")
    assert plan.notes == ()


def test_h265() -> None:
    video = planned(H265).tracks.video
    assert video == VideoConfig(Codec.H265, (H265_SPS_360,), (H265_PPS,), (H265_VPS,), 640, 360)
    assert video.complete


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("m=audio 0 RTP/AVP 8\n", AudioConfig(Codec.PCMA, 8000, 1)),
        ("m=audio 0 RTP/AVP 0\n", AudioConfig(Codec.PCMU, 8000, 1)),
        ("m=audio 0 RTP/AVP 99\na=rtpmap:99 PCMU/16000\n", AudioConfig(Codec.PCMU, 16_000, 1)),
        (
            "m=audio 0 RTP/AVP 99\na=rtpmap:99 opus/48000/2\n",
            AudioConfig(Codec.OPUS, 48_000, 2, bytes.fromhex("00020000 0000bb80 000000")),
        ),
        (
            "m=audio 0 RTP/AVP 99\na=rtpmap:99 opus/48000/2\na=fmtp:99 sprop-stereo=0\n",
            AudioConfig(Codec.OPUS, 48_000, 1, bytes.fromhex("00010000 0000bb80 000000")),
        ),
        # The first that we can do is taken, and the way back to the loudspeaker last.
        ("m=audio 0 RTP/AVP 9 8\n", AudioConfig(Codec.PCMA, 8000, 1)),
        ("m=audio 0 RTP/AVP 0\na=sendonly\nm=audio 0 RTP/AVP 8\n", AudioConfig(Codec.PCMA, 8000, 1)),
        ("m=audio 0 RTP/AVP 8\na=inactive\nm=audio 0 RTP/AVP 0\n", AudioConfig(Codec.PCMU, 8000, 1)),
    ],
)
def test_other_audio(section: str, expected: AudioConfig) -> None:
    assert planned(H264 + section).tracks.audio == expected


@pytest.mark.parametrize(
    "section",
    [
        "m=audio 0 RTP/AVP 97\na=rtpmap:97 MP4A-LATM/90000\n",
        "m=audio 0 RTP/AVP 97\na=rtpmap:97 G726-32/8000\n",
        "m=audio 0 RTP/AVP 97\na=rtpmap:97 PCMA/8000/2\n",
        AAC.replace("config=1408;", ""),
        AAC.replace("config=1408", "config=zz"),
        AAC.replace("config=1408", "config=17ffff"),
        AAC.replace("SizeLength=13", "SizeLength=64"),
        AAC.replace("16000", "192000"),
        "m=audio 0 RTP/AVP 97\n",
    ],
)
def test_audio_that_is_not_supported_leaves_the_video(section: str) -> None:
    plan = planned(H264 + section)
    assert plan.audio is None
    assert [note.code for note in plan.notes] == ["audio_unsupported"]


def test_no_audio_is_told() -> None:
    assert [note.code for note in planned(H264).notes] == ["no_audio"]


def test_duration_of_aac_frames_follows_the_configuration() -> None:
    audio = planned(H264 + AAC.replace("16000", "32000").replace("1408", "2c0a8800")).audio
    assert audio is not None
    assert isinstance(audio.receiver, AacReceiver)
    # explicit SBR: frames of 1024 samples of the 16 kHz core are 2048 ticks of the 32 kHz clock
    assert audio.receiver.frame_ticks == 2048


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("m=video 0 RTP/AVP 26\n", "JPEG"),
        ("m=video 0 RTP/AVP 96\na=rtpmap:96 VP8/90000\n", "VP8"),
        ("m=video 0 RTP/AVP 96\n", "unknown format"),
        (H264.replace("sprop", "packetization-mode=2; sprop"), "H264"),
        (AAC, "no video"),
    ],
)
def test_without_usable_video_libav_may_try(text: str, why: str) -> None:
    with pytest.raises(RtspError) as caught:
        planned(text)
    assert caught.value.reason is EndReason.UNSUPPORTED
    assert why in caught.value.message


@pytest.mark.parametrize("sets", ["", "!!!!", b64(b"\x67\x42"), b64(b"\x67" + bytes(30)), "," * 500])
def test_bad_sets_in_the_description_are_left_out(sets: str) -> None:
    text = f"m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\na=fmtp:96 sprop-parameter-sets={sets}\n"
    video = planned(text).tracks.video
    assert video is not None
    assert not video.complete
    assert video.sps == ()
