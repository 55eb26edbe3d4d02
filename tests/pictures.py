"""The pictures of the README, of an example as it is when somebody starts from it.

    make pictures      or: python -m tests.pictures

Whoever looks at the README sees what the app looks like today, so this is run again when a page has changed.
"""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from scoping import examples
from tests.browser.acting import WATCHED, settled, visit
from tests.browser.conftest import CHROMIUM
from tests.browser.running import RunningApp, new_app

DOCS = Path(__file__).parents[1] / "docs"
EXAMPLE = "visual_inspection"
WIDE, HIGH = 1_280, 960
MOST_BYTES = 300_000
_COLOURS = 256
_BELOW_THE_MENU = 70
_NOTHING_STILL_LOADS = "() => !document.querySelector('[data-testid=stSkeleton]') && document.fonts.status === 'loaded'"
# The name, the heading that stands at its top where it does not begin with the page, and the address.
PICTURES = (
    ("review.png", re.compile("^Verdict"), "review?proposal={id}"),
    ("proposal.png", None, "proposal?proposal={id}&step=value"),
)


def taken(app: RunningApp, browser: Browser, folder: Path = DOCS) -> None:
    """Take every picture, and write it into the folder."""
    saved = app.create(examples.load(EXAMPLE))
    for name, heading, address in PICTURES:
        context = browser.new_context(
            viewport={"width": WIDE, "height": HIGH}, color_scheme="light", locale="en-US", timezone_id="UTC"
        )
        context.add_init_script(WATCHED)
        page = context.new_page()
        visit(page, app, address.format(id=saved.id))
        if heading is not None:
            box = page.get_by_role("heading", name=heading).first.bounding_box()
            assert box is not None
            page.mouse.move(WIDE / 2, HIGH / 2)
            page.mouse.wheel(0, box["y"] - _BELOW_THE_MENU)
            settled(page)
        page.wait_for_function(_NOTHING_STILL_LOADS)
        (folder / name).write_bytes(small(page.screenshot(animations="disabled")))
        context.close()


def small(content: bytes) -> bytes:
    """The same picture with the few colours that it has; it has to be loaded with the page."""
    written = io.BytesIO()
    image = Image.open(io.BytesIO(content)).convert("RGB")
    image.quantize(_COLOURS, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    found = written.getvalue()
    assert len(found) <= MOST_BYTES, f"{len(found):,} bytes"
    return found


def main() -> None:
    """With a server of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        app = new_app(Path(folder))
        app.start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(CHROMIUM))
        try:
            taken(app, browser)
        finally:
            browser.close()
            app.stop()


if __name__ == "__main__":
    main()
