"""Offers and answers: what browsers send, what they get, and what is refused."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.offers import audio, offer, video
from vedette.core.errors import VedetteError
from vedette.live.whep.answer import Local, Plan, choose, unsendable, write_answer
from vedette.live.whep.offer import MAX_OFFER, parse_offer
from vedette.media.units import AudioConfig, Codec, Tracks, VideoConfig

HIGH = VideoConfig(Codec.H264, sps=(b"\x67\x64\x00\x28\xac",), pps=(b"\x68\xee",))
LOCAL = Local("ufrag", "p" * 22, "sha-256 CD:CD", ["c 1 udp 1 192.0.2.2 5000 typ host"])


def sound(codec: Codec, rate: int = 8_000, channels: int = 1) -> Tracks:
    return Tracks(HIGH, AudioConfig(codec, rate, channels))


def planned(text: str, tracks: Tracks | None = None) -> Plan:
    return choose(parse_offer(text), tracks or Tracks(HIGH), (1111, 2222))


def refusal(text: str, tracks: Tracks | None = None) -> str:
    with pytest.raises(VedetteError) as raised:
        planned(text, tracks)
    assert raised.value.message.endswith(".")
    return raised.value.code


def test_the_camera_s_own_profile_is_chosen_where_it_is_offered() -> None:
    assert planned(offer(video())).video.payload_type == 112
    assert planned(offer(video("0", (102, "42001f"), (106, "42e01f")))).video.payload_type == 102
    baseline = Tracks(VideoConfig(Codec.H264, sps=(b"\x67\x42\xe0\x1f",), pps=(b"\x68",)))
    assert planned(offer(video()), baseline).video.payload_type == 102


def test_an_answer() -> None:
    given = offer(video(), audio(), "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2", bundle="0 1 2")
    parsed = parse_offer(given)
    plan = choose(parsed, sound(Codec.PCMU), (1111, 2222))
    text = write_answer(parsed, plan, LOCAL, session=7)
    head, first, second, third = text.split("m=")
    assert "a=group:BUNDLE 0 1\r\n" in head
    assert first.startswith("video 9 UDP/TLS/RTP/SAVPF 112\r\n")
    assert second.startswith("audio 9 UDP/TLS/RTP/SAVPF 0\r\n")
    assert third.startswith("application 0 UDP/DTLS/SCTP webrtc-datachannel\r\n")
    for line in (
        "a=sendonly",
        "a=rtpmap:112 H264/90000",
        "a=fmtp:112 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=64001f",
        "a=rtcp-fb:112 nack",
        "a=rtcp-fb:112 nack pli",
        "a=rtcp-fb:112 ccm fir",
        "a=ssrc:1111 cname:vedette",
        "a=setup:active",
        "a=candidate:c 1 udp 1 192.0.2.2 5000 typ host",
        "a=end-of-candidates",
    ):
        assert f"{line}\r\n" in first
    assert "goog-remb" not in text
    assert "transport-cc" not in text
    assert "a=rtpmap:0 PCMU/8000\r\n" in second
    assert "a=ssrc:2222 cname:vedette\r\n" in second


def test_a_player_that_insists_on_being_active_is_let() -> None:
    parsed = parse_offer(offer(video()).replace("actpass", "active"))
    text = write_answer(parsed, choose(parsed, Tracks(HIGH), (1, 2)), LOCAL, session=7)
    assert "a=setup:passive\r\n" in text


@pytest.mark.parametrize(
    ("tracks", "payload_type", "says"),
    [
        (sound(Codec.OPUS, 48_000, 2), 111, ""),
        (sound(Codec.PCMU), 0, ""),
        (sound(Codec.PCMA), 8, ""),
        (sound(Codec.AAC, 16_000), None, "AAC"),
        (sound(Codec.PCMA, 16_000), None, "16000"),
        (Tracks(HIGH), None, ""),
    ],
)
def test_sound(tracks: Tracks, payload_type: int | None, says: str) -> None:
    plan = planned(offer(video(), audio()), tracks)
    assert (plan.audio and plan.audio.payload_type) == payload_type
    assert says in plan.silent
    assert bool(plan.silent) == bool(says)


@pytest.mark.parametrize(
    "text",
    [offer(video(), audio(), bundle="0"), offer(video()), offer(video(), audio().replace("recvonly", "sendonly"))],
)
def test_sound_that_can_not_be_taken_is_left_out(text: str) -> None:
    plan = planned(text, sound(Codec.PCMU))
    assert plan.audio is None
    assert "offer" in plan.silent


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "whep.bad_offer"),
        ("hello", "whep.bad_offer"),
        ("v=0\r\nnonsense\r\n", "whep.bad_offer"),
        ("v=0\r\nm=video\r\n", "whep.bad_offer"),
        ("v=0\r\n" + "a=x\r\n" * 3_000, "whep.bad_offer"),
        ("v=0\r\n" + "x" * MAX_OFFER, "whep.bad_offer"),
        ("v=0\r\n" + (video() + "\r\n") * 40, "whep.bad_offer"),
        (offer(video(), video()), "whep.bad_offer"),
        (offer(video(mid="a b")), "whep.bad_offer"),
        (offer(video(), ice=False), "whep.bad_offer"),
        (offer(video(), fingerprint=False), "whep.bad_offer"),
        (offer(), "whep.no_video"),
        (offer(audio("0")), "whep.no_video"),
        (offer(video(direction="sendonly")), "whep.no_video"),
        (offer(video(direction="inactive")), "whep.no_video"),
        (offer(video(mux=False)), "whep.no_video"),
        (offer(video().replace("m=video 9", "m=video 0")), "whep.no_video"),
        (offer(video("0", (96, "VP8"), (98, "VP9"))), "whep.no_h264"),
        (offer(video().replace("packetization-mode=1", "packetization-mode=0")), "whep.no_h264"),
        (offer(video().replace("H264/90000", "H264/x")), "whep.no_h264"),
    ],
)
def test_bad_offers_are_refused(text: str, code: str) -> None:
    assert refusal(text) == code


@given(st.text(max_size=400))
def test_nonsense_is_refused_and_nothing_else(text: str) -> None:
    with contextlib.suppress(VedetteError):
        planned("v=0\n" + text)


@given(st.integers(min_value=0, max_value=3_000), st.text(max_size=8))
def test_a_spoilt_offer_never_fails_otherwise(at: int, put: str) -> None:
    good = offer(video(), audio())
    at %= len(good)
    with contextlib.suppress(VedetteError):
        parsed = parse_offer(good[:at] + put + good[at + len(put) :])
        write_answer(parsed, choose(parsed, sound(Codec.PCMU), (1, 2)), LOCAL, session=1)


@pytest.mark.parametrize(
    ("tracks", "reordered", "code"),
    [
        (Tracks(HIGH), False, None),
        (Tracks(HIGH), True, "whep.b_frames"),
        (Tracks(VideoConfig(Codec.H265, sps=(b"x",), pps=(b"x",), vps=(b"x",))), False, "whep.codec"),
        (Tracks(None, AudioConfig(Codec.OPUS, 48_000, 2)), False, "whep.no_picture"),
    ],
)
def test_what_webrtc_can_not_carry(tracks: Tracks, reordered: bool, code: str | None) -> None:
    error = unsendable(tracks, reordered=reordered)
    assert (error and error.code) == code
