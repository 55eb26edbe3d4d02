"""The value of a project, as functions of arrays: for notebooks, and for `assess`.

    from scoping.value import evpi, evppi, evsi, irr, npv, payback

Money in, money out; every docstring gives shapes, units and source.
"""

from .information import evpi, evppi, evsi
from .measures import irr, npv, payback

__all__ = ["evpi", "evppi", "evsi", "irr", "npv", "payback"]
