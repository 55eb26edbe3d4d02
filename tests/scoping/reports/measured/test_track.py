"""The track record in sections: scores with intervals, groups, own classes, what is suggested, what was saved."""

from __future__ import annotations

from typing import Any

from scoping import read
from scoping.record.actuals import read_actuals
from scoping.record.judged import Judged, judged
from scoping.record.ledger import Case, savings, totals
from scoping.record.overruns import Ratio
from scoping.record.replaying import Decided, replayed
from scoping.reports.blocks import Figure, KeyFigures, Paragraph, Section, Table
from scoping.reports.measured.learned import classes, ledger, seen_again, suggestions
from scoping.reports.measured.track import HEAD, grouped, lines, overall
from scoping.text.languages import ENGLISH
from scoping.vocabulary import Overrun, Recommendation
from tests.documents import CERTAIN, UNCERTAIN

SIGNED = read({**UNCERTAIN, "team": "Payments"})


def ranges(count: int, catch: float) -> list[Judged]:
    """So many proposals of which a catch came to be worth that."""
    months = range(5, 9)
    entries = [{"about": "alternatives.2.build_months", "month": 4, "value": 4}]
    entries += [{"about": "bridge.value_of_catch", "month": month, "value": catch} for month in months]
    actuals = read_actuals({"actuals_version": 1, "alternative": "Model", "entries": entries}, SIGNED)
    return [each for number in range(count) for each in judged(str(number), SIGNED, actuals)]


def said(section: Section) -> str:
    return " ".join(each.text for each in section.blocks if isinstance(each, Paragraph))


def table(section: Section) -> Table:
    return next(each for each in section.blocks if isinstance(each, Table))


def test_few_ranges_are_told_with_their_interval_and_called_too_few() -> None:
    found = overall(ranges(3, 150), ENGLISH)
    [cards] = [each for each in found.blocks if isinstance(each, KeyFigures)]
    assert (cards.figures[0].value, str(cards.figures[1].value)) == ("3", "100%")
    assert "95% interval 44% to 100%" in cards.figures[1].detail
    assert "Too few to say" in said(found)


def test_ranges_that_never_hold_are_told_so_and_their_groups_too() -> None:
    found = ranges(12, 500)
    assert "Too few" not in said(overall(found, ENGLISH))
    assert {each.id for each in overall(found, ENGLISH).blocks if isinstance(each, Figure)} == {
        "reliability",
        "coverage",
    }
    [row] = table(grouped(found, "team")).rows
    assert (row[0], row[1], str(row[2])[:2]) == ("Payments", "12 (12)", "0%")
    assert str(row[-1]) in ("too narrow", "biased")


def test_what_is_suggested_is_a_suggestion_and_says_on_how_many_it_rests() -> None:
    found = suggestions(ranges(12, 500))
    assert table(found).rows[0][1] == "12"
    assert "Nothing is changed by itself" in said(found)
    assert "Nothing so far" in said(suggestions(ranges(3, 500)))


def test_own_classes_say_how_many_there_are_and_from_when_they_stand_alone() -> None:
    found = classes([Ratio(str(number), Overrun.COST, 1.4) for number in range(6)])
    [row] = table(found).rows
    assert (str(row[0]), row[1], str(row[2])) == ("Build cost", "6", "1.40")
    assert "from 20 on" in row[-1]
    assert "Build time: 0 so far, too few to say." in said(found)


def test_the_ledger_adds_up_what_stops_saved_and_says_what_it_rests_on() -> None:
    stop = Case("a", read(CERTAIN), Decided(Recommendation.STOP, "Model"))
    entries = savings([stop])
    found = ledger(entries, totals(entries))
    [row] = table(found).rows
    assert str(row[1]) == "before the work"
    assert "nothing of it was ever measured" in row[3]
    assert "Nothing was stopped yet" in said(ledger([], []))


def test_a_decision_seen_again_is_told_in_one_reading_and_its_reason() -> None:
    actuals = read_actuals({"actuals_version": 1, "alternative": "Model", "entries": []}, SIGNED)
    found = seen_again(replayed(SIGNED, Decided(Recommendation.BUILD, "Model"), actuals))
    assert said(found)
    [cards] = [each for each in found.blocks if isinstance(each, KeyFigures)]
    assert [str(each.label) for each in cards.figures] == ["Recommended then", "Decided", "With what is known now"]


def test_the_file_has_as_many_cells_as_headings() -> None:
    found: list[Any] = lines(ranges(2, 150), {"0": "First"})
    assert {len(row) for row in found} == {len(HEAD)}
    assert [row[1] for row in found] == ["First", ""]
