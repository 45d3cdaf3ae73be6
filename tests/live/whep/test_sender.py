"""What one viewer is sent, packet by packet."""

import struct

from vedette.live.whep.sender import HISTORY, REPEATED_BYTES_S, TrackSender


def sender(sequence: int = 10) -> tuple[TrackSender, list[bytes]]:
    sent: list[bytes] = []
    return TrackSender(sent.extend, 0xABCD, 102, 90_000, sequence), sent


def test_headers() -> None:
    track, sent = sender()
    track.frame([b"one", b"two"], (1 << 32) + 5)
    track.frame([b"three"], (1 << 32) + 95)
    heads = [struct.unpack(">BBHII", packet[:12]) for packet in sent]
    assert heads == [
        (0x80, 102, 10, 5, 0xABCD),
        (0x80, 102 | 0x80, 11, 5, 0xABCD),
        (0x80, 102 | 0x80, 12, 95, 0xABCD),
    ]
    assert [packet[12:] for packet in sent] == [b"one", b"two", b"three"]


def test_what_got_lost_is_sent_again_as_it_was() -> None:
    track, sent = sender(0xFFFE)
    track.frame([b"a", b"b", b"c"], 0)
    assert [packet[2:4] for packet in sent] == [b"\xff\xfe", b"\xff\xff", b"\x00\x00"]
    before = list(sent)
    sent.clear()
    track.repeat([0xFFFF, 0], 1.0)
    assert sent == before[1:]
    assert (track.counts.repeated, track.counts.gone) == (2, 0)


def test_what_is_too_old_is_not() -> None:
    track, sent = sender()
    for number in range(HISTORY + 1):
        track.frame([b"%d" % number], number)
    sent.clear()
    track.repeat([10, 11, 5_000], 1.0)
    assert [packet[12:] for packet in sent] == [b"1"]
    assert track.counts.gone == 2


def test_repeating_has_a_limit() -> None:
    track, sent = sender(0)
    track.frame([bytes(1200)] * 1000, 0)
    sent.clear()
    for _ in range(10):
        track.repeat(range(1000), 1.0)
    assert sum(map(len, sent)) <= REPEATED_BYTES_S
    before = len(sent)
    track.repeat(range(1000), 1.5)
    assert len(sent) > before
    assert sum(map(len, sent)) <= 1.5 * REPEATED_BYTES_S


def test_reports_count_what_was_sent() -> None:
    track, _ = sender()
    track.frame([b"12345", b"67890"], 0)
    report = track.report(1_700_000_000_000.0)
    assert len(report) % 4 == 0
    kind, words, ssrc = struct.unpack(">xBHI", report[:8])
    assert (kind, words, ssrc) == (200, 6, 0xABCD)
    assert struct.unpack(">II", report[20:28]) == (2, 10)
    assert b"vedette" in report[28:]
