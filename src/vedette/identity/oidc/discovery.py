"""What a provider says of itself: its endpoints (OpenID Connect Discovery 1.0) and its keys (RFC 7517).

Both are asked for when somebody logs in, and kept for some minutes. Keys are asked for again when a token names one
that is not among them, but not more often than every `REFETCH_S`: tokens come from whoever calls.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.identity.oidc.outbound import Outbound, host_of

KEPT_S = 600.0
REFETCH_S = 10.0
FAILED_S = 5.0
_MOST_PROVIDERS = 100
_MOST_KEYS = 50
_LONGEST_URL = 2000


@dataclass(frozen=True, slots=True)
class Metadata:
    """A provider's endpoints, and what it says that it can do; None where it says nothing."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None
    auth_methods: frozenset[str]
    # It puts its issuer into each answer (RFC 9207), so an answer without it is not its own.
    names_itself: bool
    challenges: frozenset[str] | None
    algorithms: frozenset[str] | None
    scopes: frozenset[str] | None


def discovery_url(issuer: str) -> str:
    """Where an issuer describes itself."""
    return issuer.rstrip("/") + "/.well-known/openid-configuration"


def metadata_of(document: Mapping[str, Any], issuer: str) -> Metadata:
    """Reads the document of `issuer`. Raises VedetteError `oidc.issuer_differs`, `oidc.discovery`."""
    said = document.get("issuer")
    if said != issuer:
        told = said[:200] if isinstance(said, str) else "none"
        raise VedetteError(
            ErrorKind.INVALID,
            "oidc.issuer_differs",
            f"The provider calls its issuer {told}, not {issuer}. Enter it as the provider does, to the last slash.",
            field="issuer",
        )
    methods = _words(document.get("token_endpoint_auth_methods_supported"))
    return Metadata(
        issuer=issuer,
        authorization_endpoint=_endpoint(document, "authorization_endpoint"),
        token_endpoint=_endpoint(document, "token_endpoint"),
        jwks_uri=_endpoint(document, "jwks_uri"),
        userinfo_endpoint=_endpoint(document, "userinfo_endpoint") if document.get("userinfo_endpoint") else None,
        auth_methods=frozenset({"client_secret_basic"}) if methods is None else methods,
        names_itself=document.get("authorization_response_iss_parameter_supported") is True,
        challenges=_words(document.get("code_challenge_methods_supported")),
        algorithms=_words(document.get("id_token_signing_alg_values_supported")),
        scopes=_words(document.get("scopes_supported")),
    )


def _endpoint(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name)
    try:
        good = isinstance(value, str) and len(value) <= _LONGEST_URL and value.isascii() and value.isprintable()
        parts = urlsplit(value) if isinstance(value, str) and good else None
    except ValueError:
        parts = None
    # A provider on this machine may speak http (`outbound`), and then names such endpoints; none goes down from https.
    schemes = ("https", "http") if str(document.get("issuer")).startswith("http:") else ("https",)
    if parts is None or parts.scheme not in schemes or not parts.hostname or parts.fragment:
        raise VedetteError(ErrorKind.UNAVAILABLE, "oidc.discovery", f"The provider's description has no usable {name}.")
    assert isinstance(value, str)
    return value


def _words(value: object) -> frozenset[str] | None:
    return frozenset(one for one in value if isinstance(one, str)) if isinstance(value, list) else None


@dataclass(slots=True)
class _Known:
    metadata: Metadata
    at_s: float
    keys: list[dict[str, Any]] | None = None
    keys_at_s: float = 0.0


class Directory:
    """What this process knows of providers, by issuer."""

    def __init__(self, outbound: Outbound, clock: Clock) -> None:
        self._outbound = outbound
        self._clock = clock
        self._known: dict[str, _Known] = {}
        self._failed: dict[str, tuple[float, VedetteError]] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def metadata(self, issuer: str, *, fresh: bool = False) -> Metadata:
        """Raises what `Outbound.get` and `metadata_of` do. A failure is remembered for `FAILED_S`, so that those who
        try to log in don't ask a provider that is down all the time."""
        async with self._lock(issuer):
            now_s = self._clock.monotonic()
            known = self._known.get(issuer)
            if known is not None and not fresh and now_s - known.at_s < KEPT_S:
                return known.metadata
            failed = self._failed.get(issuer)
            if failed is not None and not fresh and now_s - failed[0] < FAILED_S:
                raise VedetteError(failed[1].kind, failed[1].code, failed[1].message, field=failed[1].field)
            try:
                found = metadata_of(await self._document(discovery_url(issuer)), issuer)
            except VedetteError as error:
                self._failed[issuer] = (now_s, error)
                raise
            self._failed.pop(issuer, None)
            self._known[issuer] = _Known(found, now_s)
            return found

    async def keys(self, metadata: Metadata, *, again: bool = False) -> list[dict[str, Any]]:
        """The provider's keys as JWK. `again`: what is known was not enough; asks anew unless that was just done.
        Raises what `Outbound.get` does, and `oidc.keys`."""
        async with self._lock(metadata.issuer):
            now_s = self._clock.monotonic()
            known = self._known.get(metadata.issuer)
            if known is None:
                known = self._known[metadata.issuer] = _Known(metadata, now_s)
            longest = REFETCH_S if again else KEPT_S
            if known.keys is not None and now_s - known.keys_at_s < longest:
                return known.keys
            known.keys_at_s = now_s
            document = await self._document(metadata.jwks_uri)
            keys = document.get("keys")
            if not isinstance(keys, list):
                raise VedetteError(
                    ErrorKind.UNAVAILABLE, "oidc.keys", f"{host_of(metadata.jwks_uri)} does not tell its keys."
                )
            known.keys = [key for key in keys[:_MOST_KEYS] if isinstance(key, dict)]
            return known.keys

    def forget(self, issuer: str) -> None:
        """Asks anew at the next login."""
        self._known.pop(issuer, None)
        self._failed.pop(issuer, None)

    async def _document(self, url: str) -> dict[str, Any]:
        answer = await self._outbound.get(url)
        if answer.status != 200 or answer.document is None:
            what = f"status {answer.status}" if answer.status != 200 else "something that is not JSON"
            raise VedetteError(
                ErrorKind.UNAVAILABLE,
                "oidc.discovery",
                f"{host_of(url)} answers {what} for {urlsplit(url).path[:200]}. Is the issuer right?",
            )
        return answer.document

    def _lock(self, issuer: str) -> asyncio.Lock:
        if len(self._locks) > _MOST_PROVIDERS and not any(lock.locked() for lock in self._locks.values()):
            for kept in (self._locks, self._known, self._failed):
                kept.clear()
        return self._locks.setdefault(issuer, asyncio.Lock())
