"""What a file format is, and how the formats of a folder are found."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any, BinaryIO, Generic, TypeVar

Told = TypeVar("Told")


@dataclass(frozen=True)
class FileFormat(Generic[Told]):
    """One way to write a file: its short name, title, file ending, media type, and what it renders into bytes.

    `place` orders the formats where people choose one: what is forwarded most comes first.
    `write` writes into a file bit by bit, for what may be long; `most` is how many lines it can hold.
    """

    name: str
    title: str
    suffix: str
    media_type: str
    render: Callable[[Told], bytes]
    place: float = 50
    write: Callable[[Told, BinaryIO], None] | None = None
    most: int | None = None

    def write_to(self, told: Told, target: BinaryIO) -> None:
        """Write the file; bit by bit where the format can."""
        if self.write is not None:
            self.write(told, target)
        else:
            target.write(self.render(told))

    @property
    def file_type(self) -> str:
        """What a program knows the file by: pdf, of letter.pdf."""
        return self.suffix.rsplit(".", 1)[-1]


def formats_in(package: ModuleType) -> dict[str, FileFormat[Any]]:
    """The formats of a package, by name and in their order: each of its modules that defines a FORMAT."""
    names = (f"{package.__name__}.{each.name}" for each in pkgutil.iter_modules(package.__path__))
    modules = (importlib.import_module(name) for name in names)
    return in_order(module.FORMAT for module in modules if hasattr(module, "FORMAT"))


def in_order(found: Any) -> dict[str, FileFormat[Any]]:
    """Formats by their name, in the order of their places."""
    return {each.name: each for each in sorted(found, key=lambda each: each.place)}
