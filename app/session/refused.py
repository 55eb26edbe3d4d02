"""What is said of a change that the document does not take."""

from __future__ import annotations

from app.session.language import tell, told
from scoping import DocumentRefused, Problem, Proposal
from scoping.document.paths import Path
from scoping.document.walk import field_at
from scoping.text.labels import label_of


def sentence(proposal: Proposal, refused: DocumentRefused, path: str) -> str:
    """What is allowed at the path, or the first thing that the change would break."""
    own = [problem for problem in refused.problems if problem.path.startswith(path)]
    if own:
        return "; ".join(dict.fromkeys(_named(problem, path) for problem in own))
    first = refused.problems[0]
    return f"{told(label_of(proposal, first.path))}: {told(first.allowed)}"


def _named(problem: Problem, path: str) -> str:
    """What is allowed, with the field's title where it is one of several under the path."""
    info = None if problem.path == path else field_at(Proposal, Path(problem.path).keys)
    allowed = told(problem.allowed)
    return f"{tell(info.title)}: {allowed}" if info is not None and info.title else allowed
