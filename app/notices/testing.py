"""A test of a webhook: one message, sent now, and what came back."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from app.door.settings import door
from app.notices.mail import server
from app.notices.refused import NotTaken
from app.notices.sender import Sender
from app.session.shared import default_language
from db import Channel, EventKind, Message, Store
from scoping.text.languages import message


def send_test(store: Store, webhook_id: str) -> str:
    """Send it, and say what came back. Raises NotFound, NotAllowed."""
    target = store.webhooks.target(webhook_id)
    payload = {
        "kind": EventKind.COMMENTED.value,
        "proposal": "",
        "title": "Groundwork",
        "said": "This is a test. Nothing happened.",
        "place": "",
        "by": "",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "due_on": None,
    }
    sent = Message(f"msg_test_{uuid.uuid4().hex}", Channel.WEBHOOK, target, payload, 1, datetime.now(UTC))
    try:
        status = Sender(store, door(), server(), default_language()).post(sent, target)
    except NotTaken as error:
        return message("The test was not taken: {why}.", why=str(error))
    return message("The test was taken: {status}.", status=str(status))
