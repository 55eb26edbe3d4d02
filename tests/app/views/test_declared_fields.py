"""Every field that the document declares stands on exactly one step, for every kind of task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from app.session import shared
from app.session.navigation import pages
from app.views.parts.step import steps
from db import Saved
from scoping import read
from scoping.bridges import KINDS
from scoping.document.grounds import Ground
from scoping.document.own import OwnField, OwnQuestion
from scoping.document.own_classes import OwnFactor
from scoping.document.standards import Thresholds
from tests.app.acting import open_page
from tests.app.conftest import start
from tests.app.declared import Watched, as_declared, declared_fields

pytestmark = pytest.mark.long

NOT_EDITED = {
    "schema_version": "says how the document is written; no one chooses it",
    "feasibility.answers.*.evidence": "read from documents; on the page the note says what an answer rests on",
    "evidence": "measured by a probe; no one types it",
    "alternatives.*.measured_by": "a choice among the evidence that is attached: test_accepting",
    "alternatives.*.measured_part": "a choice where there are several parts: test_accepting",
    "feasibility.ceiling_grounds.*.link": "asked for where a figure was published: test_ceiling_grounds",
    **{
        f"grounds.*.{name}": "said of a figure that somebody chose in a panel: test_grounds"
        for name in Ground.model_fields
    },
    **{
        f"returns.own_classes.*.{name}": "a copy of the track record, taken over as a whole: test_own_classes"
        for name in OwnFactor.model_fields
    },
    **{
        f"organisation.{name}": "a copy of what the organisation laid down, taken over as a whole: test_organisation"
        for name in ("version", "switched_off", *(f"thresholds.{each}" for each in Thresholds.model_fields))
    },
    **{
        f"organisation.{place}.*.{name}": "declared on the page Organisation: test_organisation"
        for place, model in (("questions", OwnQuestion), ("fields", OwnField))
        for name in model.model_fields
    },
    "own": "drawn on the steps that the organisation's declarations name: test_organisation",
    "alternatives.*.left_as_today": "a box in each part of the work, where there are parts: test_parts_of_the_work",
}
"""The fields that no page draws as a field of one kind of task, and why."""

Places = dict[str, set[str]]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """The steps and pages on which each field was drawn, over all kinds of task."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("GROUNDWORK_DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('fields') / 'pages.db'}")
        shared.database.cache_clear()
        watched = Watched(monkeypatch)
        found: Places = defaultdict(set)
        for kind in KINDS:
            saved = shared.database().create(read(_begun(kind)))
            for place, paths in _drawn(saved, watched):
                for path in paths:
                    found[as_declared(path, kind)].add(place)
        yield found
        shared.database().close()
        shared.database.cache_clear()


def _begun(kind: str) -> dict[str, object]:
    """A proposal of that kind in which every field can be reached: its first alternative is no status quo."""
    return {
        "title": f"A task of kind {kind}",
        "bridge": {"kind": kind},
        "alternatives": [{"name": "Model", "kind": "classical_ml"}, {"name": "Today", "kind": "status_quo"}],
    }


def _drawn(saved: Saved, watched: Watched) -> Iterator[tuple[str, set[str]]]:
    test = start()
    for panel in ("correlations", "finance", "ceiling_grounds"):
        test.session_state[f"{saved.id}:{panel}"] = True
    for gathered in ("correlations", "bridge.points"):
        test.session_state[f"{saved.id}:0.0:{gathered}:count"] = 1
    test.session_state[f"{saved.id}:0.0:alternatives.0:more"] = True
    for rows in ("data.sources", "alternatives.0.costs", "returns.shared_causes", "risks", "milestones", "resources"):
        test.session_state[f"{saved.id}:0.0:{rows}.0:adding"] = True
    test.session_state[f"{saved.id}:0.0:alternatives.0.costs.0:more"] = True
    test.query_params["proposal"] = saved.id
    for page in pages():
        if page.url != "proposal":
            yield f"page {page.url}", _paths(open_page(test, page.url), watched)
    open_page(test, "proposal")
    for step in steps():
        test.query_params["step"] = step
        yield step, _paths(test.run(), watched)


def _paths(test: AppTest, watched: Watched) -> set[str]:
    assert not test.exception
    found, watched.paths = watched.paths, set()
    return found


@pytest.mark.parametrize("field", declared_fields())
def test_every_declared_field_stands_on_one_step(field: str, places: Places) -> None:
    if field in NOT_EDITED:
        assert places[field] == set(), "it is drawn after all: take it out of the list"
    else:
        assert len(places[field]) == 1, f"it stands on {sorted(places[field]) or 'no page'}"


def test_what_is_not_edited_is_declared() -> None:
    assert set(NOT_EDITED) <= set(declared_fields())
