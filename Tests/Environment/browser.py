"""Debian's Chromium without a window."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright


# The names of this machine, wherever a page shows them.
_RENAME = """names => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) for (const [old, name] of names) walker.currentNode.data = walker.currentNode.data.replaceAll(old, name);
  for (const field of document.querySelectorAll('input')) for (const [old, name] of names) field.value = field.value.replaceAll(old, name);
}"""


def picture(page: Page, name: str, **names: str) -> None:
    """For the documents: `WA_PICTURES=$PWD/docs/pictures` with the tests of the pages makes their pictures anew, here and nowhere else.

    `names`: what an owner would see in place of this machine's `home` and `site`.
    """
    usual = {"home": "/home/you", "site": "https://your-domain.com"}
    if directory := os.environ.get("WA_PICTURES"):
        page.evaluate(_RENAME, [[value, usual[key]] for key, value in names.items()])
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
