"""Sentences and figures for people."""

import pytest

from vedette.core.words import bit_rate, count, frame_rate, sentences


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        (("Nothing answers at 10.0.0.2:8999.", "Check the port"), "Nothing answers at 10.0.0.2:8999. Check the port."),
        (("Nothing answers at 10.0.0.2:8999", "Check the port."), "Nothing answers at 10.0.0.2:8999. Check the port."),
        (("It is full..", " Make room. "), "It is full. Make room."),
        (("", "Only this", "  ", "."), "Only this."),
        (("Really?", "Yes!", "And so on...", "…"), "Really? Yes! And so on... …"),
        (("", ""), ""),
    ],
)
def test_sentences(texts: tuple[str, ...], joined: str) -> None:
    assert sentences(*texts) == joined


def test_count() -> None:
    assert [count(number, "finding") for number in (0, 1, 2)] == ["0 findings", "1 finding", "2 findings"]
    assert [count(number, "entry", "entries") for number in (1, 2)] == ["1 entry", "2 entries"]


@pytest.mark.parametrize(
    ("bits", "words"),
    [
        (0, "0 kb/s"),
        (640_400, "640 kb/s"),
        (999_900, "1.0 Mb/s"),
        (4_096_000, "4.1 Mb/s"),
        (10_000_000, "10 Mb/s"),
        (12_340_000, "12.3 Mb/s"),
        (123_400_000, "123 Mb/s"),
    ],
)
def test_bit_rates(bits: float, words: str) -> None:
    assert bit_rate(bits) == words


@pytest.mark.parametrize(("fps", "words"), [(25.04, "25 fps"), (12.5, "12.5 fps"), (29.97, "30 fps"), (0.5, "0.5 fps")])
def test_frame_rates(fps: float, words: str) -> None:
    assert frame_rate(fps) == words
