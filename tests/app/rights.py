"""Pages that are open while their rights are taken away: whatever is clicked next does nothing, and says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from streamlit.runtime.scriptrunner import exec_code
from streamlit.testing.v1 import AppTest

from app.door.identity import NotSignedIn
from app.server import _script_error
from app.session import identity
from db import Claims, DecisionFilters, Filters, Role, Store
from scoping import examples
from tests.app.acting import said
from tests.db.people import claims

Take = Callable[["Open"], None]


@dataclass
class Open:
    """Somebody's page, and the store past every right."""

    store: Store
    owner: str
    proposal: str
    claims: Claims | None

    def claimed(self) -> Claims:
        """What the sign-in says at this moment. Raises NotSignedIn."""
        if self.claims is None:
            raise NotSignedIn("Your session has ended. Sign in again.")
        return self.claims

    def kept(self) -> list[Any]:
        """Everything that a click could have changed."""
        rows = [*self.store.list(size=200).rows, *self.store.list(Filters(archived=True), size=200).rows]
        return [
            sorted((row.id, row.version, row.archived, row.title) for row in rows),
            self.store.decisions(filters=DecisionFilters()).total,
            self.store.check_trail().entries,
            [(each.id, each.role, each.is_removed) for each in self.store.people.all()],
            self.store.sharing.of(self.proposal),
        ]


def opened(store: Store, role: Role = Role.APPROVER) -> Open:
    """Somebody else's proposal, on which somebody of that role works."""
    owner = store.acting_for(store.people.enter(claims("Owner", Role.CONTRIBUTOR)))
    saved = owner.create(examples.load("visual_inspection"))
    own = claims("Ada", role, issued_at=datetime.now(UTC))
    person = store.people.enter(own)
    owner.sharing.add(saved.id, person.id)
    return Open(store, owner.person.id, saved.id, own)


def _removed(here: Open) -> None:
    here.store.people.remove(_person(here))


def _restricted(here: Open) -> None:
    here.store.sharing.remove(here.proposal, _person(here))
    here.store.sharing.restrict(here.proposal, True)


def _viewer(here: Open) -> None:
    here.claims = claims("Ada", Role.VIEWER, issued_at=datetime.now(UTC))
    here.store.people.enter(here.claims)


def _ended(here: Open) -> None:
    here.claims = None


def _person(here: Open) -> str:
    return here.store.people.enter(here.claimed()).id


WAYS: dict[str, Take] = {"removed": _removed, "restricted": _restricted, "viewer": _viewer, "ended": _ended}
"""How rights are taken away."""
SAYS = {
    "removed": "You no longer belong here",
    "restricted": "There is no proposal",
    "viewer": "takes the role",
    "ended": "Your session has ended",
}
"""What the page says then."""
_EVERYWHERE = ("removed", "ended")
"""Ways after which no page is shown at all: the others leave what a viewer may see, or what is about no proposal."""
_KINDS = (
    "button", "text_input", "text_area", "number_input", "selectbox", "multiselect", "radio", "toggle", "checkbox",
    "date_input", "segmented_control", "pills", "button_group",
)  # fmt: skip


def controls(test: AppTest) -> Iterator[tuple[str, str]]:
    """Everything on the page that can be worked: its kind and its key."""
    for kind in _KINDS:
        for each in test.get(kind):
            if each.key and not getattr(each, "disabled", False):
                yield kind, str(each.key)


def work(test: AppTest, kind: str, key: str) -> AppTest:
    """Click it, or give it another value."""
    element = next(each for each in test.get(kind) if each.key == key)
    if kind == "button":
        return element.click().run()  # type: ignore[no-any-return]
    return element.set_value(_another(kind, element)).run()  # type: ignore[no-any-return]


def _another(kind: str, element: Any) -> Any:
    if kind in ("text_input", "text_area"):
        return "7" if element.value != "7" else "8"
    if kind in ("toggle", "checkbox"):
        return not element.value
    if kind in ("selectbox", "radio"):
        return next((each for each in element.options if each != element.value), element.value)
    return element.value


def wrong_after(here: Open, way: str, test: AppTest, kind: str, key: str) -> list[str]:
    """Take the rights away, click, and say what was wrong."""
    WAYS[way](here)
    before = here.kept()
    after = work(test, kind, key)
    wrong = []
    if here.kept() != before:
        wrong.append(f"{way}, {kind} {key}: something was changed")
    if after.exception or "Something went wrong" in said(after) or "went wrong on our side" in said(after):
        wrong.append(f"{way}, {kind} {key}: {[each.value for each in after.exception] or said(after)[:300]}")
    if way in _EVERYWHERE and SAYS[way] not in said(after):
        wrong.append(f"{way}, {kind} {key}: does not say so, but {said(after)[:200]!r}")
    return wrong


def pretend(monkeypatch: Any, here: Open) -> None:
    """Let the pages believe in the sign-in of `here`, and tell of errors as the server does."""
    monkeypatch.setattr(identity, "_claims", here.claimed)
    monkeypatch.setattr(exec_code, "handle_user_script_exception", lambda error, _: _script_error(error))
