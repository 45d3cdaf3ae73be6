"""What commands that look over an installation find."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `level` is ok, note (nothing to do now) or problem."""

    level: str
    subject: str
    message: str
