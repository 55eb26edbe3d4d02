"""Names that look the same and are not: letters of the Cyrillic and Greek alphabets that are drawn as Latin ones are."""

from __future__ import annotations

import unicodedata

_CYRILLIC = {
    "A": "a", "VE": "b", "IE": "e", "KA": "k", "EM": "m", "EN": "h", "O": "o", "ER": "p", "ES": "c", "TE": "t",
    "U": "y", "HA": "x", "DZE": "s", "BYELORUSSIAN-UKRAINIAN I": "i", "JE": "j", "SHHA": "h", "KOMI DE": "d",
    "QA": "q", "WE": "w",
}  # fmt: skip
_GREEK = {
    "ALPHA": "a", "BETA": "b", "EPSILON": "e", "ZETA": "z", "ETA": "h", "IOTA": "i", "KAPPA": "k", "MU": "m",
    "NU": "n", "OMICRON": "o", "RHO": "p", "TAU": "t", "UPSILON": "y", "CHI": "x",
}  # fmt: skip
_ALPHABETS = {"CYRILLIC": _CYRILLIC, "GREEK": _GREEK}
_LATIN = {
    unicodedata.lookup(f"{alphabet} {size} LETTER {letter}"): latin
    for alphabet, letters in _ALPHABETS.items()
    for letter, latin in letters.items()
    for size in ("SMALL", "CAPITAL")
}
_MOST_NAMED = 3


def look_alike(one: str, other: str) -> bool:
    """True where two names are seen as the same, and differ in more than small and capital letters."""
    return one.casefold() != other.casefold() and _drawn(one) == _drawn(other)


def letters_of_another_alphabet(one: str, other: str) -> str:
    """What the letters are called by which two names that look alike differ; empty where it is something else."""
    strange = dict.fromkeys(each for each in one + other if each in _LATIN and not (each in one and each in other))
    return ", ".join(unicodedata.name(each) for each in [*strange][:_MOST_NAMED])


def _drawn(name: str) -> str:
    """The name in Latin letters as it is seen, in small letters, without what has no width."""
    plain = "".join(each for each in unicodedata.normalize("NFKC", name) if unicodedata.category(each) != "Cf")
    return "".join(_LATIN.get(each, each) for each in plain).casefold()
