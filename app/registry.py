"""Parts that declare themselves: every file of a package holds one, and is found by being there."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, TypeVar


class Placed(Protocol):
    """Something that has its place among others of its kind."""

    @property
    def place(self) -> int:
        """Where it stands; the lowest comes first. Tens leave room for one in between."""


Part = TypeVar("Part", bound=Placed)


def declared(package: str, name: str, kind: type[Part]) -> tuple[Part, ...]:
    """What each file of the package declares under that name, in the order of their places.

    Packages inside the package are not looked into. Raises TypeError where a file declares no such part.
    """
    inside = import_module(package).__path__
    files = [each.name for each in iter_modules(inside, f"{package}.") if not each.ispkg]
    return tuple(sorted((_part(file, name, kind) for file in files), key=lambda part: part.place))


def _part(file: str, name: str, kind: type[Part]) -> Part:
    found = getattr(import_module(file), name, None)
    if not isinstance(found, kind):
        raise TypeError(f"{file} must declare {name}, a {kind.__name__}")
    return found
