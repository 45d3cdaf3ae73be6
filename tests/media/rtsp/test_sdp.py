"""Session descriptions of real devices, sloppy ones and absurd ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.media.rtsp.errors import RtspError
from vedette.media.rtsp.sdp import MAX_MEDIA, base_url, control_url, parse
from vedette.media.units import EndReason

SETS = b"Z00AKY2NQDwBE/LgLcBAQFAAAD6AAAw1DoYACYFAABfaoXeXGhgAJgUAAF9qhd5cKA==,aO44gAA="
CAMERA = (
    b"""v=0\r
o=- 1109162014219182 1109162014219192 IN IP4 10.0.0.5\r
s=Media Presentation\r
e=NONE\r
b=AS:5100\r
t=0 0\r
a=control:rtsp://10.0.0.5/Streaming/Channels/101/\r
a=recvonly\r
m=video 0 RTP/AVP 96\r
c=IN IP4 0.0.0.0\r
a=control:trackID=1\r
a=rtpmap:96 H264/90000\r
a=fmtp:96 profile-level-id=420029; packetization-mode=1; sprop-parameter-sets="""
    + SETS
    + b"""\r
m=audio 0 RTP/AVP 8\r
a=control:trackID=2\r
m=application 0 RTP/AVP 107\r
a=rtpmap:107 vnd.onvif.metadata/90000\r
"""
)


def test_a_camera() -> None:
    session = parse(CAMERA)
    assert session.name == "Media Presentation"
    assert session.control == "rtsp://10.0.0.5/Streaming/Channels/101/"
    assert [media.kind for media in session.media] == ["video", "audio", "application"]
    assert {media.direction for media in session.media} == {"recvonly"}
    video, audio = session.media[0].formats[0], session.media[1].formats[0]
    assert (video.payload_type, video.encoding, video.clock_rate) == (96, "H264", 90_000)
    assert video.parameters["packetization-mode"] == "1"
    assert video.parameters["sprop-parameter-sets"] == SETS.decode()
    assert (audio.payload_type, audio.encoding, audio.clock_rate) == (8, "PCMA", 8000)


def test_sloppiness_is_read_over() -> None:
    session = parse(
        b"s= x\nm=VIDEO 0 RTP/AVP 96 foo 300 97\na=rtpmap: 96   h264/90000 \na=rtpmap:97 nonsense\nhello\n=\na=fmtp:x\n"
    )
    (media,) = session.media
    assert media.kind == "video"
    assert [form.encoding for form in media.formats] == ["H264"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "names no media"),
        (b"v=0\r\ns=x\r\n", "names no media"),
        (b"<html>not found</html>", "names no media"),
        (b"m=video\n", "incomplete"),
        (b"m=video 0 RTP/AVP 96\na=rtpmap:96 H264/0\n", "clock rate is 0"),
        (b"m=video 0 RTP/AVP 96\na=rtpmap:96 H264/999999999\n", "clock rate is 999999999"),
        (b"m=video 0 RTP/AVP 96\n" * (MAX_MEDIA + 1), "media sections"),
        (b"a=x\n" * 5000, "lines"),
    ],
)
def test_absurd_descriptions_are_refused_with_the_reason(text: bytes, why: str) -> None:
    with pytest.raises(RtspError) as caught:
        parse(text)
    assert caught.value.reason is EndReason.PROTOCOL
    assert why in caught.value.message


@pytest.mark.parametrize(
    ("base", "control", "expected"),
    [
        ("rtsp://c/a/", "trackID=1", "rtsp://c/a/trackID=1"),
        ("rtsp://c/a", "trackID=1", "rtsp://c/a/trackID=1"),
        ("rtsp://c/a?x=1", "trackID=1", "rtsp://c/a?x=1/trackID=1"),
        ("rtsp://c/a", "*", "rtsp://c/a"),
        ("rtsp://c/a", None, "rtsp://c/a"),
        ("rtsp://c/a", "", "rtsp://c/a"),
        ("rtsp://c/a", "rtsp://10.0.0.5/b/1", "rtsp://10.0.0.5/b/1"),
        ("rtsp://c:8554/a/b", "/track1", "rtsp://c:8554/track1"),
    ],
)
def test_control_addresses(base: str, control: str | None, expected: str) -> None:
    assert control_url(base, control) == expected


def test_what_the_base_is() -> None:
    assert base_url("rtsp://c/a", None, None) == "rtsp://c/a"
    assert base_url("rtsp://c/a", "rtsp://c/a/", "rtsp://c/b") == "rtsp://c/a/"
    assert base_url("rtsp://c/a", "/relative", "rtsp://c/b/") == "rtsp://c/b/"


LINES = st.sampled_from(
    [
        "m=video 0 RTP/AVP 96",
        "m=audio 0 RTP/AVP 0 97",
        "a=rtpmap:96 H264/90000",
        "a=fmtp:96 a=b;c",
        "a=control:*",
        "a=",
        "m=",
    ]
)


@given(st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=30))
def test_any_text_gives_a_description_or_our_error(lines: list[str]) -> None:
    try:
        session = parse("\n".join(lines).encode("utf-8", "surrogatepass"))
    except RtspError:
        return
    assert all(form.clock_rate > 0 for media in session.media for form in media.formats)
    for media in session.media:
        control_url("rtsp://cam/path", media.control)
