"""The API behind its door, for people of every role and their programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from app.api import counting, entry
from app.api.routes import routes
from app.door.middleware import DoorMiddleware
from app.door.settings import door
from db import Claims, Role, Scope, Store

BOTH = (Scope.READ, Scope.WRITE)
Headers = dict[str, str]


def behind_door(address: str = "127.0.0.1") -> TestClient:
    """The API as the server offers it, asked from an address."""
    guard = Middleware(DoorMiddleware, door=door())
    return TestClient(
        Starlette(routes=routes(), middleware=[guard]), base_url="http://localhost", client=(address, 5000)
    )


@pytest.fixture(autouse=True)
def counted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins a minute of its own."""
    monkeypatch.setattr(entry, "COUNTER", counting.Counter())


@pytest.fixture
def alone(pages_store: Store) -> TestClient:
    """Where nobody signs in."""
    return behind_door()


@dataclass(frozen=True)
class SignedIn:
    """A team whose people a proxy lets in."""

    client: TestClient
    store: Store

    def person(self, name: str, role: Role | None) -> Headers:
        """What the proxy says of somebody of that role."""
        return {"X-User": name, "X-Email": f"{name.lower()}@example.org", "X-Groups": str(role or "")}

    def acting(self, name: str, role: Role | None) -> Store:
        """The store for that person, who signs in now."""
        claimed = Claims(f"proxy|{name}", name, f"{name.lower()}@example.org", is_email_verified=True, granted=role)
        return self.store.acting_for(self.store.people.enter(claimed))

    def bearer(self, name: str, role: Role | None, *scopes: Scope) -> Headers:
        """What a program of that person brings, with a token made just now."""
        return {"Authorization": f"Bearer {self.acting(name, role).tokens.make('Program', scopes=scopes).secret}"}


@pytest.fixture
def signed_in(pages_store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[SignedIn]:
    """The API behind a proxy on this machine that signs people in."""
    for name in ("user", "email", "groups"):
        monkeypatch.setenv(f"GROUNDWORK_PROXY_{name.upper()}_HEADER", f"x-{name}")
    monkeypatch.setenv("GROUNDWORK_ROLES", ", ".join(f"{role}={role}" for role in Role))
    door.cache_clear()
    yield SignedIn(behind_door(), pages_store)
    door.cache_clear()
