"""Audio over RTP: one frame per packet, several, and pieces of one."""

import tracemalloc

import pytest

from tests.support.rtp_packets import RtpSender, read_frames
from tests.support.rtsp_viewer import RememberingSink
from vedette.media.rtsp.audio import AacReceiver, PacketAudioReceiver
from vedette.media.units import AUDIO, AudioConfig, Codec, Tracks

CONFIG = AudioConfig(Codec.AAC, 48_000, 1, b"\x11\x88")


class Microphone:
    """A sender and the receiver behind it."""

    def __init__(self) -> None:
        self.sink = RememberingSink()
        self.sink.on_tracks(Tracks(None, CONFIG))
        self.receiver = AacReceiver(97, 48_000, self.sink)
        self.rtp = RtpSender(payload_type=97)

    def send(self, sizes: list[int], data: bytes, ticks: int, *, marker: bool = True) -> None:
        headers = b"".join((size << 3).to_bytes(2, "big") for size in sizes)
        payload = (len(sizes) * 16).to_bytes(2, "big") + headers + data
        read_frames([self.receiver], self.rtp.frame(payload, ticks, marker=marker))

    @property
    def seen(self) -> list[tuple[int, bytes]]:
        assert all(unit.key and unit.track == AUDIO for unit in self.sink.units)
        return [(unit.pts_ticks, b"".join(unit.chunks)) for unit in self.sink.units]


@pytest.fixture
def microphone() -> Microphone:
    return Microphone()


def test_one_frame_per_packet(microphone: Microphone) -> None:
    microphone.send([3], b"abc", 1000)
    microphone.send([2], b"de", 2024)
    assert microphone.seen == [(1000, b"abc"), (2024, b"de")]


def test_several_frames_per_packet(microphone: Microphone) -> None:
    microphone.send([3, 2, 1], b"abcdef", 0xFFFF_FF00)
    assert microphone.seen == [(0xFFFF_FF00, b"abc"), (0x300, b"de"), (0x700, b"f")]


def test_pieces_of_a_frame(microphone: Microphone) -> None:
    for piece in (b"abcd", b"efgh", b"ij"):
        microphone.send([10], piece, 0, marker=piece == b"ij")
    microphone.send([1], b"k", 1024)
    assert microphone.seen == [(0, b"abcdefghij"), (1024, b"k")]


def test_a_frame_that_lost_a_piece_is_not_delivered(microphone: Microphone) -> None:
    microphone.send([10], b"abcd", 0)
    microphone.rtp.lose()
    microphone.send([10], b"ij", 0)
    microphone.send([1], b"k", 1024)
    assert microphone.seen == [(1024, b"k")]
    assert microphone.sink.lost == [(AUDIO, 1)]


@pytest.mark.parametrize(
    "payload",
    [b"", b"\x00", b"\x00\x10", b"\xff\xff\x00\x08a", b"\x00\x10\x00\x00a", b"\x00\x20\x00\x08\xff\xf8a", b"\x00\x00a"],
)
def test_payloads_that_make_no_sense(microphone: Microphone, payload: bytes) -> None:
    read_frames([microphone.receiver], microphone.rtp.frame(payload, 0))
    microphone.send([1], b"k", 1024)
    assert microphone.seen[-1] == (1024, b"k")
    assert len(microphone.seen) <= 2


def test_empty_pieces_are_not_collected(microphone: Microphone) -> None:
    microphone.send([10], b"abcd", 0)
    tracemalloc.start()
    for _ in range(20_000):
        microphone.send([10], b"", 0)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100_000
    microphone.send([10], b"efghij", 0)
    assert microphone.seen == [(0, b"abcdefghij")]


def test_other_header_sizes() -> None:
    sink = RememberingSink()
    sink.on_tracks(Tracks(None, CONFIG))
    receiver = AacReceiver(97, 16_000, sink, size_bits=6, index_bits=2, delta_bits=2, frame_ticks=960)
    rtp = RtpSender(payload_type=97)
    read_frames([receiver], rtp.frame(b"\x00\x10" + bytes((3 << 2, 2 << 2)) + b"abcde", 0))
    assert [(unit.pts_ticks, unit.chunks) for unit in sink.units] == [(0, [b"abc"]), (960, [b"de"])]


def test_a_packet_of_g711_or_opus_is_a_unit() -> None:
    sink = RememberingSink()
    sink.on_tracks(Tracks(None, AudioConfig(Codec.PCMA, 8000, 1)))
    receiver = PacketAudioReceiver(8, 8000, sink)
    rtp = RtpSender(payload_type=8)
    read_frames([receiver], rtp.frame(b"a" * 160, 160) + rtp.frame(b"", 320) + rtp.frame(b"b" * 160, 480))
    assert [(unit.pts_ticks, unit.size, unit.track) for unit in sink.units] == [(160, 160, AUDIO), (480, 160, AUDIO)]
