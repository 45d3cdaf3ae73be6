"""Exponential backoff with jitter."""

import random
from dataclasses import dataclass, field


@dataclass(slots=True)
class Backoff:
    """Delays that double from `first_s` to `limit_s`, each shortened by up to half at random so that many cameras
    behind one dead switch do not come back in step.

    Call `reset()` after a good run.
    """

    first_s: float = 0.5
    limit_s: float = 30.0
    rng: random.Random = field(default_factory=random.Random)
    attempts: int = 0

    def next_s(self) -> float:
        """The delay before the next attempt, seconds."""
        ceiling = min(self.limit_s, self.first_s * 2.0 ** min(self.attempts, 30))
        self.attempts += 1
        return ceiling * (0.5 + self.rng.random() / 2)

    def reset(self) -> None:
        """The next delay is the first one again."""
        self.attempts = 0
