"""Sentences and figures as a person reads them. The web UI has the same rules in `web/src/words/format.ts`."""

from collections.abc import Sequence


def sentences(*texts: str) -> str:
    """The texts as sentences of one line: each ends with exactly one full stop (or `!`, `?`, `…`), empty ones are left
    out. What a system or a camera says ends with a full stop or does not; nobody who joins it needs to know."""
    return " ".join(_ended(text.strip()) for text in texts if text.strip(". \n"))


def _ended(text: str) -> str:
    if text.endswith(("!", "?", "…", "...")):
        return text
    return text.rstrip(". ") + "."


def count(number: int, one: str, many: str = "") -> str:
    """`1 file`, `3 files`; `many` where it is not `one` with an s."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(names: Sequence[str]) -> str:
    """`Gate`, `Gate and Yard`, `Gate, Yard and Dock`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def bit_rate(bits_per_second: float) -> str:
    """`4.1 Mb/s`, `640 kb/s`."""
    if bits_per_second < 999_500:
        return f"{bits_per_second / 1000:.0f} kb/s"
    mega = bits_per_second / 1_000_000
    text = f"{mega:.1f}" if mega < 99.95 else f"{mega:.0f}"
    return f"{text.removesuffix('.0') if mega >= 10 else text} Mb/s"


def frame_rate(fps: float) -> str:
    """`25 fps`, `12.5 fps`: whole where it is as good as whole."""
    whole = round(fps)
    return f"{whole} fps" if abs(fps - whole) < 0.25 else f"{fps:.1f} fps"
