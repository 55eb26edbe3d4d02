"""What follows from the record: own reference classes, suggested ranges, and what decisions saved."""

from __future__ import annotations

from app.session.language import chosen_language
from app.session.tracked import Tracked, learned
from app.views.parts.blocks import draw_section
from scoping.record.judged import signed_alone
from scoping.record.ledger import totals
from scoping.reports.measured.learned import classes, ledger, suggestions
from scoping.reports.spoken import spoken


def learned_part(found: Tracked) -> None:
    """Own classes, what they suggest for new ranges, and the ledger of stops and pilots."""
    language = chosen_language()
    overruns, saved = learned(found)
    for section in (classes(overruns), suggestions(signed_alone(found.ranges)), ledger(saved, totals(saved))):
        draw_section(spoken(section, language))
