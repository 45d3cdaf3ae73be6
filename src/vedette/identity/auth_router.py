"""/auth: logging in and out, one's own account, the first run."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from vedette.access.permissions import ADMIN, Permission
from vedette.access.policy import Grant
from vedette.access.principal import CallerKind, Principal
from vedette.core.errors import ErrorKind, VedetteError
from vedette.http import csrf
from vedette.http.access import Caller, person, public, session_needed, signed_in
from vedette.http.deps import ClockDep, DatabaseDep, SettingsDep
from vedette.http.problem import responses
from vedette.identity import cookies, setup
from vedette.identity import users_repository as users
from vedette.identity.accounts import AccountsDep, accounts_changed, origin_of
from vedette.identity.auth_schemas import (
    Login,
    Me,
    MyAccount,
    MyGrant,
    MyToken,
    PasswordAgain,
    PasswordChange,
    RecoveryCodes,
    Refresh,
    SessionList,
    SessionOut,
    Setup,
    SetupState,
    Tokens,
    TotpBegun,
    TotpConfirm,
    TotpDisable,
    Transport,
)
from vedette.identity.authority import address_of
from vedette.identity.grants_service import StoredGrant, reaching
from vedette.identity.session_tokens import invalid_token
from vedette.identity.sessions import LoggedIn, Opened
from vedette.identity.tables_logins import SessionRow
from vedette.identity.users_schemas import MyPatch
from vedette.identity.users_service import NewUser

router = APIRouter(prefix="/auth", tags=["accounts"])


async def me_of(request: Request, accounts: AccountsDep, caller: Caller) -> LoggedIn:
    """The person, who is here by a login of their own: a program with a token does not change accounts."""
    if caller.kind is not CallerKind.SESSION or caller.user_id is None or caller.session_id is None:
        raise session_needed()
    async with request.app.state.database.read() as session:
        user = await users.by_id(session, caller.user_id)
        row = await session.get(SessionRow, caller.session_id)
    if user is None or row is None:
        raise invalid_token()
    return LoggedIn(user.id, row.id, user.username, user.must_change_password, row.expires_ms)


MeDep = Annotated[LoggedIn, Depends(me_of)]


@router.get("/setup", summary="Whether the first administrator is to be made", dependencies=[public()])
async def get_setup(database: DatabaseDep) -> SetupState:
    """What a login page asks first."""
    async with database.read() as session:
        return SetupState(needed=await users.count(session) == 0)


@router.post(
    "/setup",
    status_code=201,
    summary="Make the first administrator",
    responses=responses(401, 403, 409),
    dependencies=[public()],
)
async def set_up(
    given: Setup, request: Request, response: Response, accounts: AccountsDep, settings: SettingsDep, clock: ClockDep
) -> Tokens:
    """With the token that Vedette prints on its console. Logs in at once; from then on everybody has to."""
    _check_page(request, given.transport)
    setup.check_token(settings, given.token)
    caller = Principal(CallerKind.SETUP, "set-up", grants=(Grant(ADMIN),), address=address_of(request))
    new = NewUser(
        given.username, given.password.get_secret_value(), role="admin", display_name=given.display_name.strip()
    )
    stored = await accounts.users.create(new, caller, first=True)
    setup.forget_token(settings)
    accounts_changed(request)
    password = given.password.get_secret_value()
    opened = await accounts.auth.log_in(stored.row.username, password, None, origin_of(request))
    return _answer(request, response, opened, given.transport, clock.now_ms())


@router.post("/login", summary="Log in", responses=responses(401, 403, 503), dependencies=[public()])
async def log_in(given: Login, request: Request, response: Response, accounts: AccountsDep, clock: ClockDep) -> Tokens:
    """`auth.failed` says the same of wrong names and passwords, and of accounts that have to wait after failures."""
    _check_page(request, given.transport)
    opened = await accounts.auth.log_in(
        given.username, given.password.get_secret_value(), given.code, origin_of(request)
    )
    return _answer(request, response, opened, given.transport, clock.now_ms())


@router.post("/refresh", summary="Renew the tokens", responses=responses(401, 403), dependencies=[public()])
async def refresh_tokens(
    request: Request, response: Response, accounts: AccountsDep, clock: ClockDep, given: Refresh | None = None
) -> Tokens:
    """A refresh token is good once. One that comes back later ends the session: it was stolen."""
    token = given.refresh_token if given is not None else None
    transport: Transport = "bearer"
    if token is None:
        transport = "cookie"
        _check_page(request, transport)
        token = cookies.presented(request).refresh
    if token is None:
        raise VedetteError(ErrorKind.UNAUTHENTICATED, "auth.needed", "Log in first.")
    opened = await accounts.sessions.refresh(token, origin_of(request))
    return _answer(request, response, opened, transport, clock.now_ms())


@router.post("/logout", status_code=204, summary="Log out", responses=responses(403), dependencies=[public()])
async def log_out(request: Request, response: Response, accounts: AccountsDep, given: Refresh | None = None) -> None:
    """Ends the session of the token or cookie, also of one that is too old. It is no error to bring none."""
    brought = cookies.presented(request)
    if given is not None and given.refresh_token is not None:
        brought = cookies.Presented(None, given.refresh_token, by_cookie=False)
    if brought.by_cookie and (brought.access or brought.refresh):
        _check_page(request, "cookie")
    session_id = accounts.sessions.session_of(brought)
    if session_id is not None:
        nobody = Principal(CallerKind.NOBODY, address=address_of(request))
        try:
            await accounts.sessions.end(session_id, None, nobody, "auth.logout", "logged out")
        except VedetteError as error:
            if error.code != "session.not_found":
                raise
    cookies.drop(response, request)
    response.headers["Clear-Site-Data"] = '"cache"'  # the footage that was watched: `http.media.IMMUTABLE`


@router.get("/me", summary="Who I am and what I may do", responses=responses(401), dependencies=[signed_in()])
async def get_me(caller: Caller, database: DatabaseDep, clock: ClockDep) -> Me:
    """What a user interface offers. The server decides anew at each request. A program hears of its token alone, not of
    the account that it acts for."""
    account = row = None
    now_ms = clock.now_ms()
    held: list[StoredGrant] = []
    if caller.kind is CallerKind.SESSION and caller.user_id is not None:
        async with database.read() as session:
            user = await users.by_id(session, caller.user_id)
            if user is None:
                raise invalid_token()
            row = await session.get(SessionRow, caller.session_id) if caller.session_id else None
            held = await reaching(session, user.id)
            account = MyAccount(
                id=user.id,
                username=user.username,
                display_name=user.display_name,
                email=user.email,
                totp=user.totp_sealed is not None,
                recovery_codes_left=await users.recovery_codes_left(session, user.id),
                has_password=user.password_hash is not None,
                must_change_password=user.must_change_password,
            )
    return Me(
        kind=caller.kind.value,
        name=(account.display_name if account is not None else "") or caller.name,
        user=account,
        token=_my_token(caller, now_ms) if caller.kind is CallerKind.TOKEN else None,
        permissions=sorted(caller.permissions(now_ms)),
        everywhere=sorted(caller.permissions_on(None, now_ms)),
        grants=[_my_grant(one, now_ms) for one in held],
        session_id=caller.session_id,
        session_expires_at=row.expires_ms if row is not None else None,
    )


@router.patch(
    "/me",
    status_code=204,
    summary="Change my name",
    responses=responses(401, 403),
    dependencies=[person()],
)
async def change_me(given: MyPatch, me: MeDep, caller: Caller, accounts: AccountsDep, request: Request) -> None:
    """As others read it; the user name stays."""
    await accounts.users.rename(me.user_id, given.display_name, caller)
    accounts_changed(request)


@router.post(
    "/password",
    status_code=204,
    summary="Change my password",
    responses=responses(401, 403, 503),
    dependencies=[person()],
)
async def change_password(given: PasswordChange, me: MeDep, caller: Caller, accounts: AccountsDep) -> None:
    """My other sessions end."""
    present, new = given.current_password.get_secret_value(), given.new_password.get_secret_value()
    await accounts.auth.change_password(me, present, new, caller)


@router.get("/sessions", summary="My sessions", responses=responses(401, 403), dependencies=[person()])
async def list_my_sessions(me: MeDep, accounts: AccountsDep) -> SessionList:
    """Where I am logged in."""
    rows = await accounts.sessions.of_user(me.user_id)
    return SessionList(items=[session_out(row, me.session_id) for row in rows])


@router.delete(
    "/sessions/{session_id}",
    status_code=204,
    summary="End one of my sessions",
    responses=responses(401, 403, 404),
    dependencies=[person()],
)
async def end_my_session(session_id: UUID, me: MeDep, caller: Caller, accounts: AccountsDep) -> None:
    """It is logged out at once."""
    await accounts.sessions.end(session_id, me.user_id, caller, "auth.session_end", "ended by its owner")


@router.delete(
    "/sessions",
    status_code=204,
    summary="End all my other sessions",
    responses=responses(401, 403),
    dependencies=[person()],
)
async def end_my_other_sessions(me: MeDep, caller: Caller, accounts: AccountsDep) -> None:
    """All but the one that asks."""
    await accounts.sessions.end_others(me.user_id, me.session_id, caller)


@router.post(
    "/totp/begin",
    summary="Prepare a second factor",
    responses=responses(401, 403, 409, 503),
    dependencies=[person()],
)
async def begin_totp(given: PasswordAgain, me: MeDep, caller: Caller, accounts: AccountsDep) -> TotpBegun:
    """Nothing changes until it is confirmed."""
    begun = await accounts.auth.begin_totp(me, given.password.get_secret_value(), caller)
    return TotpBegun(secret=begun.secret, uri=begun.uri, pending=begun.pending)


@router.post(
    "/totp/confirm",
    summary="Switch the second factor on",
    responses=responses(401, 403, 409),
    dependencies=[person()],
)
async def confirm_totp(given: TotpConfirm, me: MeDep, caller: Caller, accounts: AccountsDep) -> RecoveryCodes:
    """From now on a login asks for a code."""
    codes = await accounts.auth.confirm_totp(me, given.pending, given.code, caller)
    return RecoveryCodes(recovery_codes=codes)


@router.post(
    "/totp/disable",
    status_code=204,
    summary="Switch the second factor off",
    responses=responses(401, 403, 409, 503),
    dependencies=[person()],
)
async def disable_totp(given: TotpDisable, me: MeDep, caller: Caller, accounts: AccountsDep) -> None:
    """The recovery codes are void, too."""
    await accounts.auth.disable_totp(me, given.password.get_secret_value(), given.code, caller)


def _my_token(caller: Principal, now_ms: int) -> MyToken:
    cameras = caller.cameras(Permission.CAMERA_VIEW, now_ms)
    return MyToken(
        id=caller.token_id,
        name=caller.token_name,
        username=caller.name,
        cameras=None if cameras is None else sorted(cameras),
    )


def _my_grant(grant: StoredGrant, now_ms: int) -> MyGrant:
    row = grant.row
    return MyGrant(
        role=grant.role,
        group=grant.subject if row.group_id is not None else None,
        zone=grant.zone,
        zone_id=row.zone_id,
        camera_id=row.camera_id,
        valid_until=row.until_ms,
        at_hours=row.hours is not None,
        in_force=grant.in_force(now_ms),
    )


def session_out(row: SessionRow, current: UUID | None) -> SessionOut:
    """A session as people see it."""
    return SessionOut(
        id=row.id,
        method=row.method,
        address=row.address,
        user_agent=row.user_agent,
        created_at=row.created_ms,
        last_seen_at=row.last_seen_ms,
        expires_at=row.expires_ms,
        current=row.id == current,
    )


def keep_session(request: Request, response: Response, opened: Opened, now_ms: int) -> None:
    """Gives a browser its cookies."""
    cookies.keep(response, request, "access", opened.access, opened.access_expires_in_s)
    cookies.keep(response, request, "refresh", opened.refresh, (opened.refresh_expires_ms - now_ms) // 1000)


def _check_page(request: Request, transport: Transport) -> None:
    """Logins that set or use cookies come from our own pages: nobody is logged in as somebody else by a foreign one."""
    if transport == "cookie" and (refused := csrf.judge(request.method, request.scope["headers"])):
        raise refused


def _answer(request: Request, response: Response, opened: Opened, transport: Transport, now_ms: int) -> Tokens:
    by_cookie = transport == "cookie"
    if by_cookie:
        keep_session(request, response, opened, now_ms)
    return Tokens(
        access_token=None if by_cookie else opened.access,
        expires_in=opened.access_expires_in_s,
        refresh_token=None if by_cookie else opened.refresh,
        session_id=opened.session_id,
        session_expires_at=opened.refresh_expires_ms,
    )
