"""The parts of the Store, each about one thing; all of them for the same person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from .actuals import ActualsOf
from .auditing import Auditing
from .commenting import Commenting
from .demo import Demo
from .elicitation import Elicitation
from .gate import Gate
from .links import Links
from .looking import Looking
from .notices.due import Due
from .notices.inbox import Inbox
from .notices.outbox import Outbox
from .notices.receiving import Receiving
from .notices.reporting import Reporting
from .notices.webhooks import Webhooks
from .organisation import OrganisationSettings
from .part import Transaction
from .people import People
from .rates import Rates
from .review_settings import ReviewSettings
from .reviewing import Reviewing
from .scenarios import Scenarios
from .sharing import SharingOf
from .surroundings import Surrounding
from .tokens import Tokens
from .valuing import Valuing
from .withdrawing import Withdrawing


class Parts:
    """`rates` keeps what currencies are worth, `people` who belongs here, `sharing` who works on a proposal.

    `elicitation` keeps what people are asked to judge apart from each other, `commenting` what they write about it,
    `reviewing` what is submitted and what functions advise, `review_settings` which functions those are;
    `withdrawing` takes decisions back, `actuals` keeps what was measured under them, `demo` the demo portfolio.
    `scenarios` keeps what was chosen among proposals under which limits, `valuing` what each was worth in that.
    `inbox` shows what waits for somebody, `due` announces what the calendar brings, `outbox` keeps what is to be sent;
    `webhooks` and `receiving` say to whom, `reporting` who gets reports. `links` is what leads in from outside,
    `tokens` with what programs come in. `trail` is what everybody did, `looking` what of it is new to the person.
    `organisation` is what the organisation laid down for all proposals, `surroundings` what a page shows around one.
    """

    def _give_parts(self, gate: Gate, reading: Transaction, writing: Transaction, now: Callable[[], datetime]) -> None:
        parts = (gate, reading, writing, now)
        self.rates, self.people, self.sharing = Rates(*parts), People(*parts), SharingOf(*parts)
        self.elicitation, self.commenting = Elicitation(*parts), Commenting(*parts)
        self.reviewing, self.review_settings = Reviewing(*parts), ReviewSettings(*parts)
        self.inbox, self.due, self.outbox = Inbox(*parts), Due(*parts), Outbox(*parts)
        self.webhooks, self.receiving = Webhooks(*parts), Receiving(*parts)
        self.links, self.tokens = Links(*parts), Tokens(*parts)
        self.organisation = OrganisationSettings(*parts)
        self.trail, self.looking = Auditing(*parts), Looking(*parts)
        self.surroundings = Surrounding(*parts)
        self.withdrawing, self.reporting = Withdrawing(*parts), Reporting(*parts)
        self.scenarios, self.valuing = Scenarios(*parts), Valuing(*parts)
        self.actuals, self.demo = ActualsOf(*parts), Demo(*parts)
