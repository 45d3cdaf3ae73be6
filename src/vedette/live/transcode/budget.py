"""How many transcodes may run at once, and what somebody is told who would be one too many. Pure."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.words import listed
from vedette.media.transcode.rungs import LARGEST


@dataclass(frozen=True, slots=True)
class Rules:
    """`limit` 0 turns conversion off. `encoder` is libav's name of the preferred one."""

    limit: int
    max_height: int = LARGEST
    encoder: str | None = None

    @classmethod
    def of(cls, limit: int | None, max_height: int, encoder: str | None) -> Self:
        """The rules of the settings. The limit is by default that of the processors that we may use."""
        return cls(default_limit(len(os.sched_getaffinity(0))) if limit is None else limit, max_height, encoder)


def default_limit(cpus: int) -> int:
    """One for every two processors: recording comes first."""
    return max(1, cpus // 2)


def turned_off(camera: str) -> VedetteError:
    """Conversion is switched off on this server."""
    return VedetteError(
        ErrorKind.UNAVAILABLE,
        "transcode.off",
        f"{camera} can't be converted: that is switched off on this server (`transcodes = 0`). Use the sub-stream, "
        "or another browser.",
    )


def refusal(limit: int, cameras: Sequence[str], others: int) -> VedetteError:
    """All are taken. `cameras` are those of the running ones that the caller may know of, `others` counts the rest."""
    names = sorted(set(cameras))
    if others:
        names.append(("1 other" if others == 1 else f"{others} others") if names else "another stream")
    verb = "is" if limit == 1 else "are"
    return VedetteError(
        ErrorKind.EXHAUSTED,
        "transcode.limit",
        f"{limit} of {limit} transcodes {verb} running, for {listed(names)}. Close one, or choose the original or the "
        "sub-stream.",
    )
