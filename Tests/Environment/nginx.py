"""nginx in front of the responder's socket, with the very configuration that we ship for it."""

import os
import shutil
from pathlib import Path

from .deadline import accepts_tcp, free_port, until
from .process import Process
from .programs import ROOT

_START_TIMEOUT_S = 20.0
SHIPPED = ROOT / "htaccess" / "nginx.conf"
SHIPPED_SOCKET = "/home/USER/wa-connect/run/api.sock"

_CONFIGURATION = """\
daemon off;
worker_processes 1;
pid {directory}/nginx.pid;
error_log {directory}/error.log info;
events {{ worker_connections 256; }}
http {{
  client_body_temp_path {directory}/body; proxy_temp_path {directory}/proxy;
  fastcgi_temp_path {directory}/fastcgi; uwsgi_temp_path {directory}/uwsgi; scgi_temp_path {directory}/scgi;
  access_log {directory}/access.log;
  server {{
    listen 127.0.0.1:{port};
    {location}
  }}
}}
"""


class Nginx:
    """Serves http://127.0.0.1:<port>/api/v1/ from the FastCGI socket `api_socket`, which may appear later."""

    def __init__(self, directory: Path, api_socket: Path, port: int | None = None):
        self.directory = directory.resolve()
        self.directory.mkdir(parents=True, exist_ok=True)
        self.port = port or free_port()
        configuration = self.directory / "nginx.conf"
        user = "user root;\n" if _is_root() else ""
        location = SHIPPED.read_text().replace(SHIPPED_SOCKET, str(api_socket.absolute()))
        configuration.write_text(user + _CONFIGURATION.format(directory=self.directory, port=self.port, location=location))
        self.process = Process(
            "nginx", [nginx_program(), "-p", str(self.directory), "-c", str(configuration), "-e", str(self.directory / "error.log")],
            self.directory / "nginx.log",
        )
        until(
            lambda: accepts_tcp(self.port), _START_TIMEOUT_S, "nginx accepts connections", self.process
        )

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v1"

    def stop(self) -> None:
        self.process.stop()


def _is_root() -> bool:
    # Workers of a root master drop to "nobody", who may not open a socket of mode 0600.
    return os.geteuid() == 0


def nginx_program() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not found:
        raise FileNotFoundError("nginx is not installed; run `make deps`")
    return found
