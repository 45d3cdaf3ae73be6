"""Which files are left to nginx, and under which names."""

from pathlib import Path
from typing import Any

import pytest
from starlette.datastructures import Headers

from vedette.core.mappings import parse_mapping
from vedette.http.handover import HANDOVER, MOST_BYTES, Handover, address_for
from vedette.http.ranges import ByteRange

FOOTAGE = Handover.of(["/srv/v/=/.footage/", "/srv/v/inner=/.inner/", "/mnt/a=b=/x/y/"])


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/srv/v/gate/2026-11-21/14-00-00.mp4", "/.footage/gate/2026-11-21/14-00-00.mp4"),
        ("/srv/v/inner/a.mp4", "/.inner/a.mp4"),
        ("/mnt/a=b/a.mp4", "/x/y/a.mp4"),
        ("/srv/v/a b%2f?c#d;ü\n.mp4", "/.footage/a%20b%252f%3Fc%23d%3B%C3%BC%0A.mp4"),
        ("/srv/v/\udcff.mp4", "/.footage/%FF.mp4"),
        ("/srv/vault/a.mp4", None),
        ("/srv/a.mp4", None),
        ("/srv/v/../a.mp4", None),
        ("/srv/v/x/../../a.mp4", None),
    ],
)
def test_a_file_is_named_as_nginx_has_it(path: str, address: str | None) -> None:
    assert FOOTAGE is not None
    assert FOOTAGE.address(Path(path)) == address


def test_without_a_mapping_there_is_none() -> None:
    assert Handover.of([]) is None


@pytest.mark.parametrize(
    "text",
    ["", "/srv", "srv=/x/", "/srv=x/", "/srv=/x", "/srv=/", "/srv=/x y/", "/srv=/../", "/srv/../etc=/x/", "/srv=/x/?/"],
)
def test_mappings_that_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="location"):
        parse_mapping(text)


def asked(
    range_: str | None = None, method: str = "GET", size: int = 100, limited: bool = True, if_range: str | None = None
) -> bool:
    """Whether 100 bytes, or `size`, are left to nginx."""
    scope: dict[str, Any] = {"method": method, HANDOVER: FOOTAGE}
    given = {"range": range_, "if-range": if_range}
    headers = Headers({name: value for name, value in given.items() if value is not None})
    return address_for(scope, headers, Path("/srv/v/a.mp4"), ByteRange(0, size), limited=limited) is not None


def test_what_is_left_to_nginx() -> None:
    assert asked("bytes=0-99")
    assert asked(limited=False)
    assert asked("bytes=-99", limited=False)
    assert asked("bytes=0-99", size=MOST_BYTES)
    assert not asked("bytes=0-99", size=MOST_BYTES + 1)
    assert not asked("bytes=0-99", method="HEAD")
    for unclear in (None, "bytes=5-", "bytes=-5", "bytes=9-5", "bytes= 0-5", "Bytes=0-5", "bytes=0-5,7-8", "bytes=²-5"):
        assert not asked(unclear)
    assert not asked("bytes=0-99", if_range='"x"')


def test_two_fields_of_ranges_are_not_clear() -> None:
    headers = Headers(raw=[(b"range", b"bytes=0-9"), (b"range", b"bytes=0-99")])
    scope = {"method": "GET", HANDOVER: FOOTAGE}
    assert address_for(scope, headers, Path("/srv/v/a.mp4"), ByteRange(0, 10), limited=True) is None


def test_without_a_proxy_or_a_path_nothing_is() -> None:
    span, headers = ByteRange(0, 9), Headers({})
    assert address_for({"method": "GET"}, headers, Path("/srv/v/a.mp4"), span, limited=False) is None
    assert address_for({"method": "GET", HANDOVER: FOOTAGE}, headers, None, span, limited=False) is None
