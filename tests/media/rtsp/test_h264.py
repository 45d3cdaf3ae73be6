"""H.264 over RTP: units whole and in order, parameter sets, damage."""

import pytest

from tests.media.rtsp.nals import (
    AUD,
    FILLER,
    H264_CONFIG,
    PPS,
    RECOVERY_SEI,
    SEI,
    SPS_360,
    SPS_720,
    idr,
    inter,
    intra,
)
from tests.support.decoding import nal_units
from tests.support.rtp_packets import RtpSender, h264_fragments, read_frames
from tests.support.rtsp_viewer import RememberingSink
from vedette.media.rtsp.errors import RtspError
from vedette.media.rtsp.h264 import H264Receiver, recovers_at_once
from vedette.media.units import VIDEO, Codec, EndReason, Tracks, VideoConfig


class Camera:
    """A sender and the receiver behind it."""

    def __init__(self, config: VideoConfig = H264_CONFIG) -> None:
        self.sink = RememberingSink()
        self.sink.on_tracks(Tracks(config))
        self.receiver = H264Receiver(96, config, self.sink)
        self.rtp = RtpSender()

    def receive(self, *frames: bytes) -> None:
        read_frames([self.receiver], b"".join(frames))

    def send(self, nals: list[bytes], ticks: int) -> None:
        self.receive(*self.rtp.h264(nals, ticks))

    @property
    def seen(self) -> list[tuple[int, bool, list[bytes]]]:
        return [(unit.pts_ticks, unit.key, nal_units(unit)) for unit in self.sink.units]


@pytest.fixture
def camera() -> Camera:
    return Camera()


def test_single_and_fragmented_units(camera: Camera) -> None:
    pictures = [idr(5000), inter(90), inter(1401), inter(2803), b"\x41"]
    for number, picture in enumerate(pictures):
        camera.send([picture], number * 3600)
    # one byte is no slice: nothing says that it is a picture's first
    assert camera.seen == [(number * 3600, not number, [nal]) for number, nal in enumerate(pictures[:4])]
    assert camera.sink.lost == []


def test_delimiters_and_filler_go_messages_stay(camera: Camera) -> None:
    camera.send([AUD, SPS_360, PPS, SEI, idr(), FILLER], 0)
    assert camera.seen == [(0, True, [SEI, idr()])]
    assert camera.sink.units[0].config is None


def test_aggregates(camera: Camera) -> None:
    nals = [SPS_360, PPS, SEI, idr(30)]
    payload = b"\x18" + b"".join(len(nal).to_bytes(2, "big") + nal for nal in nals)
    camera.receive(camera.rtp.frame(payload, 0, marker=True))
    assert camera.seen == [(0, True, [SEI, idr(30)])]


def test_slices_of_one_picture_stay_together(camera: Camera) -> None:
    slices = [idr(2000), idr(2000, first=False), idr(40, first=False)]
    camera.send(slices, 0)
    assert camera.seen == [(0, True, slices)]


def test_a_new_time_stamp_ends_a_unit_without_marker(camera: Camera) -> None:
    camera.receive(camera.rtp.frame(idr(), 0), camera.rtp.frame(inter(), 3600), camera.rtp.frame(inter(), 7200))
    assert [ticks for ticks, _, _ in camera.seen] == [0, 3600]


def test_markers_on_parameter_sets_do_not_split_a_unit(camera: Camera) -> None:
    for nal in (SPS_720, PPS, idr()):
        camera.receive(camera.rtp.frame(nal, 0, marker=True))
    assert camera.seen == [(0, True, [idr()])]
    config = camera.sink.units[0].config
    assert isinstance(config, VideoConfig)
    assert (config.width, config.height) == (1280, 720)


def test_markers_on_every_slice_cost_one_picture_and_are_then_ignored(camera: Camera) -> None:
    slices = [inter(), inter(first=False)]
    for number in range(4):
        for nal in slices:
            camera.receive(camera.rtp.frame(nal, number * 3600, marker=True))
    assert camera.seen == [(0, False, slices[:1]), (3600, False, slices), (7200, False, slices)]


def test_parameter_sets_that_come_with_their_own_time_stamp(camera: Camera) -> None:
    camera.receive(camera.rtp.frame(SPS_720, 0), camera.rtp.frame(PPS, 0), camera.rtp.frame(idr(), 3600, marker=True))
    assert camera.seen == [(3600, True, [idr()])]
    assert camera.sink.units[0].config is camera.receiver.sets.config


def test_first_sets_in_band() -> None:
    camera = Camera(VideoConfig(Codec.H264, (), ()))
    camera.send([SPS_360, PPS, idr()], 0)
    camera.send([SPS_360, PPS, idr()], 3600)
    first, second = (unit.config for unit in camera.sink.units)
    assert first == VideoConfig(Codec.H264, (SPS_360,), (PPS,), (), 640, 360)
    assert second is None


def test_changed_sets_come_with_their_key_frame(camera: Camera) -> None:
    camera.send([idr()], 0)
    camera.send([SPS_720, PPS, idr()], 3600)
    camera.send([inter()], 7200)
    configs = [unit.config for unit in camera.sink.units]
    assert configs == [None, VideoConfig(Codec.H264, (SPS_720,), (PPS,), (), 1280, 720), None]


def test_sets_that_change_between_key_frames_stay_in_band_until_the_next(camera: Camera) -> None:
    other = PPS[:-1] + b"\x88"
    camera.send([idr()], 0)
    camera.send([other, inter()], 3600)
    camera.send([other, inter()], 7200)
    camera.send([idr()], 10800)
    camera.send([other, inter()], 14400)
    assert [nals for _, _, nals in camera.seen] == [[idr()], [other, inter()], [other, inter()], [idr()], [inter()]]
    config = camera.sink.units[3].config
    assert isinstance(config, VideoConfig)
    assert config.pps == (other,)


def test_an_unreadable_set_changes_nothing(camera: Camera) -> None:
    camera.send([b"\x67\x42\x00\x00", PPS, idr()], 0)
    assert camera.sink.units[0].config is None
    assert camera.receiver.sets.config.sps == (SPS_360,)


def test_annex_b_inside_a_parameter_set_payload(camera: Camera) -> None:
    camera.send([SPS_720 + b"\0\0\0\1" + PPS + b"\0\0\1" + idr(40)], 0)
    assert camera.seen == [(0, True, [idr(40)])]
    assert camera.receiver.sets.config.width == 1280


def test_fragmented_parameter_sets(camera: Camera) -> None:
    camera.receive(
        *(camera.rtp.frame(payload, 0) for payload in h264_fragments(SPS_720, 10)),
        *(camera.rtp.frame(payload, 0, marker=True) for payload in [idr()]),
    )
    assert camera.seen == [(0, True, [idr()])]
    assert camera.receiver.sets.config.width == 1280


def test_a_recovery_point_is_a_key_frame_when_its_picture_is_intra(camera: Camera) -> None:
    camera.send([RECOVERY_SEI, intra()], 0)
    camera.send([RECOVERY_SEI, inter()], 3600)  # the begin of a gradual refresh
    camera.send([intra()], 7200)
    assert [key for _, key, _ in camera.seen] == [True, False, False]


@pytest.mark.parametrize(
    ("sei", "expected"),
    [
        (RECOVERY_SEI, True),
        (b"\x06\x06\x01\x42\x80", False),  # recovery_frame_cnt 1
        (b"\x06", False),
        (b"\x06\xff\xff\xff", False),
        (b"\x06\x05\xff", False),
        (b"\x06\x05\x10\x06\x01\xc4", False),
    ],
)
def test_recovery_points(sei: bytes, expected: bool) -> None:
    assert recovers_at_once(sei) is expected


@pytest.mark.parametrize("lost", [0, 1, 2, 3])
def test_a_gap_costs_the_unit_it_is_in(camera: Camera, lost: int) -> None:
    camera.send([idr()], 0)
    damaged = camera.rtp.h264([inter(5000)], 3600)
    assert len(damaged) == 4
    del damaged[lost]
    camera.receive(*damaged)
    camera.send([inter()], 7200)
    assert [ticks for ticks, _, _ in camera.seen] == [0, 7200]
    assert camera.sink.lost == [(VIDEO, 1)]


def test_a_gap_of_whole_units_costs_no_other(camera: Camera) -> None:
    camera.send([idr()], 0)
    camera.rtp.lose(7)
    camera.send([inter(3000)], 7200)
    assert [ticks for ticks, _, _ in camera.seen] == [0, 7200]
    assert camera.sink.lost == [(VIDEO, 7)]


def test_a_unit_that_lost_its_first_slice(camera: Camera) -> None:
    camera.send([idr()], 0)
    camera.rtp.lose()
    camera.send([inter(first=False)], 3600)
    camera.send([inter()], 7200)
    assert [ticks for ticks, _, _ in camera.seen] == [0, 7200]


@pytest.mark.parametrize("lost", [0, 1, 3])
def test_after_a_damaged_key_frame_nothing_comes_before_the_next(camera: Camera, lost: int) -> None:
    damaged = camera.rtp.h264([idr(5000)], 0)
    del damaged[lost]
    camera.receive(*damaged)
    camera.send([inter()], 3600)
    camera.send([idr()], 7200)
    camera.send([inter()], 10800)
    # the loss of the very first packet is not noticed as a gap: it is the start of the stream
    assert camera.seen == [(7200, True, [idr()]), (10800, False, [inter()])]


def test_joining_in_the_middle_of_a_unit(camera: Camera) -> None:
    camera.receive(*camera.rtp.h264([inter(5000)], 0)[2:])
    camera.send([inter()], 3600)
    assert [ticks for ticks, _, _ in camera.seen] == [3600]
    assert camera.sink.lost == []


@pytest.mark.parametrize("payload", [b"\x1c\x85", b"\x19abc", b"\x1dabc", b"\x18\x00\x09\x41", b"\x00abc", b"\x5f"])
def test_payloads_that_make_no_sense_damage_their_unit_only(camera: Camera, payload: bytes) -> None:
    camera.send([idr()], 0)
    camera.receive(camera.rtp.frame(inter(), 3600), camera.rtp.frame(payload, 3600, marker=True))
    camera.send([inter()], 7200)
    assert [ticks for ticks, _, _ in camera.seen] == [0, 7200]


def test_a_fragment_without_its_end_bit_is_whole_when_nothing_was_lost(camera: Camera) -> None:
    first, second = h264_fragments(inter(150), 100)
    second = bytes((second[0], second[1] & 0xBF)) + second[2:]
    camera.receive(camera.rtp.frame(first, 0), camera.rtp.frame(second, 0, marker=True))
    assert camera.seen == [(0, False, [inter(150)])]


def test_a_frame_without_end_ends_the_run(camera: Camera) -> None:
    camera.receive(camera.rtp.frame(b"\x5c\x81\x9a", 0))
    pieces = [camera.rtp.frame(b"\x5c\x01" + bytes(60_000), 0) for _ in range(200)]
    with pytest.raises(RtspError, match="more than 8 MiB") as caught:
        camera.receive(*pieces)
    assert caught.value.reason is EndReason.PROTOCOL


def test_a_frame_of_countless_pieces_ends_the_run(camera: Camera) -> None:
    aggregate = b"\x18" + b"\x00\x02\x41\x9a" * 600
    with pytest.raises(RtspError, match="more than 1024 pieces"):
        camera.receive(*(camera.rtp.frame(aggregate, 0) for _ in range(2)))
