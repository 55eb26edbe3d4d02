"""What the API refuses by itself, before anything is asked of the Store, and under which status."""

from __future__ import annotations

from collections.abc import Mapping

from app.door.sizes import DOCUMENT_MEGABYTES
from scoping import Refused
from scoping.errors import quote


class ApiRefused(Refused):
    """A request that is none; `status` and `headers` are those of the answer."""

    status = 400

    def __init__(self, said: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(said)
        self.headers = dict(headers or {})


class ParameterRefused(ApiRefused):
    """A parameter of an address, or a header, that is not what it must be."""

    def __init__(self, name: str, value: str, allowed: str) -> None:
        super().__init__(f"{name}: {quote(value)}: {allowed}")


class NotJson(ApiRefused):
    """A body of another media type."""

    status = 415

    def __init__(self, given: str, allowed: str) -> None:
        super().__init__(f"Content-Type: {quote(given) or 'none'}: must be {allowed}")


class BodyTooLarge(ApiRefused):
    """A body that goes on beyond what is taken."""

    status = 413

    def __init__(self) -> None:
        super().__init__(f"This is larger than {DOCUMENT_MEGABYTES} MB.")


class VersionMissing(ApiRefused):
    """A change that does not say which version it is of: it could undo what another one saved."""

    status = 428

    def __init__(self) -> None:
        super().__init__('If-Match: is missing: give the ETag of the version that you read, such as "3".')


class TooMany(ApiRefused):
    """More than is answered at a time."""

    status = 429

    def __init__(self, said: str, seconds: int) -> None:
        super().__init__(said, {"Retry-After": str(max(seconds, 1))})
