"""What is wrong with a provider, for whoever sets it up: asks it for everything that a login asks for, but a login."""

import secrets
from typing import Literal

from vedette.core.errors import VedetteError
from vedette.identity.oidc.discovery import Directory, Metadata
from vedette.identity.oidc.exchange import Client, Exchange, refusal
from vedette.identity.oidc.id_token import KEY_TYPES
from vedette.identity.oidc.outbound import host_of
from vedette.identity.oidc.schemas import Finding, TestResult
from vedette.identity.tables_oidc import OidcProviderRow


async def check(
    directory: Directory, exchange: Exchange, row: OidcProviderRow, secret: str | None, redirect_uri: str
) -> TestResult:
    """Never raises for what the provider does."""
    found: list[Finding] = []
    try:
        directory.forget(row.issuer)
        metadata = await directory.metadata(row.issuer, fresh=True)
        _add(found, "ok", f"{host_of(row.issuer)} describes itself as {metadata.issuer}.")
        found += described(metadata, row)
        keys = await directory.keys(metadata)
        usable = sum(1 for key in keys if key.get("kty") in set(KEY_TYPES.values()) and key.get("use", "sig") == "sig")
        if usable:
            _add(found, "ok", f"{usable} key{'s' if usable > 1 else ''} to check signatures with.")
        else:
            _add(found, "problem", "It shows no key that signs with a key pair (RSA, EC or Ed25519).")
        await _try_client(exchange, metadata, Client(row.client_id, secret, row.groups_claim), redirect_uri, found)
    except VedetteError as error:
        _add(found, "problem", error.message)
    return TestResult(ok=all(one.level != "problem" for one in found), findings=found)


def described(metadata: Metadata, row: OidcProviderRow) -> list[Finding]:
    """What its description says that matters here. Pure."""
    found: list[Finding] = []
    if metadata.algorithms is not None and not metadata.algorithms & KEY_TYPES.keys():
        told = ", ".join(sorted(metadata.algorithms))[:200]
        _add(found, "problem", f"It signs ID tokens with {told} only; one of {', '.join(KEY_TYPES)} is needed.")
    if metadata.challenges is not None and "S256" not in metadata.challenges:
        _add(found, "warning", "It does not say that it knows PKCE with S256. Codes are protected by the secret alone.")
    if metadata.scopes is not None and (missing := set(row.scopes.split()) - metadata.scopes):
        _add(found, "warning", f"It does not name the scope {', '.join(sorted(missing))}; it may refuse or ignore it.")
    if row.secret_sealed is not None and not metadata.auth_methods & {"client_secret_basic", "client_secret_post"}:
        _add(found, "problem", "It takes no client secret (client_secret_basic or client_secret_post).")
    if metadata.userinfo_endpoint is None:
        _add(found, "warning", "It has no userinfo: groups must be in the ID token.")
    return found


async def _try_client(
    exchange: Exchange, metadata: Metadata, client: Client, redirect_uri: str, found: list[Finding]
) -> None:
    """A code that nobody was given: a provider that knows the client says that the code is bad."""
    form = {
        "grant_type": "authorization_code",
        "code": secrets.token_urlsafe(16),
        "redirect_uri": redirect_uri,
        "code_verifier": secrets.token_urlsafe(32),
    }
    answer = await exchange.ask_token(metadata, client, form)
    said = refusal(answer, host_of(metadata.token_endpoint))
    if said.code == "oidc.code":
        _add(found, "ok", "It knows the client id" + (" and accepts the client secret." if client.secret else "."))
    elif said.code == "oidc.client":
        _add(found, "problem", said.message)
    else:
        _add(found, "warning", f"Whether client id and secret are right could not be seen. {said.message}")


def _add(found: list[Finding], level: Literal["ok", "warning", "problem"], message: str) -> None:
    found.append(Finding(level=level, message=message))
