"""Search by its index finds what a search through every text finds; lists and exports do not slow down as they grow."""

from __future__ import annotations

import re
import tracemalloc
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, event, text

from db import (
    NOT_DECIDED,
    Decision,
    DecisionFilters,
    DecisionRequest,
    Filters,
    Person,
    Role,
    Store,
    lists,
    migrate,
    open_store,
)
from db.columns import SORTS
from db.engine import create
from db.searching import Searching
from scoping.vocabulary import Outcome, Recommendation
from tests.documents import proposal
from tests.many import RARE, fill

pytestmark = pytest.mark.long

TITLES = (
    "Brake discs inspected",
    "STRASSE und Straße: Prüfung der Ölwanne",
    "ÉTÉ à Zürich",
    "100% sure_thing",
    'Said "so", OR NOT; NEAR(x) * -',
    "İstanbul ferry",
    "🦄🦄🦄 and 日本語の題名",
    "aaaa",
    "it's a C:\\path\\of_files",
)
LETTERS = st.sampled_from("".join(sorted({*"".join(TITLES).casefold(), *"".join(TITLES)})))
PARTS = st.sampled_from(TITLES).flatmap(
    lambda title: st.tuples(st.integers(0, len(title)), st.integers(0, len(title))).map(
        lambda ends: title[min(ends) : max(ends)]
    )
)


@pytest.fixture
def many(store: Store, database_url: str) -> Store:
    """Three hundred proposals."""
    fill(store, database_url, 300)
    return store


@pytest.fixture
def searched(store: Store) -> Store:
    """A few proposals, some of them changed, archived and brought back."""
    saved = [store.create(proposal(title=title, team=f"Team {number}")) for number, title in enumerate(TITLES)]
    changed = store.create(proposal(title="Forgotten words"))
    store.save(changed.id, proposal(title="Other words"), 1)
    store.archive(saved[0].id)
    store.archive(saved[1].id)
    store.restore(saved[1].id)
    return store


EVERY_TIME, NEVER = 10**9, -1
WAYS = {
    "among the first": {"FEW_SAY": NEVER},
    "by the words": {"FEW_SAY": NEVER, "WALKED": 1, "_MORE_FOR_EACH": 0, "FEW_LEFT": NEVER},
    "by the words, where few say them": {"FEW_SAY": EVERY_TIME},
    "among what a filter leaves": {"FEW_SAY": NEVER, "WALKED": 1, "_MORE_FOR_EACH": 0, "FEW_LEFT": EVERY_TIME},
}


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """One of the ways to find what is sought, whatever would be fast."""
    for name, value in WAYS[request.param].items():
        monkeypatch.setattr(lists, name, value)
    return str(request.param)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=PARTS | st.text(LETTERS, max_size=8) | st.text(max_size=6), archived=st.booleans(), teams=st.booleans())
def test_each_way_finds_what_reading_every_text_finds(
    searched: Store, way: str, query: str, archived: bool, teams: bool
) -> None:
    chosen = ("Team 1", "Team 3", "Team 4") if teams else ()
    filters = Filters(text=query.encode("utf-8", "ignore").decode(), archived=archived, teams=chosen)
    words = filters.text.replace("\x00", "").casefold().split()
    everything = searched.list(Filters(archived=archived, teams=chosen)).rows
    wanted = [row.id for row in everything if all(word in _text_of(searched, row.id) for word in words)]
    found = searched.list(filters)
    assert ([row.id for row in found.rows], found.total, found.has_more) == (wanted, len(wanted), False)
    assert searched._searching is not Searching.THROUGH_ALL


@cache
def _text_of(store: Store, identity: str) -> str:
    found = store.get(identity).proposal
    return "\n".join((found.title, found.team, found.owner, found.sponsor, found.summary, *found.tags)).casefold()


ASKED = (
    Filters(),
    Filters(teams=("Team 1", "Team 2")),
    Filters(owners=("Person 7",)),
    Filters(recommendations=(Recommendation.BUILD, Recommendation.STOP)),
    Filters(decisions=(NOT_DECIDED,)),
    Filters(decisions=("pilot", NOT_DECIDED), due_by=date(2030, 1, 1)),
    Filters(due_by=date(2027, 1, 1)),
)


def test_each_way_keeps_filters_order_and_pages(many: Store, way: str) -> None:
    for asked, sort in product(ASKED, SORTS):
        filters = replace(asked, sort=sort, descending=sort != "title")
        sought = replace(filters, text="kiln")
        said = [each.listed for each in many.every(filters) if "kiln" in each.listed.title]
        pages = [many.list(sought, number, 7) for number in range(1, 5)]
        assert [row for page in pages for row in page.rows] == said[:28], (way, sought)
        assert all(page.total <= len(said) and (page.has_more or page.total == len(said)) for page in pages)
        assert many.count(sought) == len(said)
        assert list(many.first(sought, 5)) == said[:5]


def test_what_many_say_is_not_counted_to_the_end(many: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "WALKED", 60)
    monkeypatch.setattr(lists, "FEW_SAY", 50)
    everywhere, some = (many.list(Filters(text=word), 1, 10) for word in ("inspection", "kiln"))
    assert (everywhere.total, everywhere.has_more, everywhere.pages) == (90, True, 10)
    assert (some.has_more, some.total < 30, some.pages) == (True, True, some.total // 10 + 1)
    last = many.list(Filters(text="inspection"), 30, 10)
    assert (len(last.rows), last.total, last.has_more, last.pages) == (5, 295, False, 30)
    assert many.list(Filters(text="inspection"), 31, 10).total == 295
    assert many.list(Filters(text=RARE), 1, 10).total == 10


def test_a_search_shows_nobody_what_is_restricted(many: Store, way: str) -> None:
    owner, other, boss = (
        many.acting_for(Person(name, name, role=role))
        for name, role in (("o", Role.CONTRIBUTOR), ("p", Role.CONTRIBUTOR), ("q", Role.ADMINISTRATOR))
    )
    hidden = owner.create(proposal(title="A hidden kiln"), is_restricted=True).id
    for person, sees in ((owner, True), (other, False), (boss, True)):
        found = [row.id for row in person.first(Filters(text="kiln"))]
        assert (hidden in found) is sees, (way, person.person)
        assert person.list(Filters(text="hidden")).total == person.count(Filters(text="hidden")) == int(sees)


def test_search_knows_what_is_said_now_and_not_what_was(searched: Store) -> None:
    assert searched.list(Filters(text="forgotten")).total == 0
    assert searched.list(Filters(text="ther wor")).total == 1
    assert searched.list(Filters(text="PRÜF lwann")).total == 1


def test_what_was_there_before_the_index_is_found_and_going_back_leaves_no_trace(database_url: str) -> None:
    engine = create(database_url)
    migrate.upgrade(engine)
    migrate.downgrade(engine, "0001")
    with engine.connect() as connection:
        kept = {"postgresql": "pg_class", "sqlite": "sqlite_master"}[engine.dialect.name]
        column = {"postgresql": "relname", "sqlite": "name"}[engine.dialect.name]
        names = {*connection.execute(text(f"SELECT {column} FROM {kept}")).scalars()}
    assert not {name for name in names if re.match("list_|search_", name)}
    migrate.upgrade(engine)
    store = Store(engine)
    saved = store.create(proposal(title="Before the index"))
    migrate.downgrade(engine, "0003")
    migrate.upgrade(engine)
    assert [row.id for row in store.list(Filters(text="before")).rows] == [saved.id]
    store.close()


def test_names_of_any_length_are_saved_offered_and_filtered(store: Store) -> None:
    long = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(20_000))
    store.create(proposal(title=long, team=long, owner="Bo"))
    store.create(proposal(team="Short", owner="Bo"))
    first, short = sorted(store.teams(), key=len, reverse=True)
    assert (len(first), short, store.owners()) == (200, "Short", ("Bo",))
    assert store.list(Filters(teams=(first,))).total == 1


def test_a_list_streams_in_its_order_from_one_moment(store: Store, database_url: str) -> None:
    fill(store, database_url, 900)
    filters = Filters(sort="npv_mean")
    pages = [row.id for number in range(1, 6) for row in store.list(filters, number, 200).rows]
    lines = store.every(filters)
    found = [next(lines)]
    store.create(proposal(title="Meanwhile"))
    found += lines
    assert [line.listed.id for line in found] == pages
    assert sum(line.standing is not None for line in found) == 451
    decided = [each.id for each in store.every_decision()]
    assert (decided, len(decided)) == (sorted(decided, reverse=True), 451)


def test_long_work_takes_each_proposal_once_whatever_is_saved_meanwhile(store: Store) -> None:
    made = {store.create(proposal(title=str(number))).id for number in range(7)}
    rows, seen = store.after(size=3), []
    while rows:
        seen += [row.id for row in rows]
        store.save(rows[0].id, proposal(title="changed meanwhile"), 1)
        rows = store.after(rows[-1].id, size=3)
    assert seen == sorted(made)


ASKED_OF_DECISIONS = (
    DecisionFilters(),
    DecisionFilters(outcomes=(Outcome.BUILD, Outcome.STOP)),
    DecisionFilters(decided_by=("Person 7", "Person 77")),
    DecisionFilters(due_by=date(2028, 1, 1)),
    DecisionFilters(decided_from=date(2020, 1, 1), decided_to=date(2100, 1, 1)),
    DecisionFilters(decided_from=date(2100, 1, 1)),
)


def test_each_way_finds_the_decisions_that_reading_all_finds(many: Store, way: str) -> None:
    for asked, sought in product(ASKED_OF_DECISIONS, ("kiln", "KILN ferry", RARE, "ki", f"ki {RARE}", "nobody says")):
        words = sought.casefold().split()
        said = [
            each
            for each in many.every_decision(asked)
            if all(word in f"{each.title}\n{each.reason}\n{each.decided_by}".casefold() for word in words)
        ]
        filters = replace(asked, text=sought)
        pages = [many.decisions(None, number, 7, filters) for number in range(1, 4)]
        assert [row for page in pages for row in page.rows] == said[:21], (way, filters)
        assert all(page.total <= len(said) and (page.has_more or page.total == len(said)) for page in pages)
        assert [*many.every_decision(filters)] == said


@given(query=PARTS | st.text(LETTERS, max_size=8) | st.text(max_size=6))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_decisions_are_found_by_any_part_of_what_they_say(decided: Store, way: str, query: str) -> None:
    text = query.encode("utf-8", "ignore").decode()
    words = text.replace("\x00", "").casefold().split()
    everything = decided.decisions().rows
    wanted = [each.id for each in everything if all(word in _said_of(each) for word in words)]
    found = decided.decisions(filters=DecisionFilters(text=text))
    assert ([each.id for each in found.rows], found.total) == (wanted, len(wanted))


@pytest.fixture
def decided(store: Store) -> Store:
    """A decision for each title, which says another one as its reason."""
    for title, reason in zip(TITLES, TITLES[1:] + TITLES[:1], strict=True):
        saved = store.create(proposal(title=title))
        store.decide(saved.id, DecisionRequest(1, Outcome.STOP, Outcome.REWORK, "Öz Çelik", reason=reason))
    return store


def _said_of(decision: Decision) -> str:
    return "\n".join((decision.title, decision.reason, decision.decided_by, decision.alternative or "")).casefold()


def test_decisions_on_what_is_restricted_are_found_by_those_who_see_it(store: Store, way: str) -> None:
    owner, other, boss = (
        store.acting_for(Person(name, name, role=Role.APPROVER if name != "q" else Role.ADMINISTRATOR))
        for name in ("o", "p", "q")
    )
    hidden = owner.create(proposal(title="A hidden kiln"), is_restricted=True).id
    owner.decide(hidden, DecisionRequest(1, Outcome.STOP, Outcome.STOP, ""))
    for person, sees in ((owner, 1), (other, 0), (boss, 1)):
        for words in ("hidden", "hidden kiln", "en k"):
            assert person.decisions(filters=DecisionFilters(text=words)).total == sees, (way, words)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_first_page_sorts_a_table(store: Store, database_url: str) -> None:
    """Asked of SQLite, which says in words how it goes about a statement."""
    fill(store, database_url, 300)
    statements: list[tuple[str, object]] = []
    event.listen(store._engine, "before_cursor_execute", lambda *given: statements.append((given[2], given[3])))
    for sort in ("saved_at", "npv_mean", "feasibility_score", "title"):
        store.list(Filters(sort=sort, descending=sort != "title"))
    store.list(Filters(recommendations=("build",)))  # type: ignore[arg-type]
    store.list(Filters(teams=("Team 1",)))
    store.list(Filters(owners=("Person 1",)))
    store.decisions()
    store.decisions(filters=DecisionFilters(outcomes=("build",)))  # type: ignore[arg-type]
    store.decisions(filters=DecisionFilters(decided_by=("Person 1",), decided_to=date(2030, 1, 1)))
    store.count()
    store.teams()
    engine = create_engine(database_url)
    with engine.connect() as connection:
        for statement, values in statements:
            if statement.startswith(("SELECT", "WITH")) and "IN (SELECT max" not in statement:
                plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]  # type: ignore[arg-type]
                assert not [step for step in plan if "TEMP B-TREE" in step], (statement, plan)
                assert not [step for step in plan if step == "SCAN proposals"], (statement, plan)
    engine.dispose()
    assert len(statements) > 20


def test_a_search_for_a_rare_word_does_not_read_the_texts(store: Store, database_url: str) -> None:
    fill(store, database_url, 300)
    assert store.list(Filters(text=RARE)).total == 10
    assert store.list(Filters(text=RARE[2:6].upper())).total == 10


def test_memory_does_not_grow_with_the_list(tmp_path: object) -> None:
    url = f"sqlite:///{tmp_path}/growing.db"
    store = open_store(url)
    fill(store, url, 3_000)
    tracemalloc.start()
    many = sum(1 for _ in store.every())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    store.close()
    assert many > 2_900
    assert peak < 12_000_000
