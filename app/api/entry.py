"""Who asks: by a personal token, or by the sign-in that the pages know; and the Store for them."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.requests import Request

from app.api.counting import COUNTER
from app.api.refusals import ApiRefused
from app.door.bearers import token_in
from app.door.identity import claims_at, token_of_cookies
from app.door.settings import Door, Mode, door
from app.session.shared import database
from db import TOKEN_BEGINNING, Bearer, NotAToken, Store, not_a_token


@dataclass
class Asked:
    """A request, with its body where it brings one. `told` is what its answer says of the token's limit."""

    request: Request
    body: bytes = b""
    told: dict[str, str] = field(default_factory=dict)
    _bearer: Bearer | None = None

    def store(self) -> Store:
        """The Store for who asks. It is asked in a thread: it reads from the database.

        Raises NotSignedIn, NotAMember, NotAToken, TooMany.
        """
        here, secret = door(), _secret(self.request, door())
        if secret is not None:
            self._bearer = self._known(here, secret)
            return database().acting_for(self._bearer.person)
        if not here.asks:
            return database()
        claims = claims_at(here, self.request.headers, lambda: token_of_cookies(self.request.cookies, here))
        return database().acting_for(database().people.enter(claims))

    def let_in(self) -> None:
        """Look at who asks where they say or have to say it; otherwise the database is not asked. Raises as `store`."""
        if door().asks or _secret(self.request, door()) is not None:
            self.store()

    @property
    def actor(self) -> str:
        """The name for the records where nobody signs in: that of the token."""
        return self._bearer.token.name if self._bearer else ""

    @property
    def origin(self) -> str:
        """By which way something came, for the audit trail."""
        return f"API, token {self._bearer.token.name}" if self._bearer else "API"

    def _known(self, here: Door, secret: str) -> Bearer:
        try:
            found = database().tokens.bearer(secret)
            if here.asks and not found.person.is_signed_in:
                # Made before there was a sign-in: it stands for nobody.
                raise not_a_token()
        except NotAToken:
            COUNTER.wrong(self.request.client.host if self.request.client else "")
            raise
        self.told = COUNTER.good(found.token.id)
        return found


def _secret(request: Request, here: Door) -> str | None:
    """The token that a request bears; None for none. Raises ApiRefused.

    Whatever begins like a token of ours is taken for one. A proxy may pass on a Bearer of its own beside what it says
    of the person; anywhere else, who brings one means us, and is not taken for somebody else.
    """
    given = request.headers.getlist("authorization")
    if len(given) > 1:
        raise ApiRefused("The header Authorization is there more than once.")
    found = token_in(given[0]) if given else None
    is_the_proxys = here.mode is Mode.PROXY and not (found or "").startswith(TOKEN_BEGINNING)
    return None if is_the_proxys else found
