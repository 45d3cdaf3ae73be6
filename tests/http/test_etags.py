"""If-Match (RFC 9110, section 13.1.1)."""

import pytest

from vedette.core.errors import VedetteError
from vedette.http.etags import check_version, etag, expected_versions


@pytest.mark.parametrize(
    ("header", "versions"),
    [
        (None, None),
        ("*", None),
        ('"3"', {3}),
        ('"3", "4"', {3, 4}),
        ('W/"3"', set()),
        ("3", set()),
        ('""', set()),
        ('"x"', set()),
        ('"٣"', set()),
        ("", set()),
    ],
)
def test_versions_in_if_match(header: str | None, versions: set[int] | None) -> None:
    assert expected_versions(header) == versions


def test_a_version_is_checked() -> None:
    check_version(None, 3, "Gate")
    check_version(expected_versions(etag(3)), 3, "Gate")
    with pytest.raises(VedetteError, match="Gate was changed") as refused:
        check_version(expected_versions(etag(2)), 3, "Gate")
    assert refused.value.code == "request.precondition"
