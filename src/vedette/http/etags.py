"""Edits that don't overwrite each other: the ETag is the version of a row, If-Match names the one that was read."""

from typing import Annotated

from fastapi import Header

from vedette.core.errors import ErrorKind, VedetteError

IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=1000, description="The ETag that was read; answers 412 when it has changed."),
]


def etag(version: int) -> str:
    """The strong entity tag of a row's version."""
    return f'"{version}"'


def expected_versions(if_match: str | None) -> frozenset[int] | None:
    """The versions that If-Match allows (RFC 9110, section 13.1.1); None when any will do.

    Tags that are weak or not ours match nothing, so `If-Match: "x"` gives the empty set.
    """
    if if_match is None or if_match.strip() == "*":
        return None
    tags = (tag.strip() for tag in if_match.split(","))
    return frozenset(
        int(tag[1:-1])
        for tag in tags
        if len(tag) > 2 and tag[0] == tag[-1] == '"' and tag[1:-1].isascii() and tag[1:-1].isdigit()
    )


def check_version(expected: frozenset[int] | None, version: int, what: str) -> None:
    """Raises VedetteError `request.precondition` when `version` of `what` is not an expected one."""
    if expected is not None and version not in expected:
        raise VedetteError(
            ErrorKind.PRECONDITION,
            "request.precondition",
            f"{what} was changed by someone else meanwhile. Load it again and repeat the change.",
        )
