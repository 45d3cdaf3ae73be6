"""What a provider's claims mean here. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from vedette.core.errors import VedetteError
from vedette.identity.names import fold, new_username

_MOST_GROUPS = 2000
_LONGEST = 500
_NOT_IN_NAMES = re.compile(r"[\s/\\\"'<>:;,?#\x00-\x1f\x7f]+")
_LONGEST_STEM = 56


def claim(claims: Mapping[str, Any], name: str) -> Any:
    """A claim by its name, or by a path of names with dots between them (Keycloak's `realm_access.roles`). None when
    it is not there. A name may itself hold dots, as those that are URLs do."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        if not isinstance(found, Mapping) or part not in found:
            return None
        found = found[part]
    return found


def has_groups(claims: Mapping[str, Any], name: str) -> bool:
    """Whether these claims say something about groups."""
    return claim(claims, name) is not None


def left_out(claims: Mapping[str, Any], name: str) -> bool:
    """Whether the provider has left the groups out because there are too many (OpenID Connect Core, section 5.6.2;
    Microsoft does so): that is not the same as none."""
    elsewhere = claims.get("_claim_names")
    return (isinstance(elsewhere, Mapping) and name in elsewhere) or claims.get("hasgroups") is True


def groups(claims: Mapping[str, Any], name: str) -> frozenset[str]:
    """The values of the groups claim: a list of texts, one text, or an object whose keys they are."""
    value = claim(claims, name)
    listed: list[Any] = []
    if isinstance(value, str):
        listed = [value]
    elif isinstance(value, list | Mapping):
        listed = list(value)
    return frozenset(one for one in listed[:_MOST_GROUPS] if isinstance(one, str) and 0 < len(one) <= _LONGEST)


def text(claims: Mapping[str, Any], name: str, most: int = 100) -> str:
    """A claim that is a text, without control characters; empty when there is none."""
    value = claim(claims, name)
    if not isinstance(value, str):
        return ""
    return "".join(character for character in value if character.isprintable()).strip()[:most]


def called(claims: Mapping[str, Any]) -> str:
    """What to call the person when talking about their account at the provider."""
    return next((found for name in ("preferred_username", "email", "name") if (found := text(claims, name))), "")


def usernames(claims: Mapping[str, Any], name: str, slug: str) -> Iterator[str]:
    """User names for a new person, best first: the configured claim, what else names them, then numbered."""
    stems = [text(claims, one, 200) for one in (name, "preferred_username", "email", "name")]
    good = [stem for raw in stems if (stem := _stem(raw)) is not None]
    yield from dict.fromkeys(good[:1])
    stem = good[0] if good else slug
    for number in range(2, 1000):
        yield f"{stem}-{number}"


def _stem(raw: str) -> str | None:
    stem = _NOT_IN_NAMES.sub("-", fold(raw))[:_LONGEST_STEM].strip("-")
    try:
        return new_username(stem)
    except VedetteError:
        return None


def missing_assurance(claims: Mapping[str, Any], acr: frozenset[str], amr: frozenset[str]) -> str | None:
    """What the provider did not do that is demanded here, or None."""
    if acr and claims.get("acr") not in acr:
        return f"acr is {str(claims.get('acr') or 'missing')[:100]}, not {' or '.join(sorted(acr))}"
    methods = claims.get("amr")
    if amr and not (isinstance(methods, list) and amr.intersection(one for one in methods if isinstance(one, str))):
        return f"amr does not hold {' or '.join(sorted(amr))}"
    return None
