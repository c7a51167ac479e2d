"""MySQL 8 or later in place of MariaDB: the login, the schema by either way, and the form of phpMyAdmin's import."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from Environment.installation import Installation
from Environment.programs import ROOT

from Host.mysql import MySQL


@pytest.fixture(scope="module")
def server(mariadb: MySQL) -> MySQL:
    assert isinstance(mariadb, MySQL)
    return mariadb


@pytest.fixture(scope="module")
def installed(directory: Path, server: MySQL) -> Iterator[Installation]:
    product = Installation(directory / "on-mysql", server, None, database="on_mysql")
    yield product
    product.stop()


def test_the_account_logs_in_by_the_default_of_mysql(installed: Installation, server: MySQL):
    plugin = server.sql("SELECT plugin FROM mysql.user WHERE user = 'on_mysql'").strip()
    assert plugin == "caching_sha2_password"
    version = server.sql("SELECT VERSION()").strip()
    assert int(version.split(".")[0]) >= 8 and "MariaDB" not in version
    # At first the server does not know the password's digest: the whole one goes through the socket; then it does.
    server.sql("FLUSH PRIVILEGES")
    for _ in range(2):
        assert f"MySQL {version}" in installed.command("doctor", "--only", "database")


def test_a_wrong_password_is_told(installed: Installation):
    text = installed.configuration.read_text()
    installed.configuration.write_text(re.sub("^db.password = .*$", "db.password = wrong", text, flags=re.MULTILINE))
    try:
        with pytest.raises(RuntimeError, match="1045"):
            installed.command("keys", "list")
    finally:
        installed.configuration.write_text(text)


def test_the_file_for_phpmyadmin_makes_the_tables_that_the_migrations_make(installed: Installation, server: MySQL):
    """Imported twice, as a person might."""
    server.create_database("imported", "imported", "imported")
    for _ in range(2):
        server.sql((ROOT / "sql" / "schema.sql").read_text(), "imported")

    def columns(database: str) -> str:
        return server.sql(
            "SELECT table_name, column_name, column_type, is_nullable, column_default, column_comment FROM information_schema.columns "
            f"WHERE table_schema = '{database}' ORDER BY table_name, column_name")

    assert columns("imported") == columns("on_mysql") != ""


def test_the_account_needs_no_more_than_its_own_rights(installed: Installation, server: MySQL):
    """It is a user as cPanel makes one."""
    grants = server.sql("SHOW GRANTS FOR 'on_mysql'@'localhost'").splitlines()
    assert grants == ["GRANT USAGE ON *.* TO `on_mysql`@`localhost`", "GRANT ALL PRIVILEGES ON `on_mysql`.* TO `on_mysql`@`localhost`"]
    assert server.sql("SELECT @@log_bin").strip() == "1"
    assert "ok" in installed.command("doctor", "--only", "tables")
