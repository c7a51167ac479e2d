"""A site of PHP pages as hosts serve it: PHP-FPM behind nginx and behind Apache."""

import os
import shutil
from pathlib import Path

from . import apache
from .apache import Apache
from .deadline import accepts_tcp, accepts_unix, free_port, until
from .nginx import nginx_program
from .process import Process

_START_TIMEOUT_S = 20.0
_POOL = """\
[global]
daemonize = no
error_log = {directory}/php-fpm.log
[site]
user = {user}
group = {group}
listen = {directory}/php.sock
listen.mode = 0666
pm = static
pm.max_children = {workers}
catch_workers_output = yes
clear_env = yes
{variables}
"""
_NGINX = """\
daemon off;
worker_processes 1;
{user}
pid {directory}/nginx.pid;
error_log {directory}/error.log info;
events {{ worker_connections 64; }}
http {{
  client_body_temp_path {directory}/body; proxy_temp_path {directory}/proxy;
  fastcgi_temp_path {directory}/fastcgi; uwsgi_temp_path {directory}/uwsgi; scgi_temp_path {directory}/scgi;
  access_log off;
  server {{
    listen 127.0.0.1:{port};
    root {web_root};
    location ~ \\.php$ {{
      include /etc/nginx/fastcgi_params;
      fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
      fastcgi_pass unix:{socket};
    }}
  }}
}}
"""
_HTACCESS = """\
<FilesMatch "\\.php$">
  SetHandler "proxy:unix:{socket}|fcgi://localhost"
</FilesMatch>
"""


def start_php(directory: Path, workers: int, account: str | None = None, **variables: str) -> Process:
    """PHP-FPM on `directory`/php.sock, which returns when it accepts; `variables` are the pages' environment."""
    program = next((path for name in ("php-fpm8.2", "php-fpm") if (path := shutil.which(name, path="/usr/sbin:/usr/bin"))), None)
    if program is None:
        raise FileNotFoundError("php-fpm is not installed; run `make deps`")
    is_root = os.geteuid() == 0
    user = account or ("root" if is_root else os.environ.get("USER", "nobody"))
    lines = "\n".join(f'env[{name}] = "{value}"' for name, value in variables.items())
    configuration = directory / "php-fpm.conf"
    configuration.write_text(_POOL.format(
        directory=directory, user=user, group=apache.group_of(user), workers=workers, variables=lines))
    as_root = ["--allow-to-run-as-root"] if is_root and user == "root" else []
    process = Process("php-fpm", [program, "--fpm-config", str(configuration), *as_root], directory / "php.log")
    until(lambda: accepts_unix(directory / "php.sock"), _START_TIMEOUT_S, "php-fpm accepts connections", process)
    return process


class PHPSite:
    """Serves `directory`/www at `nginx_url` and at `apache_url`; both end without a slash."""

    def __init__(self, directory: Path, account: str | None, **variables: str):
        self.web_root = directory / "www"
        self.web_root.mkdir(parents=True)
        self._php = start_php(directory, 2, account, **variables)
        (self.web_root / ".htaccess").write_text(_HTACCESS.format(socket=directory / "php.sock"))
        self._apache = Apache(directory / "apache", self.web_root, apache.CPANEL, account)
        self._nginx, port = self._start_nginx(directory)
        self.nginx_url = f"http://127.0.0.1:{port}"
        self.apache_url = f"http://127.0.0.1:{self._apache.port}"

    def _start_nginx(self, directory: Path) -> tuple[Process, int]:
        home, port = directory / "nginx", free_port()
        home.mkdir()
        configuration = home / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        configuration.write_text(_NGINX.format(
            directory=home, port=port, user=user, web_root=self.web_root, socket=directory / "php.sock"))
        command = [nginx_program(), "-p", str(home), "-c", str(configuration), "-e", str(home / "error.log")]
        process = Process("nginx for PHP", command, home / "nginx.log")
        until(lambda: accepts_tcp(port), _START_TIMEOUT_S, "nginx accepts connections", process)
        return process, port

    def stop(self) -> None:
        for process in (self._nginx, self._apache, self._php):
            process.stop()
