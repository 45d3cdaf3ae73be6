"""Files that nginx sends itself: Vedette decides who may have which bytes, and names the file in `X-Accel-Redirect`.

Only where the settings map the directory of the file to a place of nginx's, and only for what came through a trusted
proxy: from anybody else the header would be an answer without a body.
"""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.types import Scope

from vedette.core.mappings import parse_mapping
from vedette.http.ranges import ByteRange

HANDOVER = "vedette.handover"
# More than that Vedette sends itself: it notices when the caller loses the permission meanwhile, nginx does not.
MOST_BYTES = 64 << 20

# What every server reads in the same way.
_PLAIN_RANGE = re.compile(r"bytes=(\d{1,18})-(\d{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Handover:
    """Which directories nginx has under which locations."""

    places: tuple[tuple[Path, str], ...]

    @staticmethod
    def of(mappings: Iterable[str]) -> "Handover | None":
        """From the settings; None without any."""
        places = [(Path(directory), place) for directory, place in map(parse_mapping, mappings)]
        # The innermost directory first.
        places.sort(key=lambda pair: len(pair[0].parts), reverse=True)
        return Handover(tuple(places)) if places else None

    def address(self, path: Path) -> str | None:
        """The file as nginx knows it, percent-encoded; None where nginx does not have its directory."""
        absolute = path.absolute()
        if ".." in absolute.parts:
            return None
        for directory, place in self.places:
            if absolute.is_relative_to(directory):
                return place + quote(os.fsencode(absolute.relative_to(directory)), safe="/")
        return None


def address_for(scope: Scope, headers: Headers, path: Path | None, span: ByteRange, *, limited: bool) -> str | None:
    """What to name in `X-Accel-Redirect` for `span` of a file that does not change any more; None when Vedette sends
    the bytes. `limited`: the caller may not have all of the file, so how nginx reads the range must be beyond doubt.
    """
    handover = scope.get(HANDOVER)
    if not isinstance(handover, Handover) or path is None or scope["method"] != "GET" or span.length > MOST_BYTES:
        return None
    if limited and not _plain(headers):
        return None
    return handover.address(path)


def _plain(headers: Headers) -> bool:
    found = _PLAIN_RANGE.fullmatch(headers.get("range", ""))
    several = len(headers.getlist("range")) > 1
    return found is not None and int(found[1]) <= int(found[2]) and "if-range" not in headers and not several
