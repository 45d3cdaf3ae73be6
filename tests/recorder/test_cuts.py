"""What the log says of a file that ended."""

from dataclasses import replace

import pytest

from tests.recorder.test_pipeline import TRACKS, VIDEO_CONFIG, silent_sps
from vedette.media.units import AudioConfig, Codec, Tracks
from vedette.recorder.cuts import what_changed

OTHER_SIZE = replace(VIDEO_CONFIG, sps=(silent_sps(),))
ULAW = AudioConfig(Codec.PCMU, 8000, 1)


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        (replace(TRACKS, video=OTHER_SIZE), "The camera changed its picture from H.264 1280x720 to H.264 320x240."),
        (
            replace(TRACKS, audio=ULAW),
            "The camera changed its sound from AAC 48000 Hz 1 ch to G.711 u-law 8000 Hz 1 ch.",
        ),
        (
            Tracks(OTHER_SIZE),
            "The camera changed its picture from H.264 1280x720 to H.264 320x240"
            " and its sound from AAC 48000 Hz 1 ch to none.",
        ),
        (
            replace(TRACKS, video=replace(VIDEO_CONFIG, codec=Codec.H265, sps=(b"\x01",))),
            "The camera changed its picture from H.264 1280x720 to H.265.",
        ),
        (
            replace(TRACKS, video=replace(VIDEO_CONFIG, pps=(b"\x68\x01",))),
            "The camera changed its parameter sets (H.264 1280x720).",
        ),
    ],
)
def test_a_change_is_named(after: Tracks, sentence: str) -> None:
    assert what_changed(TRACKS, after) == sentence
