"""Payloads: what RFC 6184 asks for, judged by an independent depacketiser and by hand."""

import random
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.live.whep.packets import MAX_PAYLOAD, audio_payloads, video_payloads
from vedette.media.units import Codec

SPS, PPS = b"\x67\x64\x00\x28\xac", b"\x68\xee\x3c\x80"


def sample(*units: bytes) -> bytes:
    return b"".join(struct.pack(">I", len(unit)) + unit for unit in units)


def unpacked(payloads: list[bytes]) -> list[bytes]:
    """The NAL units, as a receiver puts them together."""
    units: list[bytes] = []
    for payload in payloads:
        kind = payload[0] & 31
        if kind == 24:
            at = 1
            while at < len(payload):
                (length,) = struct.unpack_from(">H", payload, at)
                units.append(payload[at + 2 : at + 2 + length])
                at += 2 + length
        elif kind == 28:
            if payload[1] & 0x80:
                units.append(bytes((payload[0] & 0xE0 | payload[1] & 31,)))
            units[-1] += payload[2:]
        else:
            units.append(payload)
    return units


def test_a_small_picture_is_a_packet() -> None:
    assert video_payloads(sample(b"\x41abc"), ()) == [b"\x41abc"]


def test_a_key_frame_begins_with_its_parameter_sets_together() -> None:
    first, second = video_payloads(sample(b"\x65abc"), (SPS, PPS))
    assert first == b"\x78" + struct.pack(">H", len(SPS)) + SPS + struct.pack(">H", len(PPS)) + PPS
    assert second == b"\x65abc"


def test_what_the_camera_repeats_is_left_out() -> None:
    units = (b"\x09\xf0", SPS, PPS, b"\x06sei", b"\x65abc", b"\x0c\xff\xff\x80")
    assert unpacked(video_payloads(sample(*units), (SPS, PPS))) == [SPS, PPS, b"\x06sei", b"\x65abc"]


@pytest.mark.parametrize("size", [MAX_PAYLOAD - 1, MAX_PAYLOAD, MAX_PAYLOAD + 1, 2 * MAX_PAYLOAD - 3, 5000, 180_000])
def test_a_large_slice_is_fragmented(size: int) -> None:
    unit = b"\x65" + random.Random(size).randbytes(size - 1)
    payloads = video_payloads(sample(unit), ())
    assert all(len(payload) <= MAX_PAYLOAD for payload in payloads)
    assert unpacked(payloads) == [unit]
    if size > MAX_PAYLOAD:
        flags = [payload[1] & 0xC0 for payload in payloads]
        assert flags == [0x80, *[0] * (len(payloads) - 2), 0x40]
        assert all(payload[0] == 0x7C for payload in payloads)


@pytest.mark.parametrize(
    "bad", [b"", b"\x00", b"\x00\x00\x00\x09\x65ab", b"\x00\x00\x00\x00", struct.pack(">I", 0xFFFF_FFFF) + b"abc"]
)
def test_a_torn_sample_gives_nothing(bad: bytes) -> None:
    assert video_payloads(bad, (SPS, PPS)) == []


@given(st.lists(st.binary(min_size=1, max_size=4000), min_size=1, max_size=8))
def test_whatever_goes_in_comes_out(bodies: list[bytes]) -> None:
    units = [b"\x41" + body for body in bodies]
    payloads = video_payloads(sample(*units), ())
    assert all(0 < len(payload) <= MAX_PAYLOAD for payload in payloads)
    assert unpacked(payloads) == units


@given(st.binary(max_size=300))
def test_nonsense_never_fails(data: bytes) -> None:
    assert all(0 < len(payload) <= MAX_PAYLOAD for payload in video_payloads(data, ()))


def test_parameter_sets_that_fit_no_packet_are_fragmented() -> None:
    huge = b"\x68" + bytes(range(1, 250)) * 8
    payloads = video_payloads(sample(b"\x65abc"), (SPS, huge))
    assert all(len(payload) <= MAX_PAYLOAD for payload in payloads)
    assert unpacked(payloads) == [SPS, huge, b"\x65abc"]


def test_sound() -> None:
    assert audio_payloads(b"opus", Codec.OPUS) == [b"opus"]
    assert audio_payloads(b"", Codec.OPUS) == []
    assert audio_payloads(b"x" * (MAX_PAYLOAD + 1), Codec.OPUS) == []
    pieces = audio_payloads(bytes(1000), Codec.PCMA)
    assert [len(piece) for piece in pieces] == [320, 320, 320, 40]
