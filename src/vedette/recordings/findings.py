"""What `check` can find, in words. A finding's code is stable: scripts and the UI's texts are keyed by it."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Code(StrEnum):
    """Kinds of disagreement."""

    VOLUME = "volume.unusable"
    MISSING = "file.missing"
    ORPHAN = "file.orphan"
    EMPTY = "file.empty"
    FOREIGN = "file.foreign"
    UNFINISHED = "file.unfinished"
    SIZE = "file.size"
    UNREADABLE = "file.unreadable"
    HOLES = "file.holes"
    HASH = "file.hash"
    METADATA = "row.metadata"
    CONTENT = "row.content"
    GROUPS = "row.groups"
    OPEN = "row.open"
    OVERLAP = "row.overlap"
    USAGE = "usage.drift"
    GARBAGE = "garbage.left"
    INIT = "init.damaged"


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about a finding, and whether `--repair` does it. A `note` is good to know, and nothing is wrong."""

    remedy: str
    mends: bool = True
    note: bool = False


ADVICE: dict[Code, Advice] = {
    Code.VOLUME: Advice("Bring the volume back and check again; what is on it was not looked at.", mends=False),
    Code.MISSING: Advice("Restore the file from a copy, or let --repair take the row out and record the gap."),
    Code.ORPHAN: Advice(
        "--repair adds a row for it. Of a camera that is not in the index, `vedette reindex` makes one."
    ),
    Code.EMPTY: Advice("--repair deletes it: a recorder was killed before there was anything in it."),
    Code.FOREIGN: Advice("Vedette leaves it alone. Move it elsewhere if it is not wanted.", mends=False, note=True),
    Code.UNFINISHED: Advice("--repair finishes the file: it keeps every whole part."),
    Code.SIZE: Advice("--repair takes over what the file says. Look for the cause: files do not change by themselves."),
    Code.UNREADABLE: Advice("Restore the file from a copy. --repair marks the recording, if any, as damaged."),
    Code.HOLES: Advice("Restore the file from a copy, and look at the disk. --repair marks the recording as damaged."),
    Code.HASH: Advice("The footage is not what was recorded: restore it from a copy. --repair marks it as damaged."),
    Code.METADATA: Advice("--repair takes the row out and adds the one that belongs to the file."),
    Code.CONTENT: Advice("--repair takes over what the file says."),
    Code.GROUPS: Advice("--repair reads them from the file again."),
    Code.OPEN: Advice("--repair finishes the file. A recorder that starts does it as well."),
    Code.OVERLAP: Advice("Nothing is wrong with the footage: the camera's clock was set back.", mends=False, note=True),
    Code.USAGE: Advice("--repair counts again."),
    Code.GARBAGE: Advice("--repair deletes the files. The worker does it as well; look whether it runs."),
    Code.INIT: Advice("--repair takes it from one of the files."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement. `thing` is what it is about (a path, a volume, a stream), `explanation` a sentence. `lost`
    says what a repair could not bring back."""

    code: Code
    thing: str
    explanation: str
    repaired: bool = False
    lost: str = ""

    @property
    def remedy(self) -> str:
        """What to do, in words."""
        return ADVICE[self.code].remedy

    @property
    def note(self) -> bool:
        """Whether it is only good to know: nobody has to do anything, and `check` ends well."""
        return ADVICE[self.code].note

    def mended(self, lost: str = "") -> "Finding":
        """The same after the repair, with what is gone for good in words."""
        return replace(self, repaired=True, lost=lost)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a check or a reindex is: `done` of about `total` files; `what` is where it is now."""

    done: int
    total: int
    what: str
