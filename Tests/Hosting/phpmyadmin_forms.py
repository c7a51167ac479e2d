"""What an owner does in phpMyAdmin, done in a browser: import a file, type a new row, change one, read a table."""

import hashlib
from pathlib import Path

from Environment.phpmyadmin import PHPMyAdmin
from playwright.sync_api import Page

_TIMEOUT_MS = 20_000
_MESSAGE = ".alert-success, .alert-danger, .error"


class Refused(Exception):
    """What phpMyAdmin said of a form that the database did not take."""


class Forms:
    def __init__(self, page: Page, phpmyadmin: PHPMyAdmin, database: str):
        self.page = page
        page.set_default_timeout(_TIMEOUT_MS)
        self._address = f"{phpmyadmin.url}index.php?db={database}&route="

    def import_file(self, file: Path) -> str:
        """By the page Import; returns what it says."""
        self.page.goto(self._address + "/database/import")
        self.page.set_input_files("input[name=import_file]", file)
        self.page.click("#buttonGo")
        return self._answer()

    def insert(self, table: str, **values: str | list[str]) -> None:
        """By the page Insert; columns that are not named stay as the form has them."""
        self.page.goto(f"{self._address}/table/change&table={table}")
        self._fill(values)

    def change(self, table: str, condition: str, **values: str | list[str]) -> None:
        """By the pencil of the row that `condition` finds: `name = 'shop'`."""
        self.page.goto(f"{self._address}/table/sql&table={table}")
        self._run(f"SELECT * FROM {table} WHERE {condition}")
        self.page.click("table.table_results td a[data-post*='/table/change'] >> nth=0")
        self._fill(values)

    def rows(self, table: str) -> list[dict[str, str]]:
        """By the page Browse."""
        self.page.goto(f"{self._address}/sql&table={table}&pos=0")
        self.page.wait_for_selector("table.table_results tbody tr, .alert-success")
        return self.page.evaluate(
            """() => {
                const shown = document.querySelector('table.table_results');
                if (!shown) return [];
                const names = [...shown.querySelectorAll('thead th[data-column]')].map(cell => cell.dataset.column);
                return [...shown.querySelectorAll('tbody tr')].map(row => Object.fromEntries(
                    [...row.querySelectorAll('td.data')].map((cell, number) => [names[number], cell.textContent.trim()])));
            }""")

    def _run(self, statement: str) -> None:
        # The text area is shown as an editor, which stands beside it.
        self.page.wait_for_selector("#sqlquery + .CodeMirror")
        self.page.evaluate("text => document.querySelector('#sqlquery + .CodeMirror').CodeMirror.setValue(text)", statement)
        self.page.click("#button_submit_query")

    def _fill(self, values: dict[str, str | list[str]]) -> None:
        self.page.wait_for_selector("form#insertForm")
        for column, value in values.items():
            name = f"fields[multi_edit][0][{hashlib.md5(column.encode()).hexdigest()}]"
            field = self.page.locator(f'form#insertForm [name="{name}"], form#insertForm [name="{name}[]"]').first
            if field.evaluate("element => element.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
                field.dispatch_event("change")
        # The page stays the same one; what it said before is not meant.
        self.page.evaluate("selector => document.querySelectorAll(selector).forEach(element => element.remove())", _MESSAGE)
        self.page.click("#buttonYes >> nth=0")
        self._answer()

    def _answer(self) -> str:
        self.page.wait_for_selector(_MESSAGE)
        if self.page.locator(".alert-danger, .error").count():
            raise Refused(self.page.inner_text(".alert-danger, .error"))
        return self.page.inner_text(".alert-success")
