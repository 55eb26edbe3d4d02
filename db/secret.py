"""Secrets that the program makes and tells once: the database keeps a hash, by which it knows them again."""

from __future__ import annotations

import secrets
from hashlib import sha256

_BYTES = 32


def new_secret() -> str:
    """256 random bits, as text for an address or a header."""
    return secrets.token_urlsafe(_BYTES)


def digest_of(secret: str) -> str:
    """What is kept of it. Enough for a secret that nobody chose: so many random bits need no slow hash."""
    return sha256(secret.encode(errors="surrogatepass")).hexdigest()
