"""What a probe measured, in plain sentences: its scores, its warnings, its leaks, and what it did not measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..document.evidence import Leak, LeakKind
from ..feasibility.evidence.warnings import Code, Warned
from ..vocabulary import Unit
from .languages import counted, joined, listed, message
from .shortening import shortened
from .wording import metric_value, number, percent

MOST_NAMED = 8
"""So many columns are named in a sentence; of the others it is said how many there are."""
_LONGEST_NAME = 80

METRIC_TITLES: Mapping[str, str] = {
    "roc_auc": message("ROC AUC"),
    "average_precision": message("Average precision"),
    "accuracy": message("Accuracy"),
    "balanced_accuracy": message("Balanced accuracy"),
    "macro_f1": message("F1, mean over the classes"),
    "f1": message("F1"),
    "log_loss": message("Log loss"),
    "brier": message("Brier score"),
    "rmse": message("Root mean squared error"),
    "mae": message("Mean absolute error"),
    "mape": message("Mean absolute percentage error"),
    "r2": message("Share of variance explained (R²)"),
    "skill": message("Skill against the last value"),
}
_SHARES = frozenset({"accuracy", "balanced_accuracy", "mape"})
MODEL_TITLES: Mapping[str, str] = {
    "linear": message("a linear model"),
    "gradient_boosting": message("gradient boosting"),
}
BASELINE_TITLES: Mapping[str, str] = {
    "most_frequent": message("always the most frequent class"),
    "mean": message("always the mean"),
    "last_value": message("the last value"),
    "seasonal_last_value": message("the value one season ago"),
}
SPLIT_TITLES: Mapping[str, str] = {
    "random": message("rows held back at random"),
    "by_time": message("later rows held back"),
    "by_group": message("whole groups held back"),
}
_STAGES: Mapping[str, str] = {
    "reading": message("Reading the data"),
    "counting": message("Counting rows and values"),
    "drawing": message("Drawing a random sample"),
    "profile": message("Looking at each column"),
    "models": message("Preparing the models"),
    "reading_columns": message("Preparing the models"),
    "signal": message("Looking for signal"),
    "shuffled_labels": message("Comparing with shuffled labels"),
    "leakage": message("Looking for leaks"),
    "learning_curve": message("Learning from ever more rows"),
    "labels": message("Checking the labels"),
    "near_duplicates": message("Looking for near twins"),
    "vanishing": message("Taking inputs away"),
    "inference_time": message("Timing an answer"),
    "done": message("Done"),
}


def metric_title(name: str) -> str:
    """What people call a metric of the probe; one without a title is read as it is written."""
    return METRIC_TITLES.get(name) or name.replace("_", " ")


def unit_of_metric(name: str) -> Unit:
    """What a metric of the probe is counted in."""
    return Unit.SHARE if name in _SHARES else Unit.NUMBER


def score(metric: str, value: float) -> str:
    """A score as people write it."""
    return metric_value(value, unit_of_metric(metric)) if metric in _SHARES else number(value, 3)


def model_title(name: str) -> str:
    """What people call a model of the probe."""
    return MODEL_TITLES.get(name) or name.replace("_", " ")


def baseline_title(name: str) -> str:
    """What people call something that knows nothing of the inputs."""
    return BASELINE_TITLES.get(name) or name.replace("_", " ")


def stage_said(code: str) -> str:
    """What a probe does now."""
    return _STAGES.get(code) or message("Measuring")


def columns_said(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """Columns within a sentence by their names, in quotation marks; of many, the first ones and how many more there are."""
    return listed(_named(names, most))


def columns_in_table(names: Sequence[str], most: int) -> str:
    """The same where no sentence goes around them."""
    return joined(", ", _named(names, most))


def _named(names: Sequence[str], most: int) -> list[str]:
    said = [message("“{name}”", name=shortened(name, _LONGEST_NAME)) for name in names[:most]]
    if len(names) > most:
        said.append(counted("{count} more", "{count} more", len(names) - most))
    return said


def leak_said(leak: Leak, metric: str) -> str:
    """A leak in a sentence, with what to do about it."""
    return _LEAKS[leak.kind](leak, metric)


def _predicts_alone(leak: Leak, metric: str) -> str:
    if leak.score is None:
        return message(
            "{columns} predicts the target almost alone. Make sure that it is known at the moment of the prediction.",
            columns=columns_said(leak.columns),
        )
    return message(
        "{columns} predicts the target almost alone ({metric} {score}). Make sure that it is known at the moment of the prediction.",
        columns=columns_said(leak.columns),
        metric=metric_title(metric),
        score=score(metric, leak.score),
    )


def _known_afterwards(leak: Leak, _metric: str) -> str:
    return message(
        "{columns} seems to be filled only once the outcome is known: leave it out of the model.",
        columns=columns_said(leak.columns),
    )


def _identifier_predicts(leak: Leak, _metric: str) -> str:
    return message(
        "{columns} looks like an identifier and yet predicts the target: the order of the rows gives the answer away.",
        columns=columns_said(leak.columns),
    )


def _rows_on_both_sides(leak: Leak, _metric: str) -> str:
    if leak.rows is None:
        return message("The same rows stand in training and in test: the score is too good.")
    return counted(
        "{count} row stands in training and in test alike, or hardly differs: the score is too good.",
        "{rows} rows stand in training and in test alike, or hardly differ: the score is too good.",
        leak.rows,
        rows=number(leak.rows, 0),
    )


_LEAKS: Mapping[LeakKind, Callable[[Leak, str], str]] = {
    "predicts_alone": _predicts_alone,
    "known_afterwards": _known_afterwards,
    "identifier_predicts": _identifier_predicts,
    "rows_on_both_sides": _rows_on_both_sides,
}


def warned_said(warned: Warned) -> str:
    """A warning in a sentence."""
    return _WARNINGS[warned.code](warned)


def _rows(count: float) -> str:
    return counted("{count} row", "{rows} rows", int(count), rows=number(count, 0))


def _changed(_warned: Warned) -> str:
    return message("A figure of this document was changed after it was measured: it does not fit its own seal.")


def _few_rows(warned: Warned) -> str:
    return message(
        "There are {rows} only: another sample of them may score several points otherwise.",
        rows=_rows(warned.values[0]),
    )


def _target_missing(warned: Warned) -> str:
    return message(
        "{rows} ({share}) have no value of the target and were left out.",
        rows=_rows(warned.values[0]),
        share=percent(warned.values[1]),
    )


def _duplicates(warned: Warned) -> str:
    return message(
        "{rows} ({share}) repeat an earlier one in every column.",
        rows=_rows(warned.values[0]),
        share=percent(warned.values[1]),
    )


def _twins(warned: Warned) -> str:
    return message(
        "{rows} ({share}) have a near twin with another label: one of the two may be wrong.",
        rows=_rows(warned.values[0]),
        share=percent(warned.values[1]),
    )


def _rare_class(warned: Warned) -> str:
    return message(
        "The rarest class makes {share} of the rows: a model that never says it looks good by accuracy.",
        share=percent(warned.values[0]),
    )


def _few_of_a_class(warned: Warned) -> str:
    return message(
        "The rarest class has {rows}: what is said of it is uncertain by several points.", rows=_rows(warned.values[0])
    )


def _of_columns(one: str, several: str) -> Callable[[Warned], str]:
    return lambda warned: message(one if len(warned.columns) == 1 else several, columns=columns_said(warned.columns))


def _gap(warned: Warned) -> str:
    return message("There is a gap of {days} days between two rows.", days=number(warned.values[0], 0))


def _unreadable_times(warned: Warned) -> str:
    return message(
        "The time of {rows} could not be read in {columns}.",
        rows=_rows(warned.values[0]),
        columns=columns_said(warned.columns),
    )


def _wrong_labels(warned: Warned) -> str:
    return message(
        "About {share} of the labels are likely to be wrong: look at the rows that are named before more are collected.",
        share=percent(warned.values[0]),
    )


def _modest_agreement(warned: Warned) -> str:
    return message(
        "Two people agree on the labels moderately at best (kappa {kappa}): settle how to label before more is labelled.",
        kappa=number(warned.values[0]),
    )


def _strongest_input(warned: Warned) -> str:
    return message(
        "Without {columns} the model loses {share} of what it adds: make sure that it is there when it is needed.",
        columns=columns_said(warned.columns),
        share=percent(min(warned.values[0], 1.0)),
    )


def _too_slow(warned: Warned) -> str:
    latency, budget = warned.values
    return message(
        "One answer takes {latency} ms (95% of them), and the budget is {budget} ms.",
        latency=number(latency),
        budget=number(budget),
    )


_WARNINGS: Mapping[Code, Callable[[Warned], str]] = {
    Code.CHANGED: _changed,
    Code.FEW_ROWS: _few_rows,
    Code.TARGET_MISSING: _target_missing,
    Code.DUPLICATES: _duplicates,
    Code.TWINS_ACROSS_LABELS: _twins,
    Code.RARE_CLASS: _rare_class,
    Code.FEW_OF_A_CLASS: _few_of_a_class,
    Code.MUCH_MISSING: _of_columns(
        message("{columns} is missing in more than a fifth of the rows."),
        message("{columns} are missing in more than a fifth of the rows."),
    ),
    Code.CONSTANT: _of_columns(
        message("{columns} has one value only and tells nothing."),
        message("{columns} have one value only and tell nothing."),
    ),
    Code.IDENTIFIER_LIKE: _of_columns(
        message("{columns} looks like an identifier."), message("{columns} look like identifiers.")
    ),
    Code.MIXED: _of_columns(
        message("{columns} mixes numbers and other text."), message("{columns} mix numbers and other text.")
    ),
    Code.MIXED_TIMES: _of_columns(
        message("{columns} holds times, and text that is none."),
        message("{columns} hold times, and text that is none."),
    ),
    Code.SHIFTED: _of_columns(
        message("{columns} has shifted between the first and the last tenth of time."),
        message("{columns} have shifted between the first and the last tenth of time."),
    ),
    Code.MISSING_MORE: _of_columns(
        message("{columns} is missing more often lately than at first."),
        message("{columns} are missing more often lately than at first."),
    ),
    Code.GAP: _gap,
    Code.UNREADABLE_TIMES: _unreadable_times,
    Code.WRONG_LABELS: _wrong_labels,
    Code.MODEST_AGREEMENT: _modest_agreement,
    Code.STRONGEST_INPUT: _strongest_input,
    Code.TOO_SLOW: _too_slow,
}


def not_done_said(code: str) -> str:
    """What was not measured, and why; a code of another version as it is written."""
    return _NOT_DONE.get(code) or message("Not measured: {code}", code=shortened(code.replace("_", " "), _LONGEST_NAME))


_NOT_DONE: Mapping[str, str] = {
    "too_few_rows": message("Models were not tried: there are too few rows."),
    "no_inputs": message("Models were not tried: there is no column to learn from."),
    "target_is_no_number": message("Models were not tried: the target is no number."),
    "constant_target": message("Models were not tried: the target is the same in every row."),
    "one_class": message("Models were not tried: the target has one class only."),
    "too_few_of_a_class": message("Models were not tried: a class has too few rows."),
    "rare_classes": message("Classes with very few rows were left out of the models."),
    "too_many_columns": message("Columns beyond the first 300 were left out of the models."),
    "columns_of_other_types": message("Columns of lists, records or bytes were left out of the models."),
    "time_unreadable": message("The column of times could not be read: rows were split at random."),
    "time_not_named": message(
        "There is a column of times, and none was named: rows were split at random, which flatters a model that will predict the future."
    ),
    "too_few_groups": message("There are too few groups to keep them apart: rows of one group are on both sides."),
    "no_time_for_boosting": message("Gradient boosting was not tried: there was no time left."),
    "too_many_classes_for_boosting": message("Gradient boosting was not tried: there are too many classes."),
    "fewer_shuffles": message("The labels were shuffled fewer times than planned, for want of time."),
    "no_time_for_learning_curve": message("The learning curve was not measured: there was no time left."),
    "fewer_repetitions": message("The learning curve rests on fewer repetitions than planned, for want of time."),
    "no_time_for_labels": message("The labels were not checked: there was no time left."),
    "classes_overlap": message(
        "How many labels are wrong was not told: the classes overlap, and a wrong label looks like a hard case."
    ),
    "rows_too_alike_for_twins": message("Near twins were not looked for: too many rows are alike."),
    "no_time_for_vanishing": message("Whether inputs may vanish was not tried: there was no time left."),
    "second_label_of_numbers": message("How far two people agree was not measured: the labels are numbers."),
    "no_row_labelled_twice": message("How far two people agree was not measured: no row has both labels."),
}


def remark_said(code: str) -> str:
    """How the data was read where that could be otherwise; a code of another version as it is written."""
    return _READ.get(code) or message(
        "Read with a remark: {code}", code=shortened(code.replace("_", " "), _LONGEST_NAME)
    )


_READ: Mapping[str, str] = {
    "names_numbered": message("Columns of the same name were numbered."),
    "names_missing": message("Columns without a name were named by their place."),
    "read_as_latin_1": message("The text was read as Latin-1."),
    "read_as_utf_16": message("The text was read as UTF-16."),
    "read_as_utf_32": message("The text was read as UTF-32."),
    "columns_of_other_types": message("Columns of other types, such as lists, were left out."),
    "one_class_of_many": message("One class was told from all others: these count as one."),
    "delimiter_semicolon": message("Values are separated by semicolons."),
    "delimiter_tab": message("Values are separated by tabs."),
    "delimiter_bar": message("Values are separated by bars."),
    "dates_ambiguous": message("Day and month could not be told apart in the dates."),
    "dates_contradict": message("Some dates put the day first and some the month."),
    "dates_day_first": message("Dates were read with the day first."),
    "dates_month_first": message("Dates were read with the month first."),
    "numbers_ambiguous": message("Whether a comma or a point ends the whole part of a number could not be told."),
    "rows_have_no_numbers": message("The rows have no order, so none can be named by its number."),
}
