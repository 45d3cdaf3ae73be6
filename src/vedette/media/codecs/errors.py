"""The one error of everything that reads media bytes."""


class BadMedia(ValueError):  # noqa: N818 - it is a verdict on the input, as `ValueError` is
    """Media bytes that break the rules of their format, or a bound of ours. The text names the structure at fault."""
