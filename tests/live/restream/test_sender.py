"""What one viewer is sent when it does not read, decided without any socket."""

from vedette.live.restream.sender import MAX_WAITING, Sender
from vedette.media.rtsp_server.packets import Numbers, StreamPacker, nal_units, with_parameter_sets
from vedette.media.units import VIDEO, Codec, TimedUnit, Tracks, VideoConfig

SPS, PPS = b"\x67\x42\x00\x1e\xaa", b"\x68\xce\x38\x80"
TRACKS = Tracks(VideoConfig(Codec.H264, (SPS,), (PPS,)))


def packer() -> StreamPacker:
    made = StreamPacker(TRACKS, (Numbers(1, 0xFFFE, 0xFFFF_FF00), Numbers(2, 5, 0)))
    made.begin_run(unit(0), 1_000)
    return made


def unit(number: int, size: int = 100, *, key: bool = False) -> TimedUnit:
    nal = bytes((0x65 if key else 0x41,)) + bytes(size - 1)
    sample = len(nal).to_bytes(4, "big") + nal
    return TimedUnit(VIDEO, number * 3600, number * 3600, key, [sample], len(sample))


def video(written: list[bytes]) -> list[bytes]:
    return [data for data in written if data[1] == 0]


def test_it_begins_with_a_key_frame_and_a_report() -> None:
    written: list[bytes] = []
    source, sender = packer(), None
    sender = Sender(written.append, {VIDEO: 0}, source)
    for number, key in enumerate((False, True, False)):
        packed = source.pack(unit(number, key=key), 1_000 + 40 * number)
        assert packed is not None
        sender.put(packed, 0.0)
    assert written == []  # held
    sender.release(0.0)
    assert [data[1] for data in written] == [1, 0, 0]
    assert sender.dropped == 1
    assert SPS in written[1]


def test_who_reads_nothing_skips_to_a_key_frame_and_keeps_little() -> None:
    written: list[bytes] = []
    source = packer()
    sender = Sender(written.append, {VIDEO: 0}, source)
    sender.release(0.0)
    first = source.pack(unit(0, key=True), 1_000)
    assert first is not None
    sender.put(first, 0.0)
    sender.pause(1.0)
    before = len(written)
    for number in range(1, 100):
        packed = source.pack(unit(number, 100_000, key=number % 60 == 0), 1_000 + 40 * number)
        assert packed is not None
        sender.put(packed, 2.0)
        assert sender._size <= MAX_WAITING
    assert len(written) == before
    assert sender.stuck_s(17.0) == 16.0
    sender.resume(17.0)
    assert sender.stuck_s(17.0) == 0.0
    assert sender.dropped > 0
    resumed = video(written[before:])
    assert SPS in resumed[0]  # a key frame


def test_numbers_wrap_and_time_goes_on_over_runs() -> None:
    source = packer()
    one = source.pack(unit(0, key=True), 1_000)
    two = source.pack(unit(1), 1_040)
    assert one is not None
    assert two is not None
    assert (one.sequence, one.rtp_time) == (0xFFFE, 0xFFFF_FF00)
    assert two.rtp_time == (0xFFFF_FF00 + 3600) & 0xFFFF_FFFF
    # Another run, two seconds later: its own time begins with zero.
    source.begin_run(unit(0, key=True), 3_040)
    three = source.pack(unit(0, key=True), 3_040)
    assert three is not None
    assert (three.rtp_time - two.rtp_time) & 0xFFFF_FFFF == 2 * 90_000
    # A wall clock that went back does not take the time along.
    source.begin_run(unit(0, key=True), 0)
    four = source.pack(unit(0, key=True), 0)
    assert four is not None
    assert 0 < (four.rtp_time - three.rtp_time) & 0xFFFF_FFFF < 90_000


def test_another_channel_changes_nothing_but_the_channel() -> None:
    packed = packer().pack(unit(0, 5000, key=True), 0)
    assert packed is not None
    usual, other = packed.on(0), packed.on(8)
    assert len(usual) == len(other)
    at = 0
    while at < len(usual):
        assert (usual[at], usual[at + 1], other[at + 1]) == (0x24, 0, 8)
        length = int.from_bytes(usual[at + 2 : at + 4], "big")
        assert usual[at + 2 : at + 4 + length] == other[at + 2 : at + 4 + length]
        at += 4 + length


def test_parameter_sets_stand_behind_the_delimiter() -> None:
    config = TRACKS.video
    assert config is not None
    assert with_parameter_sets(config, [b"\x09\xf0", b"\x65"]) == [b"\x09\xf0", SPS, PPS, b"\x65"]
    assert with_parameter_sets(config, [b"\x65"]) == [SPS, PPS, b"\x65"]


def test_a_sample_that_is_none_is_refused() -> None:
    for sample in (b"\0\0\0", b"\0\0\0\x05abc", b"\0\0\0\x01aXY"):
        try:
            nal_units(sample)
        except ValueError:
            continue
        raise AssertionError(sample)
