"""Texts for people, in more than one language.

A text is written in English where it is needed and wrapped in `message`. What comes back is a plain
English string that also knows how to say itself in another language: so figures, reasons and labels
are computed once, and the summary is told in the language that its reader asked for.

A language is one file of this folder, LANGUAGE.po, in the format of gettext.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel import Locale, UnknownLocaleError
from babel.lists import format_list

from ...errors import UnknownLanguage

_SOURCE = "en"
# Where the same language writes dates and numbers in another way.
_REGIONS = {"en": ("en_GB",), "de": ("de_AT", "de_CH")}


@dataclass(frozen=True)
class Language:
    """How texts, numbers and dates are written. `tag` is a locale such as en, en_GB or de."""

    tag: str

    @property
    def locale(self) -> Locale:
        """The locale's own rules."""
        return _locale(self.tag)

    @property
    def html_tag(self) -> str:
        """The tag as documents name it (BCP 47): de-CH."""
        return self.tag.replace("_", "-")

    @property
    def separators(self) -> str:
        """The decimal sign and the sign between thousands, one after the other."""
        symbols = self.locale.number_symbols["latn"]
        return f"{symbols['decimal']}{symbols['group']}"

    @property
    def texts(self) -> NullTranslations:
        """The translations out of English."""
        return _texts(self.locale.language)


ENGLISH = Language(_SOURCE)


@cache
def _locale(tag: str) -> Locale:
    return Locale.parse(tag)


@cache
def _texts(language: str) -> NullTranslations:
    """The catalogue of a language; English needs none."""
    source = files(__package__).joinpath(f"{language}.po")
    if language == _SOURCE or not source.is_file():
        return NullTranslations()
    from babel.messages.mofile import write_mo  # slow to import: English needs neither
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source.read_bytes()), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def offered_languages() -> dict[str, str]:
    """The languages that people can choose from, with their regions: the tag, and the name in that language."""
    catalogues = sorted(
        each.name.removesuffix(".po") for each in files(__package__).iterdir() if each.name[-3:] == ".po"
    )
    tags = [tag for language in (_SOURCE, *catalogues) for tag in (language, *_REGIONS.get(language, ()))]
    return {tag: str(_locale(tag).get_display_name()) for tag in tags}


def language_of(tag: str) -> Language:
    """The language of a tag such as de, de-CH or en_GB. Raises UnknownLanguage."""
    try:
        locale = Locale.parse(tag.strip().replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        raise UnknownLanguage(tag, tuple(offered_languages())) from None
    if locale.language not in offered_languages():
        raise UnknownLanguage(tag, tuple(offered_languages()))
    return Language(str(locale))


class Phrase(str):
    """Text that can be said in any language. As a string it is English."""

    said: Callable[[Language], str]

    def __new__(cls, said: Callable[[Language], str]) -> Phrase:
        phrase = super().__new__(cls, said(ENGLISH))
        phrase.said = said
        return phrase

    def __reduce__(self) -> tuple[type[Phrase], tuple[Callable[[Language], str]]]:
        return Phrase, (self.said,)


def say(text: str, language: Language) -> str:
    """The text in that language; what people typed stays as they typed it."""
    return text.said(language) if isinstance(text, Phrase) else text


def message(template: str, /, **values: str) -> str:
    """A text with the values in its {places}; values that are phrases are said in the same language."""
    return Phrase(partial(_message, template, values))


def counted(singular: str, plural: str, count: int, /, **values: str) -> str:
    """A text that depends on a number; the number itself stands at {count}, unless it is given."""
    return Phrase(partial(_counted, singular, plural, count, values))


def within_sentence(title: str) -> str:
    """A title within a sentence: "recall", but "ROC AUC". Only English writes it smaller there."""
    return Phrase(partial(_within_sentence, title))


def joined(separator: str, parts: Iterable[str]) -> str:
    """Texts one after the other."""
    return Phrase(partial(_joined, separator, tuple(parts)))


def listed(parts: Iterable[str]) -> str:
    """Texts as a list within a sentence: a, b, and c."""
    return Phrase(partial(_listed, tuple(parts)))


def as_sentence(text: str) -> str:
    """The text with a capital at its beginning and a full stop at its end."""
    return Phrase(partial(_as_sentence, text))


def _message(template: str, values: dict[str, str], language: Language) -> str:
    # To gettext, the translation of nothing is the catalogue's own header.
    return _filled(language.texts.gettext(template), values, language) if template else ""


def _counted(singular: str, plural: str, count: int, values: dict[str, str], language: Language) -> str:
    template = language.texts.ngettext(singular, plural, count)
    return _filled(template, {"count": str(count), **values}, language)


def _filled(template: str, values: dict[str, str], language: Language) -> str:
    return template.format(**{name: say(value, language) for name, value in values.items()}) if values else template


def _within_sentence(title: str, language: Language) -> str:
    text = say(title, language)
    is_name = text[:2].isupper() and not text.startswith("A ")
    return text if is_name or language.locale.language != _SOURCE else text[:1].lower() + text[1:]


def _joined(separator: str, parts: tuple[str, ...], language: Language) -> str:
    return separator.join(say(part, language) for part in parts)


def _listed(parts: tuple[str, ...], language: Language) -> str:
    return format_list([say(part, language) for part in parts], locale=language.locale)


def _as_sentence(text: str, language: Language) -> str:
    said = say(text, language)
    return f"{said[:1].upper()}{said[1:]}."
