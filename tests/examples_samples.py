"""The samples behind the worked evidence of the examples: synthetic, drawn from a seed, with faults that suit a story.

Nothing is taken over from them: what these examples are worth rests on what their teams say. Left out, and why:

- search_ranking: rows would be pairs of a query and a document, which the probe does not rank.
- support_assistant, claims_assistant, visual_inspection: inputs are text or pictures, which the probe does not read.
- retention_by_segment: its evidence would be that of customer_retention once more.
- order_picking: its metric is what pickers gain an hour from sorted lists. A trial shows that; rows of a scanner log
  would only show how well walking times are told, which this kind of task does not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from scoping.document.evidence import TaskMeasured
from scoping.probe.asked import Roles

Row = tuple[object, ...]


@dataclass(frozen=True)
class ExampleSample:
    """One example's sample: its file, its rows and what its columns are."""

    example: str
    file: str
    header: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]
    roles: Roles
    seed: int
    by: str
    task: TaskMeasured | None = None
    alternative: str = ""
    """The alternative that is measured by it; empty: the evidence is only attached."""


def days_of_one_stock() -> Iterator[Row]:
    """Prices that are a random walk: nothing in the past tells tomorrow's direction. Volume was not kept at first."""
    rng, count = np.random.default_rng(21), 3_000
    change = rng.standard_t(5, count + 1) * 0.012
    volume = rng.lognormal(12, 0.4, count) * np.linspace(1.0, 3.0, count)
    for day in range(20, count):
        yield (
            (date(2014, 1, 1) + timedelta(days=day)).isoformat(),
            *(f"{100 * change[day - back : day + 1].sum():.3f}" for back in (0, 4, 19)),
            f"{100 * change[day - 19 : day + 1].std():.3f}",
            round(volume[day]) if day > count // 8 else "",
            "up" if change[day + 1] > 0 else "down",
        )


def contracts_up_for_renewal() -> Iterator[Row]:
    """Contracts, some cancelled. A closing code is filled in once a contract has ended: it gives the answer away."""
    rng, count = np.random.default_rng(22), 5_000
    days = np.sort(rng.uniform(0, 365, count))
    monthly, complaints = rng.random(count) < 0.35, rng.poisson(0.5, count)
    tenure, fee = rng.gamma(2, 14, count), rng.normal(48, 11, count)
    risk = -2.3 + 1.7 * monthly + 0.9 * complaints - 0.02 * tenure + 0.02 * (fee - 48)
    truth = rng.random(count) < 1 / (1 + np.exp(-1.3 * risk))
    label = truth ^ (rng.random(count) < 0.01)
    for row in range(count):
        closed = label[row] if rng.random() < 0.998 else not label[row]
        line = (
            f"C-{70_000 + row}", (date(2025, 1, 1) + timedelta(days=int(days[row]))).isoformat(), f"Customer {row}",
            "monthly" if monthly[row] else "yearly", round(tenure[row]), f"{fee[row]:.2f}",
            "" if rng.random() < 0.08 else complaints[row], rng.choice(["north", "south", "west"]),
            rng.integers(1, 5) if closed else 0, "yes" if label[row] else "no",
        )  # fmt: skip
        yield line
        if row % 80 == 0:
            yield line


def shelf_days() -> Iterator[Row]:
    """What was sold by shop, article and day. Promotions are entered late; articles are numbered anew at the end."""
    rng, shops, days = np.random.default_rng(23), 20, 200
    level = rng.normal(24, 5, shops)
    for day in range(days):
        warm = 12 + 9 * np.sin(day / 58) + rng.normal(0, 2)
        for shop in range(shops):
            promoted = rng.random() < 0.12
            usual = level[shop] * (1.35 if day % 7 in (4, 5) else 0.9)
            demand = usual * (1.6 if promoted else 1.0) * (1 + 0.012 * (warm - 12))
            yield (
                (date(2025, 3, 3) + timedelta(days=day)).isoformat(), f"shop {shop}",
                (4_000 if day < 170 else 7_000) + shop % 5, day % 7, f"{warm:.1f}",
                "" if rng.random() < 0.04 else int(promoted), round(usual * rng.normal(1, 0.12)),
                max(round(demand * rng.normal(1, 0.25)), 0),
            )  # fmt: skip


def weeks_of_twelve_pumps() -> Iterator[Row]:
    """Twelve pumps for three years, week by week: few failures, some read differently by two engineers."""
    rng = np.random.default_rng(24)
    for pump in range(12):
        wear = rng.uniform(0, 0.6)
        for week in range(156):
            wear += rng.gamma(2, 0.012)
            fails = rng.random() < 1 / (1 + np.exp(-9 * (wear - 1.25)))
            second = fails ^ (rng.random() < 0.03)
            yield (
                (date(2023, 1, 2) + timedelta(weeks=week)).isoformat(), f"P{pump:02}",
                f"{1.2 + 2.5 * max(wear, 0) ** 2 + rng.normal(0, 0.5):.2f}",
                f"{31 + 2 * wear + rng.normal(0, 1.5):.1f}",
                "" if rng.random() < 0.06 else f"{58 + 9 * wear + rng.normal(0, 3):.0f}",
                "fails" if fails else "runs", ("fails" if second else "runs") if week % 3 == 0 else "",
            )  # fmt: skip
            wear = 0.0 if fails else wear


def letters_of_past_appeals() -> Iterator[Row]:
    """Letters of seven springs: few answers, weakly told. A donor is in several springs, some twice in one."""
    rng, donors = np.random.default_rng(25), 2_400
    warmth = rng.normal(0, 0.55, donors)
    for donor in range(donors):
        recency, gifts, largest = rng.gamma(2, 9), 1 + rng.poisson(2.2), rng.lognormal(2.9, 0.6)
        for spring in sorted(rng.choice(range(2019, 2026), rng.integers(2, 6), replace=False)):
            risk = -2.75 + warmth[donor] - 0.022 * recency + 0.16 * gifts - 0.1 * np.log(largest)
            gives = rng.random() < 1 / (1 + np.exp(-risk))
            line = (
                f"D{40_000 + donor}", f"Donor {donor}", spring, round(recency), gifts, f"{largest:.0f}",
                rng.integers(2, 20), "" if spring < 2021 and rng.random() < 0.6 else rng.poisson(1.4),
                rng.choice(["city", "town", "village"]), "gift" if gives else "none",
            )  # fmt: skip
            yield line
            if rng.random() < 0.008:
                yield line
            recency, gifts = (rng.uniform(1, 12), gifts + 1) if gives else (recency + 12, gifts)


_ACCOUNTS = ("freight", "energy", "it", "rent", "repairs", "office", "travel", "advice")


def posted_invoices() -> Iterator[Row]:
    """Invoices by account. Some suppliers send for several, new ones come late, and some codes are wrong."""
    rng, count = np.random.default_rng(26), 6_000
    share = np.array([0.26, 0.18, 0.15, 0.12, 0.11, 0.09, 0.06, 0.03])
    days = np.sort(rng.uniform(0, 365, count))
    usual = rng.choice(len(_ACCOUNTS), 160, p=share)
    for row in range(count):
        supplier = rng.integers(0, 120) if days[row] < 300 or rng.random() < 0.6 else rng.integers(120, 160)
        account = usual[supplier] if rng.random() < 0.78 else rng.choice(len(_ACCOUNTS), p=share)
        posted = account if rng.random() < 0.975 else rng.choice(len(_ACCOUNTS))
        second = posted if rng.random() < 0.93 else rng.choice(len(_ACCOUNTS))
        yield (
            (date(2025, 1, 1) + timedelta(days=int(days[row]))).isoformat(), f"S{supplier:03}",
            f"{rng.lognormal(4.2 + 0.45 * account, 0.5):.2f}", (19, 7, 0)[rng.choice(3, p=[0.8, 0.15, 0.05])],
            "" if rng.random() < 0.05 else ("plant", "office", "sales", "board")[(account + rng.poisson(0.35)) % 4],
            int(rng.random() < (0.9 if account in (1, 3) else 0.15)), _ACCOUNTS[posted],
            _ACCOUNTS[second] if row % 6 == 0 else "",
        )  # fmt: skip


def days_of_heat_pumps() -> Iterator[Row]:
    """What forty houses drew by day. Meters drop out, some houses are insulated late, one column is written later."""
    rng, houses, days = np.random.default_rng(27), 40, 150
    flats = rng.integers(18, 44, houses)
    before = flats * 9.0
    for day in range(days):
        when = date(2025, 11, 1) + timedelta(days=day)
        cold = 16 + 7 * np.sin(day / 42) + rng.normal(0, 2.5)
        for house in range(houses):
            insulated = house % 5 == 0 and day > 115
            need = flats[house] * 0.62 * max(cold, 2) * (0.72 if insulated else 1.0)
            load = 0.75 * need * rng.normal(1, 0.17) + 0.25 * before[house]
            yield (
                when.isoformat(), f"house {house:02}", flats[house], f"{20 - cold + rng.normal(0, 1.2):.1f}",
                when.weekday(), f"{rng.gamma(2, 2):.1f}", "" if rng.random() < 0.01 else f"{before[house]:.0f}",
                "yes" if insulated else "no", f"{when + timedelta(days=1)}T06:15", f"{load:.0f}",
            )  # fmt: skip
            before[house] = load


SAMPLES = (
    ExampleSample(
        "stock_price", "daily_prices.csv",
        ("day", "change_1d", "change_5d", "change_20d", "volatility_20d", "volume", "tomorrow"),
        days_of_one_stock, Roles("tomorrow", time="day", positive="up"), 21, "Treasury analytics",
    ),
    ExampleSample(
        "customer_retention", "contracts.csv",
        (
            "contract", "renews_on", "customer", "term", "months", "fee", "complaints", "region", "closing_code",
            "cancels",
        ),
        contracts_up_for_renewal,
        Roles("cancels", time="renews_on", personal=("customer",), positive="yes"), 22, "Retention analytics",
    ),
    ExampleSample(
        "demand_forecast", "shelf_days.csv",
        ("day", "shop", "article", "weekday", "temperature", "promoted", "mean_of_four", "sold"),
        shelf_days, Roles("sold", time="day"), 23, "Forecasting", "regression",
    ),
    ExampleSample(
        "pump_maintenance", "pump_weeks.csv",
        ("week", "pump", "vibration", "current", "temperature", "state", "second_engineer"),
        weeks_of_twelve_pumps,
        Roles("state", time="week", group="pump", second_label="second_engineer", positive="fails"),
        24, "Plant maintenance",
    ),
    ExampleSample(
        "donor_mailing", "letters.csv",
        (
            "donor", "name", "spring", "months_since_gift", "gifts", "largest_gift", "years_on_file",
            "letters_answered", "lives_in", "answer",
        ),
        letters_of_past_appeals,
        Roles("answer", group="donor", personal=("name",), positive="gift"), 25, "Fundraising analytics",
    ),
    ExampleSample(
        "invoice_routing", "invoices.csv",
        ("posted_on", "supplier", "amount", "vat", "department", "is_recurring", "account", "second_clerk"),
        posted_invoices, Roles("account", time="posted_on", second_label="second_clerk"), 26, "Finance operations",
    ),
    ExampleSample(
        "heat_pump_scheduling", "house_days.csv",
        (
            "day", "house", "flats", "forecast", "weekday", "wind", "load_yesterday", "insulated",
            "read_at", "load_kwh",
        ),
        days_of_heat_pumps, Roles("load_kwh", time="day", group="house"), 27, "Energy management", "regression",
    ),
)  # fmt: skip
