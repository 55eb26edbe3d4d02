"""Worked evidence for an example: a small synthetic data set with planted faults, and what the probe says of it.

    python -m tests.examples_evidence [NAME ...]     measure anew, and write the evidence into the examples

Everything is drawn from a seed, so the same rows come out each time. The samples of most examples are in
tests/examples_samples.py; here is that of payment_fraud. What is planted in it: a share of wrong labels, an identifier,
rows that stand twice, values that are missing, a column that shifts in the last months, a personal one, and a second
person's labels. Fraud was drawn more often than it is: recall and false-positive rate do not mind.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

import scoping
from scoping.document.evidence import Evidence, plain
from scoping.probe.asked import Asked, Roles
from scoping.probe.probing import probe
from tests.examples_samples import SAMPLES, ExampleSample

EXAMPLES = Path(scoping.__file__).parent / "examples"
ROWS, SEED = 12_000, 14
WRONG_LABELS, TWICE, LABELLED_TWICE = 0.03, 0.015, 400
HEADER = (
    "payment_id", "paid_at", "amount", "country", "merchant", "hour", "device_age_days", "card_age_days",
    "payments_last_day", "cardholder", "is_fraud", "desk_says",
)  # fmt: skip
ROLES = Roles(target="is_fraud", time="paid_at", second_label="desk_says", personal=("cardholder",), positive="yes")


def card_payments() -> Iterator[tuple[object, ...]]:
    """A sample of card payments in which fraud was drawn more often than it is, in the order of time."""
    rng = np.random.default_rng(SEED)
    days = np.sort(rng.uniform(0, 540, ROWS))
    amount = rng.lognormal(5.5, 1.1, ROWS)
    country, merchant = rng.choice(list("ABCDEF"), ROWS), rng.choice(["food", "travel", "games", "shop"], ROWS)
    hour, card_age = rng.integers(0, 24, ROWS), rng.gamma(2, 400, ROWS)
    device_age = rng.gamma(1.5, 200, ROWS) * np.where(days > 480, 0.4, 1.0)
    lately = rng.poisson(0.8, ROWS)
    risk = (
        -4.3 + 0.55 * np.log(amount) + 0.5 * lately + 1.3 * (merchant == "games") + 0.9 * (country == "C")
        + 0.8 * (hour < 5) - 0.004 * device_age - 0.0006 * card_age
    )  # fmt: skip
    truth = rng.random(ROWS) < 1 / (1 + np.exp(-4.5 * risk))
    label = truth ^ (rng.random(ROWS) < WRONG_LABELS)
    desk = truth ^ (rng.random(ROWS) < 2 * WRONG_LABELS)
    asked = set(rng.choice(ROWS, LABELLED_TWICE, replace=False).tolist())
    twice = set(rng.choice(ROWS, int(TWICE * ROWS), replace=False).tolist())
    for row in range(ROWS):
        paid = datetime(2025, 1, 1) + timedelta(days=float(days[row]))
        said = _yes(desk[row]) if row in asked else ""
        line = (
            900_000 + row,
            paid.isoformat(timespec="seconds"), f"{amount[row]:.2f}", country[row], merchant[row],
            hour[row], round(device_age[row]), "" if rng.random() < 0.06 else round(card_age[row]), lately[row],
            f"Person {row}", _yes(label[row]), said,
        )  # fmt: skip
        yield line
        if row in twice:
            yield line


def _yes(is_so: np.bool_) -> str:
    return "yes" if is_so else "no"


CARDS = ExampleSample(
    "payment_fraud", "card_payments.csv", HEADER, card_payments, ROLES, SEED, "Data science",
    alternative="Own gradient boosting",
)  # fmt: skip
ALL = {each.example: each for each in (CARDS, *SAMPLES)}


def measured_anew(sample: ExampleSample, folder: Path) -> Evidence:
    """What the probe says of the sample."""
    path = folder / sample.file
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([sample.header, *sample.rows()])
    return probe(Asked(str(path), sample.roles, sample.task, seed=sample.seed, by=sample.by))


def write(sample: ExampleSample, evidence: Evidence) -> None:
    """The example with this evidence, and with its own model measured by it where the story says so."""
    path = EXAMPLES / f"{sample.example}.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["evidence"] = [plain(evidence)]
    for each in document["alternatives"]:
        if each["name"] == sample.alternative:
            each["measured_by"] = evidence.id
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        for asked in sys.argv[1:] or ALL:
            write(ALL[asked], measured_anew(ALL[asked], Path(name)))
