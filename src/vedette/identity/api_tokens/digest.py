"""API tokens as passwords of Digest authentication, which players of RTSP want (docs/decisions/rtsp-login.md).

A server checks Digest by HA1, the hash of user name, realm and password; of a token only another hash is kept. So HA1
is made with the token, while its secret is known, and sealed. The user name is how the token begins, as lists show it.
HA1 lets in by Digest and nowhere else, and a token is too long to be found out from it.
"""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from vedette.core.errors import VedetteError
from vedette.core.logs import get_logger
from vedette.identity.api_tokens.secret import hint_of
from vedette.identity.tables_logins import ApiTokenRow
from vedette.media.rtsp_server.digest import Algorithm, Answer, ha1
from vedette.vault import Vault, key_id_of

REALM = "Vedette"
_KIND, _FIELD = "api_token", "digest"
_ALGORITHMS = (Algorithm.MD5, Algorithm.SHA256)
# Tokens that begin alike: two of them are unlikely, more are an accident.
_MOST_ALIKE = 10
_SEALED = ApiTokenRow.digest_sealed.is_not(None)
log = get_logger("tokens")


def sealed_digest(vault: Vault, token_id: UUID, secret: str) -> str:
    """What is kept of a new token for Digest."""
    plain = ":".join(ha1(algorithm, hint_of(secret), REALM, secret) for algorithm in _ALGORITHMS)
    return vault.seal(token_id, _FIELD, plain, kind=_KIND)


async def proven(session: AsyncSession, vault: Vault, answer: Answer, method: str) -> UUID | None:
    """The token that the answer proves the knowledge of; it may be revoked. None for none."""
    statement = select(ApiTokenRow.id, ApiTokenRow.digest_sealed)
    alike = statement.where(ApiTokenRow.hint == answer.username, _SEALED).order_by(ApiTokenRow.id.desc())
    for token_id, sealed in (await session.execute(alike.limit(_MOST_ALIKE))).all():
        try:
            secrets = vault.open_sealed(token_id, _FIELD, sealed or "", kind=_KIND).split(":")
        except VedetteError as error:
            log.error("what a token is checked by does not open", token_id=str(token_id), error=error.message)
            continue
        if answer.proves(method, secrets[_ALGORITHMS.index(answer.algorithm)]):
            found: UUID = token_id
            return found
    return None


# Sealing anew with the key that is current; see `cameras.reseal`.


async def tokens(session: AsyncSession) -> list[UUID]:
    """Those that can be used with Digest and were not revoked."""
    which = _SEALED, ApiTokenRow.revoked_ms.is_(None)
    return list(await session.scalars(select(ApiTokenRow.id).where(*which).order_by(ApiTokenRow.id)))


async def key_ids(session: AsyncSession) -> list[str]:
    """The key of each secret that is stored."""
    which = _SEALED, ApiTokenRow.revoked_ms.is_(None)
    found = await session.scalars(select(ApiTokenRow.digest_sealed).where(*which))
    return [key_id_of(sealed) for sealed in found if sealed]


async def reseal(session: AsyncSession, token_id: UUID, vault: Vault) -> int:
    """Whether (1 or 0) a token's was sealed with another key and is sealed anew.

    Raises VedetteError `credentials...` when it does not open.
    """
    row = await session.get(ApiTokenRow, token_id, with_for_update=True)
    if row is None or row.digest_sealed is None or vault.is_current(row.digest_sealed):
        return 0
    plain = vault.open_sealed(row.id, _FIELD, row.digest_sealed, kind=_KIND)
    row.digest_sealed = vault.seal(row.id, _FIELD, plain, kind=_KIND)
    return 1
