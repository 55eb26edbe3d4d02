"""Assist: draft, code, answer; a person accepts, mends or rejects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from ..document.estimate import Estimate
from ..document.fields import SHARE, Money, Quantity, needed, optional
from ..text.languages import message
from ..vocabulary import Better, Unit
from .base import Task
from .pieces import Counted, Metric, Names, Numbers, Values

Minutes = Annotated[Estimate, Quantity(Unit.MINUTES, 0, 100_000)]

ACCEPTANCE_RATE = Metric(
    "acceptance_rate", message("Acceptance rate"), "Share of the outputs that people accept and use.", SHARE
)
TIME_SAVED = Metric(
    "time_saved", message("Time saved"), "Share of a task's minutes that an accepted output saves.", SHARE
)
UNDETECTED_ERROR_RATE = Metric(
    "undetected_error_rate",
    message("Undetected error rate"),
    "Share of the tasks in which an error of the output slips through the review.",
    SHARE,
    Better.DOWN,
    default=0.0,
)


class Assistance(Task):
    """Accepted output saves minutes; every output has to be read, and some errors slip through."""

    title: ClassVar[str] = message("Assistance")
    about: ClassVar[str] = "Draft, code, summarise or answer, and a person decides: support, sales, software."
    formula: ClassVar[str] = r"v = \frac{w}{60}\,(a\,s\,T - R) - e\,E"
    in_words: ClassVar[str] = message(
        "A task is worth the minutes that it saves at the wage, less the minutes that reading the output takes, less "
        "what errors cost that slip through."
    )
    letters: ClassVar[Mapping[str, str]] = {
        "wage_per_hour": "w",
        "acceptance_rate": "a",
        "time_saved": "s",
        "minutes_per_task": "T",
        "review_minutes": "R",
        "undetected_error_rate": "e",
        "error_cost": "E",
    }
    formula_with_numbers: ClassVar[str] = (
        r"\tfrac{{1}}{{60}}\,{wage_per_hour}\cdot({acceptance_rate}\cdot{time_saved}\cdot{minutes_per_task}"
        r"-{review_minutes})-{undetected_error_rate}\cdot{error_cost}"
    )
    source: ClassVar[str] = (
        "Minutes saved at the wage (Groundwork's own); measured effects: Brynjolfsson, Li and Raymond 2023, Generative AI at Work, NBER 31161"
    )
    metric_sets: ClassVar[tuple[tuple[str, ...], ...]] = (("acceptance_rate", "time_saved"),)

    kind: Literal["assistance"]
    minutes_per_task: Minutes | None = needed("Minutes a task", "How long a person needs for a task without help.")
    wage_per_hour: Money | None = needed("Wage an hour", "What an hour of that person costs, with everything on top.")
    review_minutes: Minutes | None = needed("Review minutes", "How long a person needs to read and judge one output.")
    error_cost: Money = optional("Cost of an error", "What one error that slips through costs.", Estimate.of(0.0))

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Acceptance rate, time saved and undetected error rate, each a share 0..1; the last is 0 where it is left out."""
        return ACCEPTANCE_RATE, TIME_SAVED, UNDETECTED_ERROR_RATE

    def value_without_model(self, inputs: Values) -> Numbers:
        # Nobody is helped, and nothing is reviewed.
        return 0.0 * inputs["wage_per_hour"]

    def value_per_case(self, inputs: Values, metrics: Values) -> Numbers:
        """Money per task: inputs and metrics are numbers or arrays of shape (draws,), which broadcast.

        wage_per_hour / 60 (acceptance_rate time_saved minutes_per_task - review_minutes) - undetected_error_rate error_cost;
        wage_per_hour and error_cost in money, minutes_per_task and review_minutes in minutes. Source: see `source`.
        """
        saved = metrics["acceptance_rate"] * metrics["time_saved"] * inputs["minutes_per_task"]
        worth = inputs["wage_per_hour"] / 60 * (saved - inputs["review_minutes"])
        return worth - metrics["undetected_error_rate"] * inputs["error_cost"]

    def formula_per_case(self, inputs: Names, metrics: Names) -> str:
        """The same as a spreadsheet formula of the names of cells: money per task."""
        i, m = inputs, metrics
        saved = f"{m['acceptance_rate']}*{m['time_saved']}*{i['minutes_per_task']}"
        return f"{i['wage_per_hour']}/60*({saved}-{i['review_minutes']})-{m['undetected_error_rate']}*{i['error_cost']}"

    def counted(self, inputs: Values, metrics: Values) -> Sequence[Counted]:
        # Time saved is read off the accepted outputs.
        return [
            Counted("acceptance_rate", metrics["acceptance_rate"]),
            Counted("time_saved", metrics["time_saved"], among="acceptance_rate"),
            Counted("undetected_error_rate", metrics["undetected_error_rate"]),
        ]
