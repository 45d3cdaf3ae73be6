"""Who is let in by a simulated camera."""

import base64
from dataclasses import dataclass

from vedette.media.rtsp_server.digest import Algorithm, Answer, challenge, ha1
from vedette.media.rtsp_server.requests import Request, Response

_SCHEMES = {"digest": Algorithm.MD5, "sha256": Algorithm.SHA256}


@dataclass(frozen=True, slots=True)
class Gatekeeper:
    """Basic and Digest authentication (RFC 7617, RFC 7616) of one connection, which has its own nonce."""

    user: str
    password: str
    schemes: tuple[str, ...]  # of faults.AUTH_SCHEMES, in the order in which they are offered
    nonce: str
    realm: str = "Vedette simulator"

    def challenge(self) -> Response:
        """401 with what would be accepted, one header per scheme."""
        offers = [
            f'Basic realm="{self.realm}"' if name == "basic" else challenge(_SCHEMES[name], self.realm, self.nonce)
            for name in self.schemes
        ]
        return Response(401, {"WWW-Authenticate": offers})

    def admits(self, request: Request) -> bool:
        """Whether the request carries the right credentials."""
        given = request.headers.get("authorization", "")
        scheme, _, rest = given.partition(" ")
        if scheme.lower() == "basic" and "basic" in self.schemes:
            return rest.strip() == base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        answer = Answer.of(given)
        if answer is None or answer.nonce != self.nonce or answer.username != self.user:
            return False
        if answer.algorithm not in {_SCHEMES[name] for name in self.schemes if name in _SCHEMES}:
            return False
        return answer.proves(request.method, ha1(answer.algorithm, self.user, self.realm, self.password))
