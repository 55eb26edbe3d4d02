"""What the figures do not say of themselves, in plain sentences."""

from __future__ import annotations

from collections.abc import Callable

from ..value.remarks import Code, Remark
from .languages import listed, message
from .wording import cases, money, number, percent


def remark_said(remark: Remark, currency: str) -> str:
    """The remark in a sentence; money in `currency`."""
    return _SENTENCES[remark.code](remark, currency)


def _tail_of_input(remark: Remark, _currency: str) -> str:
    p90, cut = remark.values
    return message(
        "{input}: its mean would lie beyond its own P90 ({p90}), in a tail that nobody gave; it is cut at {cut}. Say what the largest conceivable value is, and narrow the range.",
        input=remark.subjects[0],
        p90=number(p90, 4),
        cut=number(float(f"{cut:.3g}"), 4),
    )


def _tail_of_npv(remark: Remark, _currency: str) -> str:
    return message(
        "The expected NPV of {name} lies beyond its own P90 and rests on the far end of {inputs}.",
        name=remark.subjects[0],
        inputs=listed(remark.subjects[1:]),
    )


def _same_risk_twice(remark: Remark, _currency: str) -> str:
    return message(
        "{name} reaches production with a chance of {chance} only, and its range of {metrics} is wide: if both mean that the model may not be good enough, the same risk is counted twice.",
        name=remark.subjects[0],
        chance=percent(remark.values[0]),
        metrics=listed(remark.subjects[1:]),
    )


def _trainings_free(remark: Remark, _currency: str) -> str:
    return message(
        "{names}: trained again (months between two trainings: {months}), and what a training costs is not said. It counts as nothing: give the cost of a training, or 0 if the monthly costs hold it.",
        names=listed(remark.subjects),
        months=number(remark.values[0]),
    )


def _cause_not_shared(remark: Remark, _currency: str) -> str:
    cause, *names = remark.subjects
    if not names:
        return message("No alternative rests on the shared cause “{cause}”: it changes nothing.", cause=cause)
    return message(
        "{name} alone rests on the shared cause “{cause}”: it changes nothing until another alternative names it too.",
        name=names[0],
        cause=cause,
    )


def _cause_without_chance(remark: Remark, _currency: str) -> str:
    return message(
        "{names} rest on “{cause}”, and how likely that comes true is not said: they count as if it were sure.",
        names=listed(remark.subjects[1:]),
        cause=remark.subjects[0],
    )


def _all_earned(_remark: Remark, _currency: str) -> str:
    return message(
        "How many people would respond without being contacted is not said: every response counts as brought by the contact. Give the share that responds in a control group, or 0."
    )


def _limit_reached(remark: Remark, _currency: str) -> str:
    limit, chosen, last, reached = remark.values
    now, later = cases(chosen), cases(last)
    said = {"name": remark.subjects[0], "limit": cases(limit), "chosen": now, "share": percent(reached)}
    if now == later:
        return message(
            "{name}: at most {limit} of {chosen} cases a month that it selects are acted on, the most promising first; the rest is left alone. The limit is reached in {share} of the futures.",
            **said,
        )
    return message(
        "{name}: at most {limit} of {chosen} cases a month that it selects today, and of {last} at the end of the horizon, are acted on, the most promising first; the rest is left alone. The limit is reached in {share} of the futures.",
        **said,
        last=later,
    )


def _chance_by_default(remark: Remark, _currency: str) -> str:
    return message(
        "{name}: nobody has said how likely it reaches production. By default it is the chance that a quality is reached that pays, {chance}: what can be reached against the break-even. Another number overrules it; say why.",
        name=remark.subjects[0],
        chance=percent(remark.values[0]),
    )


def _precision_held(remark: Remark, currency: str) -> str:
    low, honest = remark.values
    return message(
        "The precision of {name} is held as it is while the prevalence moves, as if fewer positives brought fewer false alarms. With the false-positive rate held instead, the P10 of its NPV is {honest}, not {low}.",
        name=remark.subjects[0],
        honest=money(honest, currency),
        low=money(low, currency),
    )


_SENTENCES: dict[Code, Callable[[Remark, str], str]] = {
    Code.TAIL_OF_INPUT: _tail_of_input,
    Code.TAIL_OF_NPV: _tail_of_npv,
    Code.SAME_RISK_TWICE: _same_risk_twice,
    Code.TRAININGS_FREE: _trainings_free,
    Code.CAUSE_NOT_SHARED: _cause_not_shared,
    Code.CAUSE_WITHOUT_CHANCE: _cause_without_chance,
    Code.ALL_EARNED: _all_earned,
    Code.LIMIT_REACHED: _limit_reached,
    Code.PRECISION_HELD: _precision_held,
    Code.CHANCE_BY_DEFAULT: _chance_by_default,
}
