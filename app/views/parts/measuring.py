"""A sample of the team's data on the Data step: taken in, described, measured, and its evidence attached or put aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from app.door.sizes import SAMPLE_MEGABYTES
from app.fields.panel import waiting_panel
from app.fields.words import plain, short, short_plain
from app.probing.header import read_header
from app.probing.samples import Sample, TooManySamples, samples, waiting_said
from app.session.language import chosen_language, tell, tell_count, told
from app.session.person import person
from app.session.shared import store
from app.session.workspace import Workspace
from app.views.parts.attaching import attach, attached, upload_evidence
from app.views.parts.blocks import draw_blocks
from scoping.document.evidence import TaskMeasured
from scoping.errors import SourceRefused
from scoping.probe.asked import Asked, Limits, Roles
from scoping.reports import measured_told
from scoping.text.evidence import stage_said
from scoping.text.wording import number

_ENDINGS = ["csv", "tsv", "txt", "parquet", "jsonl", "ndjson", "json", "xlsx", "xls"]
_LIMITS = Limits(megabytes=2_048, seconds=600)
_EVERY_SECONDS = 1.0
_LONGEST_COLUMN, _TWO = 60, 2
_CLASSES: Final = "classification"
_NUMBER: Final = "regression"
_COMMAND = "groundwork probe FILE --target COLUMN --output evidence.json"


def evidence_from_data(workspace: Workspace) -> None:
    """What is attached, then the sample that is held, wherever it stands; else a panel in which one is taken in."""
    st.header(tell("Evidence from data"), anchor=False)
    attached(workspace)
    held = samples().of(_owner(workspace), _session())
    if held is not None:
        with st.container(border=True):
            _held(workspace, held)
        return
    _said_of_the_last(workspace)
    title = tell("Measure a sample of your data")
    panel = waiting_panel(title, ":material/query_stats:", _panel_key(workspace))
    if panel is not None:
        with panel:
            _take_in(workspace)
            st.divider()
            _elsewhere(workspace)


def _owner(workspace: Workspace) -> str:
    """A person with a proposal: after a reload, and in another tab, the sample is found again."""
    return f"{store().person.id}:{workspace.id}"


def _session() -> str:
    run = get_script_run_ctx(suppress_warning=True)
    return run.session_id if run else ""


def _said_of_the_last(workspace: Workspace) -> None:
    """What became of a sample that could not be taken in."""
    problem = st.session_state.pop(_problem_key(workspace), "")
    if problem:
        st.error(plain(told(problem)), icon=":material/error:")


def _panel_key(workspace: Workspace) -> str:
    return f"{workspace.id}:measure"


def _problem_key(workspace: Workspace) -> str:
    return f"{workspace.id}:sample_refused"


def _take_in(workspace: Workspace) -> None:
    st.caption(
        tell(
            "Is there signal, how many labels does it take, can the labels be trusted? A sample is measured in a process of its own and removed as soon as that ends. Only counts, quantiles and scores stay: no row, no value."
        )
    )
    again = f"{workspace.id}:sample:times"
    file = st.file_uploader(
        tell("A sample: CSV, Parquet, JSON lines or Excel, up to {size} MB", size=str(SAMPLE_MEGABYTES)),
        type=_ENDINGS,
        max_upload_size=SAMPLE_MEGABYTES,
        key=f"{workspace.id}:sample:{st.session_state.get(again, 0)}",
    )
    if file is None:
        return
    # Another widget the next time: what the framework holds of this file goes with it.
    st.session_state[again] = st.session_state.get(again, 0) + 1
    try:
        _hold(workspace, file)
    except (SourceRefused, TooManySamples) as error:
        st.session_state[_problem_key(workspace)] = error.args[0]
    finally:
        _forget(file)
    st.rerun()


def _hold(workspace: Workspace, file: UploadedFile) -> None:
    """Take the file in and read its header. Raises SourceRefused, TooManySamples."""
    owner = _owner(workspace)
    with st.spinner(tell("Reading the names of the columns")):
        held = samples().hold(owner, _session(), file.name, file)
        try:
            held.header = read_header(held.path, chosen_language())
        except Exception:
            samples().drop(owner)
            raise


def _forget(file: UploadedFile) -> None:
    """The framework's own copy, which it would keep until the tab is closed."""
    run = get_script_run_ctx(suppress_warning=True)
    if run is not None and isinstance(run.uploaded_file_mgr, MemoryUploadedFileManager):
        run.uploaded_file_mgr.remove_file(run.session_id, file.file_id)


def _elsewhere(workspace: Workspace) -> None:
    st.markdown(tell("**Where the data may not leave its place**"))
    st.caption(
        tell("Measure it there with this command, and bring the evidence document. It holds no row of the data.")
    )
    st.code(_COMMAND, language="bash")
    upload_evidence(workspace)


def _held(workspace: Workspace, held: Sample) -> None:
    st.markdown(f"**{short_plain(held.name, _LONGEST_COLUMN)}**")
    if held.evidence is not None:
        _result(workspace, held)
    elif held.problem:
        st.error(plain(told(held.problem)), icon=":material/error:")
        st.caption(tell("The sample has been removed."))
        if st.button(tell("Try another sample"), key=f"{workspace.id}:probe:again"):
            st.session_state[_panel_key(workspace)] = True
            _put_aside(workspace)
    elif held.asked is None:
        _describe(workspace, held)
    else:
        _under_way(_owner(workspace), _session(), workspace.id)


def _describe(workspace: Workspace, held: Sample) -> None:
    """What the columns are, and the start."""
    size, columns, prefix = number(held.size / (1 << 20), 1), list(held.header.columns), _prefix(workspace, held)
    st.caption(
        tell("{size} MB, {columns} columns. What are they?", size=told(size), columns=told(number(len(columns), 0)))
    )
    left, right = st.columns(2)
    with left:
        target = _column(
            tell("Column to predict"), columns, f"{prefix}:target", tell("The outcome that a model would have to tell.")
        )
    with right:
        positive = _class_that_counts(held, target, prefix)
    left, right = st.columns(2)
    with left:
        time = _column(
            tell("Time of a row"),
            columns,
            f"{prefix}:time",
            tell("With it, later rows are held back: as in production."),
        )
        second = _column(
            tell("Second label"), columns, f"{prefix}:second", tell("What another person said of the same rows.")
        )
    with right:
        group = _column(
            tell("Group of a row"),
            columns,
            f"{prefix}:group",
            tell("A customer or machine with several rows: held back as a whole."),
        )
        task = _task(f"{prefix}:task")
    personal = st.multiselect(
        tell("Personal columns"), columns, key=f"{prefix}:personal", format_func=_short, placeholder=tell("None"),
        help=tell("They are told by name alone: no count, no quantile, and no input of a model."),
    )  # fmt: skip
    _start(workspace, held, Roles(target, time, group, second, tuple(personal), positive), task)


def _prefix(workspace: Workspace, held: Sample) -> str:
    """Of the fields that describe this sample: another one has other columns and other classes."""
    return f"{workspace.id}:probe:{held.number}"


def _column(title: str, columns: Sequence[str], key: str, help: str) -> str:
    found = st.selectbox(
        title, columns, index=None, key=key, format_func=_short, help=help, placeholder=tell("Choose a column")
    )
    return found or ""


def _short(column: str) -> str:
    return short(column, _LONGEST_COLUMN) or tell("(no name)")


def _task(key: str) -> TaskMeasured | None:
    titles: dict[str, str] = {
        "by_target": tell("As the column suggests"),
        _CLASSES: tell("One of several classes"),
        _NUMBER: tell("A number"),
    }
    chosen = st.selectbox(tell("What is predicted"), list(titles), key=key, format_func=titles.__getitem__)
    if chosen == _CLASSES:
        return _CLASSES
    return _NUMBER if chosen == _NUMBER else None


def _class_that_counts(held: Sample, target: str, prefix: str) -> str:
    """Which of the target's classes a model shall find: of two the rarer one, of more than two none unless one is chosen.

    It stands beside the target; what was said below, of personal columns and the task, counts.
    """
    found, task = held.header.classes.get(target), st.session_state.get(f"{prefix}:task")
    is_personal = target in (st.session_state.get(f"{prefix}:personal") or ())
    if found is None or is_personal or not (task == _CLASSES or (task != _NUMBER and found.are_predicted)):
        return ""
    rows = dict(zip(found.names, found.rows, strict=True))
    are_two = len(found.names) == _TWO
    chosen = st.selectbox(
        tell("Class that counts"), found.names, index=len(found.names) - 1 if are_two else None,
        key=f"{prefix}:positive:{held.header.columns.index(target)}",
        format_func=lambda name: _class_said(name, rows[name]), placeholder=tell("All classes alike"),
        help=tell("What a model shall find: recall and precision are of this class. Of two classes it is the rarer one unless you say otherwise; of more than two, the chosen one is told from all others."),
    )  # fmt: skip
    return chosen or ""


def _class_said(name: str, rows: int) -> str:
    return tell_count("{name} ({count} row)", "{name} ({count} rows)", rows, name=_short(name))


def _start(workspace: Workspace, held: Sample, roles: Roles, task: TaskMeasured | None) -> None:
    with st.container(horizontal=True):
        begins = st.button(
            tell("Measure"), type="primary", icon=":material/play_arrow:", key=f"{workspace.id}:probe:start"
        )
        if st.button(tell("Discard the sample"), icon=":material/delete:", key=f"{workspace.id}:probe:discard"):
            _put_aside(workspace)
    if not begins:
        return
    if not roles.target:
        st.error(tell("Column to predict: choose the one that a model would have to tell."))
        return
    given = [each for each in (roles.target, roles.time, roles.group, roles.second_label) if each]
    if len(set(given)) < len(given):
        st.error(tell("Target, time, group and second label: each of them is a column of its own."))
        return
    if {roles.target, roles.time} & set(roles.personal):
        st.error(
            tell(
                "Target and time are told by counts and dates, so they cannot be personal columns: choose others, or take them out of Personal columns."
            )
        )
        return
    samples().ask(held, Asked(str(held.path), roles, task, by=person(), limits=_LIMITS))
    st.rerun()


@st.fragment(run_every=_EVERY_SECONDS)
def _under_way(owner: str, session: str, proposal: str) -> None:
    """How far it is, without drawing the whole page anew."""
    all_samples = samples()
    all_samples.look()
    held = all_samples.of(owner, session)
    if held is None or held.has_ended:
        st.rerun()
    if held.running is None:
        st.info(told(waiting_said(all_samples.before(held))), icon=":material/hourglass_empty:")
    else:
        share, code = held.running.progress()
        st.progress(min(max(share, 0.0), 1.0), text=told(stage_said(code)))
    if st.button(tell("Cancel"), icon=":material/stop:", key=f"{proposal}:probe:cancel"):
        all_samples.drop(owner)
        st.rerun()


def _result(workspace: Workspace, held: Sample) -> None:
    """The account of what was found, and what becomes of it."""
    assert held.evidence is not None
    proposal = workspace.proposal
    budget = proposal.operations.latency_ms.budget
    draw_blocks(measured_told(held.evidence, budget, proposal.currency, chosen_language()), in_order=True)
    st.caption(tell("The sample has been removed."))
    with st.container(horizontal=True):
        if st.button(
            tell("Attach to the proposal"), type="primary", icon=":material/attach_file:", key=f"{workspace.id}:probe:attach"
        ) and attach(workspace, held.evidence):  # fmt: skip
            _put_aside(workspace)
        if st.button(tell("Discard"), icon=":material/delete:", key=f"{workspace.id}:probe:put_aside"):
            _put_aside(workspace)


def _put_aside(workspace: Workspace) -> None:
    samples().drop(_owner(workspace))
    st.rerun()
