"""RTP headers, sequence numbers and the statistics of receiver reports."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.rtp_packets import RtpSender, read_frames
from tests.support.rtsp_viewer import RememberingSink
from vedette.media.rtsp import rtcp
from vedette.media.rtsp.audio import PacketAudioReceiver
from vedette.media.rtsp.rtp import MAX_DROPOUT, MAX_MISORDER, payload_span
from vedette.media.units import AUDIO, AudioConfig, Codec, Tracks


class Line:
    """A sender and a receiver that gives its payloads as they are."""

    def __init__(self, sequence: int = 0) -> None:
        self.sink = RememberingSink()
        self.sink.on_tracks(Tracks(None, AudioConfig(Codec.PCMA, 8000, 1)))
        self.receiver = PacketAudioReceiver(8, 8000, self.sink)
        self.rtp = RtpSender(payload_type=8, sequence=sequence)

    def receive(self, *frames: bytes) -> None:
        read_frames([self.receiver], b"".join(frames))

    def send(self, count: int = 1) -> None:
        self.receive(*(self.rtp.frame(b"x", 0) for _ in range(count)))

    @property
    def payloads(self) -> list[bytes]:
        return [b"".join(unit.chunks) for unit in self.sink.units]


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.mark.parametrize(
    ("first", "extra", "payload"),
    [
        (0x80, b"", b"data"),
        (0x82, b"12345678", b"data"),  # two contributing sources
        (0x90, b"\xbe\xde\x00\x01abcd", b"data"),  # header extension
        (0x91, b"1234\xbe\xde\x00\x00", b"data"),
        (0xA0, b"", b"data\x00\x00\x03"),  # padding
        (0xB1, b"1234\xbe\xde\x00\x01abcd", b"data\x01"),
    ],
)
def test_everything_around_the_payload_goes(line: Line, first: int, extra: bytes, payload: bytes) -> None:
    line.receive(line.rtp.frame(payload, 0, first=first, extra=extra))
    assert line.payloads == [b"data"]


@pytest.mark.parametrize(
    ("first", "body"),
    [
        (0x8F, b"123"),
        (0x90, b"\x00\x00"),
        (0x90, b"\x00\x00\xff\xff1"),
        (0xA0, b"abc\xff"),
        (0xA0, b""),
        (0xA0, b"ab\x03"),
    ],
)
def test_headers_that_run_out_of_the_packet(line: Line, first: int, body: bytes) -> None:
    line.receive(line.rtp.frame(body, 0, first=first))
    assert line.payloads == []
    assert line.receiver.received == 1


@given(st.integers(0, 255), st.binary(max_size=40))
def test_the_payload_is_always_inside_the_packet(first: int, body: bytes) -> None:
    data = bytes(16) + body
    start, stop = payload_span(data, 16, len(data), first << 8)
    assert 0 <= start <= len(data)
    assert stop <= len(data)
    assert start <= stop


def test_numbers_wrap(line: Line) -> None:
    line.rtp.sequence = 0xFFFE
    line.send(4)
    assert (line.receiver.received, line.receiver.lost, line.sink.lost) == (4, 0, [])
    block = line.receiver.report_block(0.0)
    assert block is not None
    assert block.highest_sequence == 0x10001


def test_gaps_are_counted(line: Line) -> None:
    line.send(2)
    line.rtp.lose(5)
    line.send(3)
    assert line.sink.lost == [(AUDIO, 5)]
    block = line.receiver.report_block(0.0)
    assert block is not None
    assert (block.lost, block.fraction_lost, block.highest_sequence) == (5, 128, 9)
    line.send(1)
    later = line.receiver.report_block(0.0)
    assert later is not None
    assert (later.lost, later.fraction_lost) == (5, 0)


def test_duplicates_and_late_packets_are_dropped(line: Line) -> None:
    line.send(2)
    line.rtp.sequence = 0
    line.send(2)
    assert len(line.payloads) == 2
    line.send(1)
    assert len(line.payloads) == 3
    assert line.sink.lost == []


@pytest.mark.parametrize("jump", [MAX_DROPOUT, 30_000, 0x10000 - MAX_MISORDER])
def test_a_far_jump_is_a_restart(line: Line, jump: int) -> None:
    line.send(2)
    line.rtp.lose(jump)
    line.send(3)
    assert len(line.payloads) == 5
    assert line.sink.lost == [(AUDIO, 1)]
    block = line.receiver.report_block(0.0)
    assert block is not None
    assert block.highest_sequence & 0xFFFF == 2 + jump + 2 & 0xFFFF


def test_a_new_source_starts_anew(line: Line) -> None:
    line.send(2)
    line.rtp.ssrc, line.rtp.sequence = 5, 40_000
    line.send(2)
    assert len(line.payloads) == 4
    assert line.receiver.ssrc == 5
    assert line.sink.lost == []


def test_other_payload_types_are_numbered_but_not_read(line: Line) -> None:
    line.send()
    line.rtp.payload_type = 13  # comfort noise
    line.send()
    line.rtp.payload_type = 8
    line.send()
    assert (len(line.payloads), line.sink.lost) == (2, [])


def test_jitter_follows_rfc_3550(line: Line) -> None:
    for number, late_s in enumerate((0.0, 0.016, 0.0)):
        line.receiver.observe(number * 160, number * 0.02 + late_s)
    assert line.receiver.jitter_s == pytest.approx((0.016 / 16) + (0.016 - 0.016 / 16) / 16)


def sender_report(seconds: int, fraction: int, ticks: int, ssrc: int = 1) -> bytes:
    return struct.pack(">BBHIIIIII", 0x80, 200, 6, ssrc, seconds, fraction, ticks, 10, 1000)


def test_a_sender_report() -> None:
    data = b"--" + sender_report(2_208_988_800 + 1_700_000_000, 1 << 31, 77) + bytes((0x81, 203, 0, 1, 0, 0, 0, 1))
    report, bye = rtcp.parse(data, 2, len(data))
    assert report == rtcp.SenderInfo(
        1, 1_700_000_000_500.0, (1_700_000_000 + 2_208_988_800 & 0xFFFF) << 16 | 0x8000, 77
    )
    assert bye == rtcp.Bye(1)


def test_clocks_of_senders() -> None:
    none = rtcp.parse(sender_report(0, 0, 5), 0, 28)[0]
    assert isinstance(none, rtcp.SenderInfo)
    assert none.ntp_ms is None
    after_2036 = rtcp.parse(sender_report(100, 0, 5), 0, 28)[0]
    assert isinstance(after_2036, rtcp.SenderInfo)
    assert after_2036.ntp_ms == 2_085_978_596_000.0


def test_a_receiver_report_as_it_goes_out() -> None:
    packet = rtcp.receiver_report(9, rtcp.ReportBlock(1, 128, 5, 0x10003, 42, 0x12345678, 0.5))
    assert len(packet) % 4 == 0
    assert struct.unpack(">BBHIIIIIII", packet[:32]) == (
        *(0x81, 201, 7, 9, 1),
        *(128 << 24 | 5, 0x10003, 42, 0x12345678, 32768),
    )
    assert packet[32:34] == b"\x81\xca"
    assert packet[40:49] == b"\x01\x07vedette"[:9]
    assert len(packet) == 32 + 4 * (int.from_bytes(packet[34:36], "big") + 1)


@given(st.binary(max_size=100))
def test_any_bytes_are_read_as_rtcp_without_harm(data: bytes) -> None:
    rtcp.parse(data, 0, len(data))
    rtcp.parse(b"\x80\xc8\x00\x06" + data, 0, len(data) + 4)
