"""Debian's Chromium without a window."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright


def picture(page: Page, name: str) -> None:
    """For docs/install-cpanel.md: `WA_PICTURES=$PWD/docs/pictures` with the tests of the pages makes its pictures anew, here and nowhere else."""
    if directory := os.environ.get("WA_PICTURES"):
        page.screenshot(path=os.path.join(directory, f"{name}.png"))


@contextmanager
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if not program:
        raise FileNotFoundError("chromium is not installed; run `make deps`")
    with sync_playwright() as playwright:
        # Chromium's own sandbox refuses to work for root.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        try:
            yield browser
        finally:
            browser.close()
