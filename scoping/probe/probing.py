"""One probe from beginning to end, in this process."""

from __future__ import annotations

import platform
import time
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory

from ..document.evidence import Evidence, Profile, TaskMeasured
from ..document.evidence.source import Made, Source
from .asked import FOLDER, Asked, Progress
from .classes import against_the_rest
from .drawing import drawn
from .measuring import Measurements, measure
from .profile import Counts, counted, profiled, tidy
from .sample import Sample
from .sources import Opened, opened
from .tasking import settled_task

_READ, _COUNTED, _DRAWN, _PROFILED = 0.05, 0.15, 0.2, 0.35
"""How far a probe is when each of these is done; the models take the rest."""

_LONGEST_NAME, _TWO = 300, 2


def probe(asked: Asked, progress: Progress = lambda _share, _code: None, path: Path | None = None) -> Evidence:
    """The evidence document of a source. `path` is where an uploaded file lies. Raises SourceRefused."""
    started = time.monotonic()
    progress(0.0, "reading")
    with TemporaryDirectory(prefix=FOLDER) as folder, opened(asked, Path(folder), path) as source:
        sample, counts, profile, remarks = _described(source, asked, progress)
    progress(_PROFILED, "models")
    left = asked.limits.seconds - (time.monotonic() - started)
    found = measure(sample, asked.seed, _from(_PROFILED, progress), left)
    progress(1.0, "done")
    said = Source(
        kind=source.kind,
        name=source.name[:_LONGEST_NAME],
        sha256=source.sha256,
        rows=counts.rows,
        rows_used=len(sample.row_numbers),
        remarks=remarks,
    )
    return _evidence(asked, sample.task, said, _whole(profile, found), found, _made(asked, source, found, started))


def _described(source: Opened, asked: Asked, progress: Progress) -> tuple[Sample, Counts, Profile, list[str]]:
    """What is asked of the source while it is open."""
    progress(_READ, "counting")
    tidied = tidy(source, asked.roles.personal)
    counts = counted(tidied, asked.roles)
    task = settled_task(counts, asked)
    is_one_of_many = task == "classification" and _is_one_of_many(counts, asked)
    if is_one_of_many:
        tidied = against_the_rest(source, tidied, asked.roles)
        counts = counted(tidied, asked.roles)
    progress(_COUNTED, "drawing")
    sample = drawn(source, tidied, counts, asked, task)
    progress(_DRAWN, "profile")
    profile = profiled(source, tidied, counts, asked, task)
    remarks = [
        *source.remarks,
        *tidied.remarks,
        *([] if source.is_ordered else ["rows_have_no_numbers"]),
        *(["one_class_of_many"] if is_one_of_many else []),
    ]
    return sample, counts, profile, remarks


def _is_one_of_many(counts: Counts, asked: Asked) -> bool:
    """Whether one class was named where there are more than two: then it is told from all others."""
    target = counts.of(asked.roles.target)
    return bool(asked.roles.positive) and target is not None and target.distinct > _TWO


def _from(done: float, progress: Progress) -> Progress:
    return lambda share, code: progress(done + (1 - done) * share, code)


def _whole(profile: Profile, found: Measurements) -> Profile:
    return profile.model_copy(update={"near_duplicates_across_labels": found.near_duplicates_across_labels})


def _made(asked: Asked, source: Opened, found: Measurements, started: float) -> Made:
    return Made(
        on=date.today(),
        by=asked.by,
        seed=asked.seed,
        seconds=round(time.monotonic() - started, 1),
        versions={**_versions(), **source.versions, **found.versions},
    )


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for package in ("groundwork", "ibis-framework", "pyarrow", "numpy"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _evidence(
    asked: Asked, task: TaskMeasured, source: Source, profile: Profile, found: Measurements, made: Made
) -> Evidence:
    roles = asked.roles
    return Evidence(
        source=source,
        made=made,
        task=task,
        target=roles.target,
        time=roles.time,
        group=roles.group,
        second_label=roles.second_label,
        personal=list(roles.personal),
        profile=profile,
        signal=found.signal,
        leakage=list(found.leakage),
        learning_curve=found.learning_curve,
        labels=found.labels,
        vanishing=list(found.vanishing),
        latency_ms=found.latency_ms,
        metrics=dict(found.metrics),
        flagged=list(found.flagged),
        automated=list(found.automated),
        errors=found.errors,
        not_done=list(found.not_done),
    ).sealed()
