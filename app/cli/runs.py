"""What an MLflow run measured. MLflow is an extra: it is asked for only where a run is named."""

from __future__ import annotations

import os
import warnings

from scoping import Refused
from scoping.errors import quote

# A run that is only read may lie in plain files, as it did for years; MLflow asks for a word before it opens them.
_FILES = "MLFLOW_ALLOW_FILE_STORE"
_BROKEN_OFF = ("FAILED", "KILLED")


class RunRefused(Refused):
    """A run that cannot be read; the message says why."""


def metrics_of_run(run: str, tracking_uri: str | None = None) -> dict[str, float]:
    """The last value of each metric of a run, by name, what is no number included. Raises RunRefused."""
    try:
        from mlflow.exceptions import MlflowException
        from mlflow.tracking import MlflowClient
    except ImportError:
        raise RunRefused("--mlflow needs MLflow's client: install groundwork[mlflow], or use --metric") from None
    os.environ.setdefault(_FILES, "true")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = MlflowClient(tracking_uri=tracking_uri).get_run(run)
    except (MlflowException, OSError) as error:
        raise RunRefused(f"MLflow run {quote(run)} cannot be read: {quote(str(error))}") from None
    if found.info.status in _BROKEN_OFF:
        raise RunRefused(
            f"MLflow run {quote(run)} is {found.info.status}: what it measured may be of a part; use --metric"
        )
    return {name: float(value) for name, value in found.data.metrics.items()}
