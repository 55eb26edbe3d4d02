"""`make bench`: what Groundwork costs and how exact it is. Ratios are taken within one run on one machine."""

from __future__ import annotations

from tests.bench import assessment, efficiency, formats, memory, page


def main() -> None:
    """Run every measurement."""
    for part in (assessment, efficiency, formats, memory, page):
        print(f"\n{(part.__doc__ or '').splitlines()[0]}")
        part.measure()


main()
