"""What the EU AI Act asks for, by the class that a team has answered (Regulation (EU) 2024/1689)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..document.answers import Answer
from ..text.languages import message

QUESTION = "ai_act_class"


@dataclass(frozen=True)
class Obligation:
    """One duty, and the number of the article that says it."""

    number: str
    duty: str

    @property
    def article(self) -> str:
        """The article, as people quote it."""
        return message("Art. {number}", number=self.number)


_ALL = (Obligation("4", message("Those who build and run it know enough about AI for what they do.")),)
_TOLD = (
    Obligation("50(1)", message("People are told that they deal with a machine.")),
    Obligation("50(2)", message("Images, sound, video and text that it makes are marked as made by a machine.")),
    Obligation("50(3)", message("Who is exposed to emotion recognition or biometric sorting is told so.")),
)
_HIGH = (
    Obligation("9", message("Risks to health, safety and rights are managed over the whole life of the system.")),
    Obligation("10", message("Data for training and testing is fit, representative, and examined for bias and gaps.")),
    Obligation("11", message("Technical documentation is there before it is put to use (Annex IV).")),
    Obligation("12, 19", message("It keeps logs by itself; they are kept for at least six months.")),
    Obligation("13", message("Those who use it get instructions: what it can do, how well, where it fails.")),
    Obligation("14", message("A person can watch it, understand it, overrule it and stop it.")),
    Obligation("15", message("Accuracy, robustness and security are measured, stated and kept.")),
    Obligation("17", message("A quality management system is in place.")),
    Obligation("43, 47 to 49", message("Conformity is assessed and declared, CE marked, and registered.")),
    Obligation("72, 73", message("It is watched after the launch; serious incidents are reported.")),
    Obligation("26", message("Who uses it keeps to the instructions, assigns oversight, and tells the workers.")),
    Obligation(
        "27",
        message("Public bodies, and those who rate credit or insure lives, assess the impact on fundamental rights."),
    ),
)
_BY_CLASS: Mapping[str, tuple[Obligation, ...]] = {
    "minimal": _ALL,
    "transparency": (*_ALL, *_TOLD),
    "high": (*_ALL, *_HIGH),
    "high_planned": (*_ALL, *_HIGH),
}


def obligations(answers: Mapping[str, Answer]) -> tuple[Obligation, ...]:
    """What follows from the answered class; nothing where none is answered, or nothing may be built."""
    answer = answers.get(QUESTION)
    return _BY_CLASS.get(answer.choice, ()) if answer else ()
