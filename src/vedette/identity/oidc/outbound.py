"""Requests to OpenID providers: where they may go, how much may come back, and how long it may take.

An administrator types the issuer's address, but the provider's own documents name the others, so each request is
judged anew. Private addresses are fine, for many a provider stands in the cellar; link-local ones and metadata services
are not (`core.addresses`), redirects are not followed, and plain HTTP is for a provider on this machine only. The
address that was looked at is the one that is dialled (`media.dial`): a name server can't change its mind in between.
"""

import asyncio
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from typing import Any

import httpx

from vedette.core.errors import ErrorKind, VedetteError
from vedette.media.dial import RefusedAddressError, Resolve, addresses, system_resolve

MOST_BYTES = 512 * 1024
TIMEOUT_S = 10.0
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a JSON object, or nothing that is one."""

    status: int
    document: dict[str, Any] | None


@cache
def _trusted() -> ssl.SSLContext:
    """The system's certificates, so that those of a company's own authority are known; SSL_CERT_FILE names others. Read
    once in a process: it takes 30 to 90 ms."""
    return ssl.create_default_context()


class Outbound:
    """The client of one process. Close it with `aclose()`."""

    def __init__(self, resolve: Resolve = system_resolve, timeout_s: float = TIMEOUT_S) -> None:
        self._timeout_s = timeout_s
        transport = _Guarded(_trusted(), resolve)
        self._client = httpx.AsyncClient(transport=transport, follow_redirects=False, trust_env=False)

    async def aclose(self) -> None:
        """Closes what is open."""
        await self._client.aclose()

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Raises VedetteError `oidc.provider_unreachable`, `oidc.provider_refused_address`, `oidc.provider_redirects`,
        `oidc.provider_answer`."""
        return await self._ask("GET", url, headers, None)

    async def post(self, url: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Answer:
        """A form. Raises as `get`."""
        return await self._ask("POST", url, headers, form)

    async def _ask(
        self, method: str, url: str, headers: Mapping[str, str] | None, form: Mapping[str, str] | None
    ) -> Answer:
        where = host_of(url)
        try:
            async with asyncio.timeout(self._timeout_s):
                request = self._client.build_request(
                    method, url, headers={"Accept": "application/json", **(headers or {})}, data=form
                )
                answer = await self._client.send(request, stream=True)
                try:
                    body = await _bounded(answer, where)
                finally:
                    await answer.aclose()
        except TimeoutError as error:
            raise unreachable(f"{where} did not answer within {self._timeout_s:g} seconds.") from error
        except RefusedAddressError as error:
            raise VedetteError(ErrorKind.INVALID, "oidc.provider_refused_address", str(error)) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError, ValueError) as error:
            raise unreachable(f"{where} can't be reached: {_why(error)}.") from error
        if 300 <= answer.status_code < 400:
            raise VedetteError(
                ErrorKind.UNAVAILABLE,
                "oidc.provider_redirects",
                f"{where} redirects to another address, which is not followed. Enter the final address as the issuer.",
            )
        return Answer(answer.status_code, _object(body))


def host_of(url: str) -> str:
    """Host and port of a URL, for messages."""
    try:
        parts = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        return "The provider"
    return parts.netloc.decode("ascii", "replace").rpartition("@")[2][:200] or "The provider"


def unreachable(why: str) -> VedetteError:
    """The provider did not answer; it may do so later."""
    return VedetteError(ErrorKind.UNAVAILABLE, "oidc.provider_unreachable", why)


async def _bounded(answer: httpx.Response, where: str) -> bytes:
    body = bytearray()
    async for piece in answer.aiter_bytes():
        body += piece
        if len(body) > MOST_BYTES:
            raise VedetteError(
                ErrorKind.UNAVAILABLE, "oidc.provider_answer", f"{where} answers more than {MOST_BYTES // 1024} KiB."
            )
    return bytes(body)


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _why(error: BaseException) -> str:
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, ssl.SSLCertVerificationError):
            return f"its certificate is not trusted ({inner.verify_message})"
        inner = inner.__cause__ or inner.__context__
    text = str(error).strip().rstrip(".")
    return text[:200] or type(error).__name__


class _Guarded(httpx.AsyncBaseTransport):
    """Resolves the host, judges where it leads, and connects to just that address."""

    def __init__(self, context: ssl.SSLContext, resolve: Resolve) -> None:
        # No connection is kept: the pool knows them by address, and two hosts may share one.
        limits = httpx.Limits(max_connections=20, max_keepalive_connections=0)
        self._inner = httpx.AsyncHTTPTransport(verify=context, limits=limits, retries=0)
        self._resolve = resolve

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url, host = request.url, request.url.host
        if url.scheme not in _PORTS or not host:
            raise RefusedAddressError(f"{url.scheme or 'The address'}: only https is spoken with providers.")
        port = url.port or _PORTS[url.scheme]
        try:
            found = await addresses(host, port, url.scheme, self._resolve)
        except RefusedAddressError as error:
            raise RefusedAddressError(
                f"{host} leads to a link-local address, a metadata service or nowhere at all: no provider can be there."
            ) from error
        where = list(dict.fromkeys(str(address[0]) for *_, address in found))
        if url.scheme == "http" and not all(ip_address(one.partition("%")[0]).is_loopback for one in where):
            raise RefusedAddressError(
                f"{host} is not on this machine, so it has to be asked by https: "
                "by http anybody on the way could log in as anybody."
            )
        failed: httpx.HTTPError | None = None
        for one in where[:4]:
            request.url = url.copy_with(host=one)
            request.extensions = {**request.extensions, "sni_hostname": host}
            try:
                return await self._inner.handle_async_request(request)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failed = error
        raise failed or httpx.ConnectError(f"{host} has no address")

    async def aclose(self) -> None:
        await self._inner.aclose()
