"""Passwords: what a new one must be, and argon2id hashes made and checked in few threads.

A hash takes 64 MiB and a tenth of a second of one core (RFC 9106 asks for memory that hurts an attacker). A flood of
logins could take all memory and starve the recorders: so two threads of low priority do all of it, and who finds too
many waiting is sent away (`auth.busy`).
"""

import asyncio
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

from vedette.core.errors import ErrorKind, VedetteError, invalid
from vedette.core.threads import step_back

Answer = TypeVar("Answer")

SHORTEST, LONGEST = 10, 256
THREADS = 2
MOST_WAITING = 32
_NICE = 10
_FEWEST_DIFFERENT = 4

# Those of ten and more characters at the top of every published list of leaked passwords; shorter ones can't be chosen.
_COMMONEST = frozenset(
    """
    1234567890 12345678910 0123456789 0987654321 1234567891 123456789a a123456789 123123123123 123456123456
    qwertyuiop qwerty12345 qwerty123456 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc qazwsxedcrfv q1w2e3r4t5 asdfghjkl123
    password12 password123 password1234 password12345 passwordpassword passw0rd123 p@ssw0rd123 p@ssword123
    administrator admin12345 admin123456 adminadmin adminadmin123 changeme123 changemenow letmein123 letmeinnow
    welcome123 welcome1234 iloveyou123 iloveyouforever sunshine123 football123 basketball princess123 michelle123
    superman123 dragon12345 abcdefghij abcd123456 abc1234567 computer123 internet123 security123 surveillance
    camera12345 hikvision123 dahua12345 unknown123 liverpool123 manchester charlie123 trustno1trustno1 starwars123
    """.split()  # noqa: SIM905 - to be read as words
)


def check_new_password(password: str, username: str) -> None:
    """Raises VedetteError `auth.password_weak` with the reason. Composition rules (a digit, a sign) are not asked for:
    they make passwords worse (NIST SP 800-63B, section 3.1.1.2)."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    if not SHORTEST <= len(password) <= LONGEST:
        raise _weak(f"A password has {SHORTEST} to {LONGEST} characters.")
    if plain == username.casefold():
        raise _weak("The password must not be the user name.")
    if plain in _COMMONEST or len(set(plain)) < _FEWEST_DIFFERENT:
        raise _weak("This password is among the first that are tried. Choose another one: three random words will do.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the password is right, and a hash with the present parameters when the stored one has others."""

    ok: bool
    rehashed: str | None = None


class Passwords:
    """Makes and checks hashes. The parameters are argon2's: KiB of memory, passes, lanes. Close it with `close()`."""

    def __init__(self, *, memory_kib: int = 65_536, passes: int = 2, lanes: int = 1) -> None:
        self._hashes = PasswordHash((Argon2Hasher(time_cost=passes, memory_cost=memory_kib, parallelism=lanes),))
        self._threads = ThreadPoolExecutor(THREADS, "password", step_back, (_NICE,))
        self._waiting = 0
        # Nobody's: checking against it takes as long as against any other, and is never right.
        self._nobody = f"$argon2id$v=19$m={memory_kib},t={passes},p={lanes}$" + "A" * 22 + "$" + "A" * 43

    def close(self) -> None:
        """Ends the threads; what waits is dropped."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def hash(self, password: str) -> str:
        """The encoded hash. Raises `auth.busy`."""
        return await self._run(partial(self._hashes.hash, _bytes(password)))

    async def verify(self, password: str, stored: str | None) -> Verdict:
        """Compares with a stored hash; with None (there is no such user) it takes the same time and says no.

        Raises `auth.busy`.
        """
        try:
            ok, rehashed = await self._run(
                partial(self._hashes.verify_and_update, _bytes(password), stored or self._nobody)
            )
        except UnknownHashError:
            return Verdict(False)
        return Verdict(ok and stored is not None, rehashed if ok else None)

    async def _run(self, work: Callable[[], Answer]) -> Answer:
        if self._waiting >= MOST_WAITING:
            raise VedetteError(
                ErrorKind.UNAVAILABLE, "auth.busy", "Too many are logging in at this moment. Try again shortly."
            )
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1


def _bytes(password: str) -> bytes:
    """The same for every way to type the same characters (NIST SP 800-63B, section 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def _weak(why: str) -> VedetteError:
    return invalid("auth.password_weak", why, field="password")
