"""nginx in front of the responder's socket, with the very configuration that we ship for it, and in front of Apache as cPanel puts it there."""

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
  proxy_cache_path {directory}/cache levels=1:2 keys_zone=cache:10m inactive=60m;
  server {{
    listen 127.0.0.1:{port};
    {location}
  }}
}}
"""

# ea-nginx's cpanel-proxy.conf with the defaults of its cache.json, which keeps answers for an hour whatever key they were asked with.
_CACHING_PROXY = """\
client_max_body_size 128m;
location / {{
  proxy_cache cache; proxy_cache_valid 200 301 302 60m; proxy_cache_valid 404 1m; proxy_cache_key "$scheme://$host$request_uri";
  proxy_cache_use_stale error timeout http_429 http_500 http_502 http_503 http_504;
  proxy_cache_background_update on; proxy_cache_revalidate on; proxy_cache_min_uses 1;
  add_header X-Cache $upstream_cache_status always;
  proxy_http_version 1.0; proxy_hide_header Upgrade;
  proxy_set_header Accept-Encoding ""; proxy_set_header Connection ""; proxy_set_header Proxy "";
  proxy_set_header Host $host; proxy_set_header Referer $http_referer;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Real-IP $remote_addr;
  proxy_connect_timeout 300s; proxy_read_timeout 300s; proxy_send_timeout 300s;
  proxy_buffers 256 16k; proxy_buffer_size 128k; proxy_busy_buffers_size 256k;
  proxy_pass http://127.0.0.1:{behind};
}}
"""


class _Server:
    def __init__(self, directory: Path, location: str, port: int | None = None):
        self.directory = directory.resolve()
        self.directory.mkdir(parents=True, exist_ok=True)
        self.port = port or free_port()
        configuration = self.directory / "nginx.conf"
        user = "user root;\n" if _is_root() else ""
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


class Nginx(_Server):
    """Serves http://127.0.0.1:<port>/api/v1/ from the FastCGI socket `api_socket`, which may appear later."""

    def __init__(self, directory: Path, api_socket: Path, port: int | None = None):
        super().__init__(directory, SHIPPED.read_text().replace(SHIPPED_SOCKET, str(api_socket.absolute())), port)


class CachingProxy(_Server):
    """Passes everything on to the web server on the port `behind`, and keeps the answers that may be kept."""

    def __init__(self, directory: Path, behind: int):
        super().__init__(directory, _CACHING_PROXY.format(behind=behind))


def _is_root() -> bool:
    # Workers of a root master drop to "nobody", who may not open a socket of mode 0600.
    return os.geteuid() == 0


def nginx_program() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not found:
        raise FileNotFoundError("nginx is not installed; run `make deps`")
    return found
