"""What an MLflow run measured. MLflow is an extra: it is asked for only where a run is named."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from urllib.parse import unquote, urlsplit

from scoping import Refused
from scoping.errors import quote

# A run that is only read may lie in plain files, as it did for years; MLflow asks for a word before it opens them.
_FILES = "MLFLOW_ALLOW_FILE_STORE"
_BROKEN_OFF = ("FAILED", "KILLED")
_DATABASE, _ON_A_DISK = "sqlite:///", ("", "file")


class RunRefused(Refused):
    """A run that cannot be read; the message says why."""


def metrics_of_run(run: str, tracking_uri: str | None = None) -> dict[str, float]:
    """The last value of each metric of a run, by name, what is no number included. Raises RunRefused."""
    if not run.strip():
        raise RunRefused("--mlflow: is empty; must be the id of a run")
    try:
        from mlflow.exceptions import MlflowException
        from mlflow.tracking import MlflowClient, get_tracking_uri
    except ImportError:
        raise RunRefused("--mlflow needs MLflow's client: install groundwork[mlflow], or use --metric") from None
    os.environ.setdefault(_FILES, "true")
    _check_is_there(tracking_uri or get_tracking_uri())
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


def _check_is_there(uri: str) -> None:
    """Where there is no store, MLflow would make an empty one. Who reads makes nothing. Raises RunRefused."""
    path = _path_of(uri)
    if path is not None and not path.exists():
        raise RunRefused(f"There is no MLflow store at {quote(uri)}: name one by --tracking-uri or MLFLOW_TRACKING_URI")


def _path_of(uri: str) -> Path | None:
    """The file or folder of a store on this machine; None for one behind an address."""
    if uri.startswith(_DATABASE):
        return Path(uri.removeprefix(_DATABASE).split("?")[0])
    parts = urlsplit(uri)
    # A drive of Windows looks like a scheme of one letter.
    is_path = parts.scheme in _ON_A_DISK or len(parts.scheme) == 1
    return Path(unquote(parts.path) if parts.scheme == "file" else uri) if is_path else None
