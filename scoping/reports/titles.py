"""The words of closed vocabularies, as reports write them. (Those of the recommendations are beside the verdict.)"""

from __future__ import annotations

from collections.abc import Mapping

from ..text.languages import message
from ..vocabulary import AlternativeKind, BreakEvenStatus, GateStatus, Level, MilestoneKind, StageName

KIND_TITLES: Mapping[str, str] = {
    AlternativeKind.STATUS_QUO: message("Status quo"),
    AlternativeKind.PROCESS_CHANGE: message("Process change"),
    AlternativeKind.RULES: message("Rules"),
    AlternativeKind.BUY: message("Buy"),
    AlternativeKind.CLASSICAL_ML: message("Classical ML"),
    AlternativeKind.DEEP_LEARNING: message("Deep learning"),
    AlternativeKind.FOUNDATION_MODEL: message("Foundation model"),
}
GATE_TITLES: Mapping[str, str] = {
    GateStatus.PASSED: message("Passed"),
    GateStatus.FAILED: message("Failed"),
    GateStatus.OPEN: message("To be settled"),
    GateStatus.UNANSWERED: message("Not answered"),
}
LEVEL_TITLES: Mapping[str, str] = {
    Level.LOW: message("low"),
    Level.MEDIUM: message("medium"),
    Level.HIGH: message("high"),
}
MILESTONE_TITLES: Mapping[str, str] = {
    MilestoneKind.ML: message("Modelling"),
    MilestoneKind.SOFTWARE: message("Software"),
    MilestoneKind.BUSINESS: message("Business"),
    MilestoneKind.DECISION: message("Decision"),
}
STAGE_TITLES: Mapping[str, str] = {
    StageName.PILOT: message("Pilot"),
    StageName.BUILD: message("Build"),
    StageName.RUN: message("Run"),
}
NO_CROSSINGS: Mapping[str, str] = {
    BreakEvenStatus.ALWAYS: message("always pays"),
    BreakEvenStatus.NEVER: message("never pays"),
    BreakEvenStatus.SEVERAL: message("several"),
}
"""What stands in place of a break-even."""
