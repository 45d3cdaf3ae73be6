"""From the code that the browser brought back to what the provider says of the person."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from vedette.core.clock import Clock
from vedette.core.errors import ErrorKind, VedetteError
from vedette.identity.oidc import claims as said
from vedette.identity.oidc.discovery import Directory, Metadata
from vedette.identity.oidc.flow import Begun
from vedette.identity.oidc.id_token import Expected, UnknownKeyError, token_invalid, verify
from vedette.identity.oidc.outbound import Answer, Outbound, host_of

_LONGEST_CODE = 4000


@dataclass(frozen=True, slots=True)
class Client:
    """What we are at a provider. Without a secret PKCE alone says that it is us."""

    client_id: str
    secret: str | None
    groups_claim: str


class Exchange:
    """Asks token and userinfo endpoints."""

    def __init__(self, outbound: Outbound, directory: Directory, clock: Clock) -> None:
        self._outbound = outbound
        self._directory = directory
        self._clock = clock

    async def claims(self, metadata: Metadata, client: Client, code: str, begun: Begun) -> dict[str, Any]:
        """The claims of the person, of the ID token and, where that says nothing of groups, of userinfo.

        Raises what `Outbound.get` does, VedetteError `oidc.client`, `oidc.code`, `oidc.token_invalid`,
        `oidc.userinfo`, `oidc.provider_answer`.
        """
        tokens = await self._tokens(metadata, client, code, begun)
        id_token = tokens.get("id_token")
        if not isinstance(id_token, str):
            raise token_invalid("there is none. Is the scope openid missing?")
        found = await self._verified(metadata, id_token, Expected(metadata.issuer, client.client_id, begun.nonce))
        access = tokens.get("access_token")
        wanting = not said.has_groups(found, client.groups_claim) and not said.left_out(found, client.groups_claim)
        if wanting and metadata.userinfo_endpoint and isinstance(access, str):
            return {**await self._userinfo(metadata.userinfo_endpoint, access, found["sub"]), **found}
        return found

    async def _verified(self, metadata: Metadata, token: str, expected: Expected) -> dict[str, Any]:
        now_s = self._clock.now_ms() // 1000
        try:
            return verify(token, await self._directory.keys(metadata), expected, now_s)
        except UnknownKeyError:
            pass
        try:
            return verify(token, await self._directory.keys(metadata, again=True), expected, now_s)
        except UnknownKeyError as error:
            raise token_invalid("it is signed with a key that the provider does not show") from error

    async def _tokens(self, metadata: Metadata, client: Client, code: str, begun: Begun) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code[:_LONGEST_CODE],
            "redirect_uri": begun.redirect_uri,
            "code_verifier": begun.verifier,
        }
        answer = await self.ask_token(metadata, client, form)
        if answer.status == 200 and answer.document is not None:
            return answer.document
        raise refusal(answer, host_of(metadata.token_endpoint))

    async def ask_token(self, metadata: Metadata, client: Client, form: Mapping[str, str]) -> Answer:
        """A request at the token endpoint in our name (RFC 6749, section 2.3.1)."""
        if client.secret is None:
            return await self._outbound.post(metadata.token_endpoint, {**form, "client_id": client.client_id})
        if "client_secret_basic" in metadata.auth_methods or "client_secret_post" not in metadata.auth_methods:
            pair = f"{quote_plus(client.client_id)}:{quote_plus(client.secret)}"
            headers = {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}
            return await self._outbound.post(metadata.token_endpoint, form, headers)
        ours = {"client_id": client.client_id, "client_secret": client.secret}
        return await self._outbound.post(metadata.token_endpoint, {**form, **ours})

    async def _userinfo(self, url: str, access: str, subject: str) -> dict[str, Any]:
        answer = await self._outbound.get(url, {"Authorization": f"Bearer {access}"})
        if answer.status != 200 or answer.document is None:
            raise VedetteError(
                ErrorKind.UNAVAILABLE,
                "oidc.userinfo",
                f"{host_of(url)} did not say which groups the person is in: status {answer.status}"
                + ("." if answer.document is not None else ", and no JSON."),
            )
        # A token that was swapped would give somebody else's groups (OpenID Connect Core, section 5.3.2).
        if answer.document.get("sub") != subject:
            raise VedetteError(ErrorKind.UNAUTHENTICATED, "oidc.userinfo", "Userinfo is about somebody else.")
        return answer.document


def refusal(answer: Answer, where: str) -> VedetteError:
    """Why the token endpoint gave no tokens (RFC 6749, section 5.2)."""
    document = answer.document or {}
    error = said.text(document, "error", 60)
    if error in ("invalid_client", "unauthorized_client"):
        return VedetteError(
            ErrorKind.UNAVAILABLE,
            "oidc.client",
            f"{where} does not accept Vedette's client id or client secret ({error}). An administrator has to enter "
            "them anew.",
        )
    if error == "invalid_grant":
        return VedetteError(
            ErrorKind.UNAUTHENTICATED,
            "oidc.code",
            f"{where} did not accept the login code; it may be too old. Log in again.",
        )
    told = error or f"status {answer.status}"
    return VedetteError(ErrorKind.UNAVAILABLE, "oidc.provider_answer", f"{where} gave no tokens: {told}.")
