"""The words of closed vocabularies, as reports write them. (Those of the recommendations are beside the verdict.)"""

from __future__ import annotations

from collections.abc import Mapping

from ..text.grounds import GROUND_TITLES
from ..text.languages import message
from ..vocabulary import (
    AlternativeKind,
    Better,
    BreakEvenStatus,
    CashConvention,
    CeilingKind,
    Component,
    DataStructure,
    GateStatus,
    GrowthSteps,
    Level,
    MilestoneKind,
    OwnKind,
    PersonalData,
    RateKind,
    StageName,
    StepName,
    System,
    Timing,
    Treatment,
    WorstAnswer,
)

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
TIMING_TITLES: Mapping[str, str] = {
    Timing.ONE_OFF: message("Once"),
    Timing.AT_START: message("Once, on the first day"),
    Timing.EACH_BUILD_MONTH: message("Each month of the build"),
    Timing.MONTHLY: message("Every month"),
    Timing.PER_CASE: message("For every case"),
}
CASH_CONVENTION_TITLES: Mapping[str, str] = {
    CashConvention.MONTH_END: message("At the end of each month"),
    CashConvention.MID_MONTH: message("In the middle of each month"),
    CashConvention.YEAR_END: message("At the end of each year"),
}
GROWTH_STEPS_TITLES: Mapping[str, str] = {
    GrowthSteps.SMOOTH: message("A little every month"),
    GrowthSteps.YEARLY: message("A step each year"),
}
TREATMENT_TITLES: Mapping[str, str] = {
    Treatment.OPERATING: message("Operating cost"),
    Treatment.CAPITAL: message("Capital"),
}
RATE_KIND_TITLES: Mapping[str, str] = {
    RateKind.NOMINAL: message("Nominal, inflation included"),
    RateKind.REAL: message("Real, without inflation"),
}
COMPONENT_TITLES: Mapping[str, str] = {
    Component.CONFIGURATION: message("Configuration"),
    Component.DATA_COLLECTION: message("Data collection"),
    Component.DATA_VERIFICATION: message("Data verification"),
    Component.FEATURE_EXTRACTION: message("Feature extraction"),
    Component.MODELLING: message("Modelling"),
    Component.ANALYSIS_TOOLS: message("Analysis tools"),
    Component.PROCESS_MANAGEMENT: message("Process management"),
    Component.MACHINE_RESOURCES: message("Machine resources"),
    Component.SERVING: message("Serving"),
    Component.MONITORING: message("Monitoring"),
    Component.LABELLING: message("Labelling"),
    Component.INTEGRATION: message("Integration"),
    Component.CHANGE_MANAGEMENT: message("Change management"),
    Component.OTHER: message("Other"),
}
BETTER_TITLES: Mapping[str, str] = {
    Better.UP: message("Up"),
    Better.DOWN: message("Down"),
}
STRUCTURE_TITLES: Mapping[str, str] = {
    DataStructure.STRUCTURED: message("Tables"),
    DataStructure.UNSTRUCTURED: message("Images, audio or text"),
    DataStructure.BOTH: message("Tables, and images, audio or text"),
}
SYSTEM_TITLES: Mapping[str, str] = {
    System.NEW: message("A new system"),
    System.EXISTING: message("One of this kind already runs"),
}
PERSONAL_TITLES: Mapping[str, str] = {
    PersonalData.NONE: message("Nobody"),
    PersonalData.PERSONAL: message("Personal data"),
    PersonalData.SPECIAL: message("Personal data of special categories"),
}
CEILING_KIND_TITLES: Mapping[str, str] = {
    CeilingKind.LABELLED_TWICE: message("Two people labelled the same cases"),
    CeilingKind.PUBLISHED: message("A published figure"),
}
WORST_TITLES: Mapping[str, str] = {
    WorstAnswer.SCORES: message("Scores lowest"),
    WorstAnswer.OPEN: message("Must be settled first"),
    WorstAnswer.FAILED: message("Stops the project"),
}
OWN_KIND_TITLES: Mapping[str, str] = {
    OwnKind.TEXT: message("A text"),
    OwnKind.NUMBER: message("A number"),
    OwnKind.CHOICE: message("One of several words"),
}
STEP_TITLES: Mapping[str, str] = {
    StepName.PROBLEM: message("Problem"),
    StepName.ALTERNATIVES: message("Alternatives"),
    StepName.VALUE: message("Value"),
    StepName.COSTS: message("Costs and returns"),
    StepName.FEASIBILITY: message("Feasibility"),
    StepName.DATA: message("Data"),
    StepName.RISKS: message("Risks"),
    StepName.PLAN: message("Plan"),
}
WORD_TITLES: Mapping[str, str] = {
    **KIND_TITLES,
    **COMPONENT_TITLES,
    **TIMING_TITLES,
    **CASH_CONVENTION_TITLES,
    **GROWTH_STEPS_TITLES,
    **TREATMENT_TITLES,
    **CEILING_KIND_TITLES,
    **GROUND_TITLES,
    **RATE_KIND_TITLES,
    **BETTER_TITLES,
    **STRUCTURE_TITLES,
    **SYSTEM_TITLES,
    **PERSONAL_TITLES,
    **MILESTONE_TITLES,
    Level.LOW: message("Low"),
    Level.MEDIUM: message("Medium"),
    Level.HIGH: message("High"),
}
"""How the words are called that a person chooses among in a field."""


def word_title(word: str) -> str:
    """What people call such a word; one that has no title is read as it is written."""
    return WORD_TITLES.get(word) or humanise(word)


def humanise(name: str) -> str:
    """A name of the document as people read it: per_case becomes Per case."""
    return name.replace("_", " ").capitalize().replace(" ml", " ML").replace("Ml", "ML")


NO_CROSSINGS: Mapping[str, str] = {
    BreakEvenStatus.ALWAYS: message("always pays"),
    BreakEvenStatus.NEVER: message("never pays"),
    BreakEvenStatus.SEVERAL: message("several"),
}
"""What stands in place of a break-even."""
