"""What follows from the record: own reference classes, suggested ranges, signed chances, and what decisions saved."""

from __future__ import annotations

from app.session.language import chosen_language
from app.session.tracked import Tracked
from app.views.parts.blocks import draw_section
from scoping.record.judged import signed_alone
from scoping.record.ledger import totals
from scoping.record.production import production
from scoping.reports.measured.learned import classes, ledger, suggestions
from scoping.reports.measured.production import reaching
from scoping.reports.spoken import spoken


def learned_part(found: Tracked) -> None:
    """Own classes, what they suggest for new ranges, the chances of reaching production, and the ledger of stops."""
    saved = found.saved
    for section in (
        classes(found.overruns),
        suggestions(signed_alone(found.ranges)),
        reaching(production(found.fates)),
        ledger(saved, totals(saved)),
    ):
        draw_section(spoken(section, chosen_language()))
