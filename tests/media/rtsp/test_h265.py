"""H.265 over RTP: what differs from H.264."""

import pytest

from tests.media.rtsp.nals import H265_CONFIG, H265_PPS, H265_SPS_720, H265_VPS, h265_nal
from tests.support.decoding import nal_units
from tests.support.rtp_packets import RtpSender, read_frames
from tests.support.rtsp_viewer import RememberingSink
from vedette.media.rtsp.h265 import H265Receiver
from vedette.media.units import Tracks, VideoConfig

TRAIL, RASL, BLA, IDR, CRA, RESERVED_IRAP = 1, 9, 16, 19, 21, 22
AUD = b"\x46\x01\x50"
SEI = b"\x4e\x01\x05\x01\x00\x80"


class Camera:
    """A sender and the receiver behind it."""

    def __init__(self, *, donl: bool = False) -> None:
        self.donl = donl
        self.sink = RememberingSink()
        self.sink.on_tracks(Tracks(H265_CONFIG))
        self.receiver = H265Receiver(96, H265_CONFIG, self.sink, donl=donl)
        self.rtp = RtpSender()

    def receive(self, *frames: bytes) -> None:
        read_frames([self.receiver], b"".join(frames))

    def send(self, nals: list[bytes], ticks: int) -> None:
        self.receive(*self.rtp.h265(nals, ticks, donl=self.donl))

    @property
    def seen(self) -> list[tuple[int, bool, list[bytes]]]:
        return [(unit.pts_ticks, unit.key, nal_units(unit)) for unit in self.sink.units]


@pytest.mark.parametrize("donl", [False, True])
def test_single_and_fragmented_units(donl: bool) -> None:
    camera = Camera(donl=donl)
    pictures = [h265_nal(IDR, 5000), h265_nal(TRAIL, 90), h265_nal(TRAIL, 1401), h265_nal(TRAIL, 2803)]
    for number, picture in enumerate(pictures):
        camera.send([AUD, SEI, picture], number * 3600)
    assert camera.seen == [(number * 3600, not number, [SEI, nal]) for number, nal in enumerate(pictures)]


@pytest.mark.parametrize("donl", [False, True])
def test_aggregates(donl: bool) -> None:
    camera = Camera(donl=donl)
    nals = [SEI, h265_nal(IDR, 30), h265_nal(IDR, 20, first=False)]
    payload = b"\x60\x01"
    for number, nal in enumerate(nals):
        order = b"" if not donl else (b"\x00\x00" if not number else b"\x00")
        payload += order + len(nal).to_bytes(2, "big") + nal
    camera.receive(camera.rtp.frame(payload, 0, marker=True))
    assert camera.seen == [(0, True, nals)]


@pytest.mark.parametrize(
    ("kind", "key"), [(TRAIL, False), (RASL, False), (BLA, True), (IDR, True), (CRA, True), (RESERVED_IRAP, False)]
)
def test_key_frames_are_random_access_pictures(kind: int, key: bool) -> None:
    camera = Camera()
    camera.send([h265_nal(kind)], 0)
    assert [seen_key for _, seen_key, _ in camera.seen] == [key]


def test_changed_sets_come_with_their_key_frame() -> None:
    camera = Camera()
    camera.send([h265_nal(IDR)], 0)
    camera.send([H265_VPS, H265_SPS_720, H265_PPS, h265_nal(IDR, 3000)], 3600)
    first, second = (unit.config for unit in camera.sink.units)
    assert first is None
    assert isinstance(second, VideoConfig)
    assert (second.sps, second.width, second.height) == ((H265_SPS_720,), 1280, 720)


def test_a_gap_costs_the_unit_it_is_in() -> None:
    camera = Camera()
    camera.send([h265_nal(IDR)], 0)
    damaged = camera.rtp.h265([h265_nal(TRAIL, 5000)], 3600)
    del damaged[1]
    camera.receive(*damaged)
    camera.send([h265_nal(TRAIL)], 7200)
    assert [ticks for ticks, _, _ in camera.seen] == [0, 7200]


@pytest.mark.parametrize("payload", [b"\x62\x01", b"\x62\x01\x81", b"\x64\x01abc", b"\x60\x01\x00\x01\x02"])
@pytest.mark.parametrize("donl", [False, True])
def test_payloads_that_make_no_sense_damage_their_unit_only(payload: bytes, donl: bool) -> None:
    camera = Camera(donl=donl)
    camera.receive(*camera.rtp.h265([h265_nal(TRAIL)], 0, donl=donl)[:-1], camera.rtp.frame(payload, 0, marker=True))
    camera.send([h265_nal(TRAIL)], 3600)
    assert 3600 in [ticks for ticks, _, _ in camera.seen]
