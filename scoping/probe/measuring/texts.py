"""Free text as a few numbers: hashed words, weighed, and the directions in which they vary most."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import numpy as np
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.pipeline import make_pipeline

from .values import Codes, Floats

_WORDS = 4.0
_MOSTLY_DIFFERENT = 0.2
_DIRECTIONS = 20
_HASHES = 2**14
_LONGEST = 2_000
_LOOKED_AT = 1_000


def is_prose(codes: Codes, texts: Sequence[str]) -> bool:
    """True where a column holds sentences: several words in a value, and many different values."""
    filled = int((codes >= 0).sum())
    if len(texts) < max(20, _MOSTLY_DIFFERENT * filled):
        return False
    words = [len(text.split()) for text in islice(texts, _LOOKED_AT)]
    return float(np.mean(words)) >= _WORDS


def prose_features(codes: Codes, texts: Sequence[str], seed: int) -> list[Floats]:
    """So many numbers for each row: latent directions of its words, the text's length, and NaN where there is none.

    The directions are of the words alone and know nothing of the target: no row's answer gets into another's inputs.
    """
    short = [text[:_LONGEST] for text in texts]
    weighed = make_pipeline(HashingVectorizer(n_features=_HASHES, ngram_range=(1, 2)), TfidfTransformer())
    words = weighed.fit_transform(short)
    directions = min(_DIRECTIONS, min(words.shape) - 1)
    latent = TruncatedSVD(directions, n_iter=3, random_state=seed).fit_transform(words)
    length = np.log1p([len(text) for text in texts])
    each = np.column_stack([latent, length])
    return list(np.where((codes < 0)[:, None], np.nan, each[codes]).T)
