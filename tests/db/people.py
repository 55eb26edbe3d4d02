"""People of every role, for tests."""

from __future__ import annotations

from db import Claims, Person, Role, Store


def claims(name: str, role: Role | None = None, **others: object) -> Claims:
    """What a provider says of somebody, whose groups give them that role."""
    email = f"{name.lower()}@example.org"
    return Claims(f"test|{name}", name, email, is_email_verified=True, granted=role, **others)  # type: ignore[arg-type]


def enter(store: Store, name: str, role: Role | None = None) -> Person:
    """Somebody signs in."""
    return store.people.enter(claims(name, role))


def acting(store: Store, name: str, role: Role | None = None) -> Store:
    """The store for somebody who signed in."""
    return store.acting_for(enter(store, name, role))
