"""`groundwork check`: a measured model against what was decided, for a pipeline. Exit 0: it passes; 1: it does not."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from pydantic import ValidationError

from app.cli.command import DONE, FAILED, STANDARD_STREAM, Command
from app.cli.runs import metrics_of_run
from db import Decision, NotFound, open_store
from scoping import DocumentRefused, Problem, Proposal, appraise, read
from scoping.deciding import alternative_recommended
from scoping.document.alternatives import name_of
from scoping.errors import quote
from scoping.record import Checked, CheckRefused, Outcome, Requirements, check, requirements_of
from scoping.reports.data_formats.handoff import HANDOFF_VERSION
from scoping.reports.layout import printable
from scoping.text.languages import message
from scoping.vocabulary import Recommendation

_VERSION, _CHECK = "handoff_version", "check"
_NOT_BUILT = (Recommendation.STOP, Recommendation.REWORK)
_MOST_DECISIONS = 100


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "source",
        metavar="ID|FILE",
        help="the id of a saved proposal, a handoff, or a document; - for standard input",
    )
    parser.add_argument(
        "--metric", action="append", default=[], type=_named, metavar="NAME=VALUE", help="a measured value: recall=0.71"
    )
    parser.add_argument("--mlflow", metavar="RUN", help="take values of an MLflow run (needs groundwork[mlflow])")
    parser.add_argument("--tracking-uri", metavar="URI", help="where the run is; otherwise as MLflow is set up")
    parser.add_argument(
        "--cases",
        type=int,
        metavar="N",
        help="size of the test set (of recall: its positive cases); what passes must then pass by more than chance",
    )
    parser.add_argument("--alternative", metavar="NAME", default="", help="which one; otherwise the one decided on")
    parser.add_argument("--json", action="store_true", help="all findings as JSON")


class _Given(NamedTuple):
    name: str
    value: float
    as_percent: bool


def _named(text: str) -> _Given:
    """A name and its value; a share may be written as per cent."""
    name, _, value = (part.strip() for part in text.partition("="))
    try:
        number = float(value.removesuffix("%")) / (100 if value.endswith("%") else 1)
    except ValueError:
        number = float("nan")
    if not name or not isfinite(number):
        raise ArgumentTypeError(f"{text}: write a name and a number, such as recall=0.71 or recall=71%")
    return _Given(name, number, value.endswith("%"))


@dataclass(frozen=True)
class _Basis:
    """What is checked against, and where it is from."""

    requirements: Requirements
    version: int | None = None
    decided: bool = False


def _run(options: Namespace) -> int:
    basis = _basis(options.source, options.alternative)
    percents = [each.name for each in options.metric if each.as_percent]
    found = check(basis.requirements, _values(options, basis.requirements), options.cases, percents)
    if options.json:
        about = {"version": basis.version, "decided": basis.decided}
        print(json.dumps({**found.to_dict(), **about}, indent=2, allow_nan=False, ensure_ascii=False))
    else:
        print("\n".join(_lines(found)))
    return DONE if found.passed else FAILED


def _values(options: Namespace, known: Requirements) -> Mapping[str, float]:
    """What was typed, and of a run those that the decision knows; what was typed comes first."""
    names = {each.name for each in known.metrics} | {each.name for each in known.bounds}
    typed = _typed(options.metric)
    of_run = metrics_of_run(options.mlflow, options.tracking_uri) if options.mlflow is not None else {}
    taken = {name: value for name, value in of_run.items() if name in names and name not in typed}
    if of_run and not taken and not typed:
        words = {"found": _listed(of_run), "names": _listed(names)}
        raise CheckRefused(message("The run has {found}, and none of: {names}.", **words))
    for name, value in taken.items():
        if not isfinite(value):
            # Left out, a model that was never trained would pass on its other metrics.
            raise CheckRefused(message("{name}: {value} in the run: must be a number.", name=name, value=str(value)))
    return {**taken, **typed}


def _typed(given: Sequence[_Given]) -> Mapping[str, float]:
    twice = [name for name, count in Counter(each.name for each in given).items() if count > 1]
    if twice:
        raise CheckRefused(message("{name} is given more than once: keep one value.", name=quote(twice[0])))
    return {each.name: each.value for each in given}


def _listed(names: Iterable[str], most: int = 20) -> str:
    kept = sorted(str(quote(each)) for each in names)
    return ", ".join([*kept[:most], *(["…"] if len(kept) > most else [])]) or "nothing"


def _lines(found: Checked) -> list[str]:
    """One line where all is well, otherwise one for each value that did not pass, and what was not looked at."""
    bad = [each for each in found.findings if each.outcome is not Outcome.PASSED]
    said = "; ".join(str(each.reason) for each in (bad or found.findings))
    lines = [f"{'PASSED' if found.passed else 'FAILED'}  {found.alternative}: {said}"]
    if found.not_given:
        lines.append(f"Not given: {_listed(found.not_given)}")
    # A line end in a name would begin a line of its own in the log of a pipeline, which reads orders from there.
    return [printable(each) for each in lines]


def _basis(source: str, alternative: str) -> _Basis:
    """What is checked against. A file of that name comes first."""
    if source == STANDARD_STREAM or Path(source).is_file():
        text = sys.stdin.buffer.read() if source == STANDARD_STREAM else Path(source).read_bytes()
        content = _content(text)
        if _VERSION in content:
            return _of_handoff(content, alternative)
        return _Basis(_required(read(text), alternative))
    return _of_saved(source, alternative)


def _content(text: bytes) -> Mapping[str, Any]:
    """What a file says, in JSON or else in YAML of plain values."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = _yaml(text)
    if not isinstance(found, Mapping):
        raise DocumentRefused([Problem("", "", message("must be a handoff or a proposal, as Groundwork exports them"))])
    return found


def _yaml(text: bytes) -> Any:
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def _of_handoff(content: Mapping[str, Any], alternative: str) -> _Basis:
    carried = content.get(_CHECK)
    if content[_VERSION] != HANDOFF_VERSION:
        allowed = message("must be {version}; export the handoff again", version=str(HANDOFF_VERSION))
        raise DocumentRefused([Problem(_VERSION, quote(content[_VERSION]), allowed)])
    if carried is None:
        allowed = message("has nothing to check against: export the handoff again, of a proposal that can be valued")
        raise DocumentRefused([Problem(_CHECK, "", allowed)])
    try:
        requirements = Requirements.model_validate(carried)
    except ValidationError:
        allowed = message("must be as Groundwork exports it; it was changed, or is of a later version")
        raise DocumentRefused([Problem(_CHECK, "", allowed)]) from None
    if alternative and alternative != requirements.alternative:
        words = {"name": requirements.alternative}
        raise CheckRefused(message("The handoff is of {name} alone; check another alternative by its id.", **words))
    edition = content.get("edition")
    said = edition if isinstance(edition, Mapping) else {}
    version = said.get("version")
    return _Basis(requirements, version if isinstance(version, int) else None, said.get("decided") is True)


def _of_saved(identity: str, alternative: str) -> _Basis:
    """The revision that was decided on, and what was meant; where nothing is decided, the latest one."""
    with closing(open_store()) as store:
        try:
            chain = store.decisions(identity, size=_MOST_DECISIONS).rows
        except NotFound as missing:
            # A mistyped id is no model that fails.
            raise CheckRefused(str(missing)) from None
        standing = next((each for each in chain if each.is_standing), None)
        version = standing.version if standing else store.version(identity)
        proposal = store.revision(identity, version).proposal
    return _Basis(_required(proposal, alternative or _meant(proposal, standing)), version, standing is not None)


def _meant(proposal: Proposal, decision: Decision | None) -> str:
    if decision is None:
        return ""
    if decision.outcome in _NOT_BUILT:
        words = {"outcome": str(decision.outcome)}
        raise CheckRefused(message("The decision is {outcome}: no model to check. Name one by --alternative.", **words))
    return decision.alternative or alternative_recommended(decision.outcome, appraise(proposal))


def _required(proposal: Proposal, alternative: str) -> Requirements:
    """What the alternative of that name must keep; without a name, the one with the highest expected NPV."""
    models = ((index, each) for index, each in enumerate(proposal.alternatives) if not each.is_status_quo)
    names = {str(name_of(each, index)): index for index, each in models}
    if alternative and alternative not in names:
        raise CheckRefused(message("No alternative is called so. Allowed: {names}.", names=_listed(names)))
    index = names[alternative] if alternative else appraise(proposal).leading
    found = None if index is None else requirements_of(proposal, index)
    if found is None:
        raise CheckRefused(message("The proposal cannot be valued yet, so there is no break-even to check against."))
    return found


COMMAND = Command("check", "check a measured model against what was decided (for CI)", 48, _arguments, _run)
