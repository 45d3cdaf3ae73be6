"""The byte stream as a whole: any cut of it gives the same units, and garbage costs no more than it must."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.media.rtsp.nals import H264_CONFIG, H265_CONFIG, PPS, SEI, SPS_360, SPS_720, h265_nal, idr, inter
from tests.support.rtp_packets import RtpSender, interleaved, read_frames
from tests.support.rtsp_viewer import RememberingSink
from vedette.media.rtsp.audio import AacReceiver
from vedette.media.rtsp.errors import RtspError
from vedette.media.rtsp.h264 import H264Receiver
from vedette.media.rtsp.h265 import H265Receiver
from vedette.media.rtsp.interleaved import MAX_GARBAGE, InterleavedReader
from vedette.media.rtsp.messages import Message, Response, ServerRequest
from vedette.media.rtsp.rtp import Receiver
from vedette.media.units import EndReason, Tracks

RESPONSE = b"RTSP/1.0 200 OK\r\nCSeq: 9\r\nContent-Length: 5\r\n\r\n$\x00\x00\x05x"
REQUEST = b"OPTIONS rtsp://c/ RTSP/1.0\r\nCSeq: 1\r\n\r\n"

Seen = tuple[list[tuple[int, int, bool, bytes, bool]], list[tuple[int, int]], list[Message]]


def read(data: bytes, cuts: list[int] | None = None, *, h265: bool = False) -> Seen:
    """Units, losses and messages of a stream with a video track on channel 0 and AAC on channel 2."""
    sink = RememberingSink()
    sink.on_tracks(Tracks(None))
    video: Receiver = H265Receiver(96, H265_CONFIG, sink) if h265 else H264Receiver(96, H264_CONFIG, sink)
    audio = AacReceiver(97, 48_000, sink)
    audio.set_channels(2, 3)
    messages = read_frames([video, audio], data, cuts or [])
    units = [(u.track, u.pts_ticks, u.key, b"".join(u.chunks), u.config is not None) for u in sink.units]
    return units, sink.lost, messages


def camera_stream(pictures: int = 5, *, h265: bool = False) -> list[bytes]:
    """Frames and messages as they come from a camera: changed parameter sets, a gap, other channels, both tracks."""
    video, audio = RtpSender(), RtpSender(2, 97, ssrc=5)
    pieces: list[bytes] = []
    for number in range(pictures):
        if h265:
            nals = [h265_nal(19 if number % 3 == 0 else 1, 700)]
            pieces += video.h265(nals, number * 3600, mtu=200)
        else:
            nals = [SPS_720 if number == 3 else SPS_360, PPS, SEI, idr(900)] if number % 3 == 0 else [inter(500)]
            pieces += video.h264(nals, number * 3600, mtu=200)
        if number == 1:
            del pieces[-2]
        pieces.append(audio.frame(b"\x00\x10\x00\x18abc", number * 1024, marker=True))
        pieces += [interleaved(1, b"\x81\xc8\x00\x00"), interleaved(7, b"something else"), interleaved(0, b"")]
        pieces.append(RESPONSE if number % 2 else REQUEST)
    return pieces


STREAM = b"".join(camera_stream())
STREAM_H265 = b"".join(camera_stream(h265=True))


def test_the_stream_in_one_piece() -> None:
    units, lost, messages = read(STREAM)
    assert [(track, ticks, key, config) for track, ticks, key, _, config in units if not track] == [
        (0, 0, True, False),
        (0, 7200, False, False),
        (0, 10800, True, True),
        (0, 14400, False, False),
    ]
    assert [data for track, _, _, data, _ in units if track] == [b"abc"] * 5
    assert lost == [(0, 1)]
    assert [type(message) for message in messages] == [ServerRequest, Response] * 2 + [ServerRequest]


@pytest.mark.parametrize("h265", [False, True])
def test_every_single_cut_gives_the_same(h265: bool) -> None:
    stream = STREAM_H265 if h265 else STREAM
    whole = _comparable(read(stream, h265=h265))
    for cut in range(1, len(stream), 3):
        assert _comparable(read(stream, [cut], h265=h265)) == whole


def test_byte_by_byte_gives_the_same() -> None:
    assert _comparable(read(STREAM, list(range(1, len(STREAM))))) == _comparable(read(STREAM))


def feed_all(reader: InterleavedReader, blocks: list[bytes]) -> None:
    for block in blocks:
        reader.feed(block, 0.0)


GARBAGE = st.one_of(
    st.binary(max_size=60),
    st.just(b"$"),
    st.just(b"$\x00\xff\xff"),
    st.just(b"RTSP/1"),
    st.just(b"RTSP/1.0 200 OK\r\n\r\n"),
    st.just(b"GET_PARAMETER "),
    st.just(b"$\x00\x00\x0c\x80\x60"),
)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_damage_and_any_cuts_give_the_same_or_the_same_error(data: st.DataObject) -> None:
    h265 = data.draw(st.booleans())
    pieces = camera_stream(h265=h265)
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(pieces) - 1))
        match data.draw(st.integers(0, 3)):
            case 0:
                pieces.insert(at, data.draw(GARBAGE))
            case 1:
                pieces[at] = pieces[at][: data.draw(st.integers(0, len(pieces[at])))]
            case 2:
                position = data.draw(st.integers(0, max(0, len(pieces[at]) - 1)))
                pieces[at] = pieces[at][:position] + data.draw(st.binary(max_size=3)) + pieces[at][position + 1 :]
            case _:
                del pieces[at]
        pieces = pieces or [b""]
    stream = b"".join(pieces)
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=20))
    assert _outcome(stream, cuts, h265) == _outcome(stream, [], h265)


def _outcome(stream: bytes, cuts: list[int], h265: bool) -> object:
    try:
        return _comparable(read(stream, cuts, h265=h265))
    except RtspError as error:
        return error.code


def _comparable(seen: Seen) -> object:
    units, lost, messages = seen
    return units, lost, [(type(message).__name__, message.cseq, message.body) for message in messages]


def test_garbage_between_frames_costs_nothing() -> None:
    pieces = camera_stream(30)  # some of the garbage looks like a frame of 9 KiB: its end must come before it is judged
    units, lost, _ = read(b"".join(pieces))
    for garbage in (b"\x00" * 1000, b"$$$$$$$$", b"$\x00\xff\xff\x01\x02", b"RRRTSP/2.0", b"\x80\x60"):
        found = read(b"".join([*pieces[:9], garbage, *pieces[9:]]))
        assert (found[0], found[1]) == (units, lost)


def test_bytes_lost_in_the_middle_cost_the_units_they_are_in() -> None:
    clean, _, _ = read(STREAM)
    cut = STREAM[:1800] + STREAM[2000:]
    units, lost, _ = read(cut)
    assert lost
    assert len(clean) - 3 <= len(units) < len(clean)


def test_endless_garbage_ends_the_run() -> None:
    sink = RememberingSink()
    sink.on_tracks(Tracks(None))
    reader = InterleavedReader(lambda *_: None, lambda *_: None)
    reader.add(H264Receiver(96, H264_CONFIG, sink))
    block = b"\xff" * (64 * 1024)
    tracemalloc.start()
    with pytest.raises(RtspError, match="belong to nothing") as caught:
        feed_all(reader, [block] * (MAX_GARBAGE // len(block) + 1))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.reason is EndReason.PROTOCOL
    assert peak < 1024 * 1024


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n", "rtsp.http"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "rtsp.not_rtsp"),
        (b"\x15\x03\x03\x00\x02\x02\x46", "rtsp.not_rtsp"),
        (b"220 ftp ready\r\n", "rtsp.not_rtsp"),
    ],
)
def test_other_servers_are_told_apart(said: bytes, code: str) -> None:
    for size in (1, len(said)):
        reader = InterleavedReader(lambda *_: None, lambda *_: None)
        with pytest.raises(RtspError) as caught:
            feed_all(reader, [said[at : at + size] for at in range(0, len(said), size)])
        assert caught.value.code == code


@settings(max_examples=200, deadline=None)
@given(st.lists(st.binary(max_size=400), max_size=10))
def test_any_bytes_are_read_without_harm(blocks: list[bytes]) -> None:
    sink = RememberingSink()
    sink.on_tracks(Tracks(None))
    reader = InterleavedReader(lambda *_: None, lambda *_: None)
    reader.add(H264Receiver(96, H264_CONFIG, sink))
    try:
        feed_all(reader, blocks)
    except RtspError:
        return


@settings(max_examples=300, deadline=None)
@given(
    st.booleans(),
    st.lists(
        st.tuples(st.binary(min_size=0, max_size=40), st.integers(0, 3), st.booleans(), st.integers(0, 2)), max_size=30
    ),
)
def test_any_payloads_give_units_whose_lengths_add_up(h265: bool, packets: list[tuple[bytes, int, bool, int]]) -> None:
    rtp = RtpSender()
    frames = []
    for payload, ticks, marker, lost in packets:
        frames.append(rtp.frame(payload, ticks, marker=marker))
        rtp.lose(max(0, lost - 1))
    units, _, _ = read(b"".join(frames), h265=h265)
    for _, _, _, data, _ in units:
        at = 0
        while at < len(data):
            at += 4 + int.from_bytes(data[at : at + 4], "big")
        assert at == len(data) > 0
