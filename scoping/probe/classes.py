"""The classes of columns that hold few: what may be the class that counts, and that class against all others."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from .asked import Classes, Roles
from .profile import Counted, Tidy, counted, tidy
from .profile.asking import asked_of
from .profile.columns import EXACT_ROWS, Column
from .sources import ROW, Opened, place
from .tasking import positive_of, suggested_task, written_as

MOST_OFFERED = 100
"""Of a column with more different values nobody chooses one class."""
_LONGEST = 200
"""A value with more characters is no name of a class."""
_TWO = 2
_SECONDS, _TOGETHER = 8.0, 20
# Missing values are written in several ways, and each of them is one more value before the column is read.
_AS_WRITTEN = 2 * MOST_OFFERED
_LABELS_LOOKED_AT = 10_000


def classes_in(opened: Opened, seconds: float = _SECONDS) -> dict[str, Classes]:
    """The classes by the name of their column, as a probe of that target would read them.

    Those with the fewest come first; of a very wide table, as many as can be read in that time.
    """
    until, few = time.monotonic() + seconds, _of_few(opened)
    found: dict[str, Classes] = {}
    for first in range(0, len(few), _TOGETHER):
        if first and time.monotonic() > until:
            break
        found |= _classes_of(_part(opened, few[first : first + _TOGETHER]))
    return found


def _classes_of(part: Opened) -> dict[str, Classes]:
    tidied = tidy(part)
    found = counted(tidied, Roles(target="")).columns
    read = {each.column.name: _classes(tidied.table, each) for each in found if _TWO <= each.distinct <= MOST_OFFERED}
    return {name: classes for name, classes in read.items() if all(len(each) <= _LONGEST for each in classes.names)}


def _of_few(opened: Opened) -> list[int]:
    """The places of the columns that hold few different values as they are written, those with the fewest first."""
    schema = opened.table.schema()
    places = [place(at) for at in range(len(opened.names))]
    told = [
        each for each in places if schema[each].is_string() or schema[each].is_boolean() or schema[each].is_numeric()
    ]
    found = asked_of(opened.table, {each: opened.table[each].approx_nunique() for each in told})
    few = [at for at, each in enumerate(places) if _TWO <= found.get(each, 0) <= _AS_WRITTEN]
    return sorted(few, key=lambda at: found[places[at]])


def _part(opened: Opened, places: Sequence[int]) -> Opened:
    """The same with these columns alone."""
    columns = {place(at): opened.table[place(before)] for at, before in enumerate(places)}
    table = opened.table.select(**columns, **{ROW: opened.table[ROW]})
    return replace(opened, table=table, names=tuple(opened.names[each] for each in places))


def _classes(table: ir.Table, target: Counted) -> Classes:
    there = table.filter(table[target.column.place].notnull())
    groups = there.group_by(target.column.place).aggregate(rows=there.count()).to_pyarrow().to_pylist()
    found = [(each[target.column.place], int(each["rows"])) for each in groups]
    named = sorted(((written_as(value), rows) for value, rows in found), key=lambda each: (-each[1], each[0]))
    whole = replace(target, broken=sum(isinstance(value, float) and not value.is_integer() for value, _ in found))
    return Classes(
        tuple(name for name, _ in named),
        tuple(rows for _, rows in named),
        suggested_task(whole) == "classification",
    )


def against_the_rest(opened: Opened, tidied: Tidy, roles: Roles) -> Tidy:
    """The table in which the target, and a second label, say only whether a row is of the class that counts.

    Raises SourceRefused where the target has no such class.
    """
    wanted = positive_of(roles.positive, sorted(map(written_as, _values(tidied, roles.target))))
    labels = [each for each in (roles.target, roles.second_label) if each]
    columns = {column.place: _is_it(tidied, column, wanted) for column in tidied.columns if column.name in labels}
    table = opened.kept(tidied.table.mutate(**columns), tidied.rows <= EXACT_ROWS)
    told = tuple(
        Column(each.place, each.name, "text", is_personal=each.is_personal) if each.place in columns else each
        for each in tidied.columns
    )
    return replace(tidied, table=table, columns=told)


def _values(tidied: Tidy, name: str) -> list[object]:
    """The different values of a column."""
    column = tidied.column(name)
    assert column is not None
    different = tidied.table.filter(tidied.table[column.place].notnull()).select(column.place).distinct()
    return list(different.limit(_LABELS_LOOKED_AT).to_pyarrow()[column.place].to_pylist())


def _is_it(tidied: Tidy, column: Column, wanted: str) -> ir.Value:
    """The class that counts by its name, every other one by another name, and nothing where nothing stands."""
    values, its = (
        tidied.table[column.place],
        [each for each in _values(tidied, column.name) if written_as(each) == wanted],
    )
    is_it = values.isin(its) if its else ibis.literal(False)
    named = ibis.ifelse(is_it, ibis.literal(wanted), ibis.literal(f"not {wanted}"))
    return ibis.ifelse(values.isnull(), ibis.null("string"), named)
