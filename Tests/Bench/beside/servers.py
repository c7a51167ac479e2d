"""Starts them: as many workers as the daemon keeps responders, each answering one request at a time."""

import os
import socket
import subprocess
from contextlib import ExitStack
from pathlib import Path

from Environment.deadline import accepts_tcp, free_port, until
from Environment.nginx import SHIPPED, SHIPPED_SOCKET, nginx_program
from Environment.php_site import start_php
from Environment.process import Process

WORKERS = 4
_HERE = Path(__file__).parent
_START_TIMEOUT_S = 20.0

_NGINX = """\
daemon off;
worker_processes 1;
user {user};
pid {directory}/nginx.pid;
error_log {directory}/error.log error;
events {{ worker_connections 512; }}
http {{
  client_body_temp_path {directory}/body; proxy_temp_path {directory}/proxy;
  fastcgi_temp_path {directory}/fastcgi; uwsgi_temp_path {directory}/uwsgi; scgi_temp_path {directory}/scgi;
  access_log off;
  keepalive_requests 1000000;
  server {{
    listen 127.0.0.1:{port};
    {locations}
  }}
}}
"""

def compiled(directory: Path, name: str, *libraries: str) -> str:
    program = directory / name
    subprocess.run(["gcc", "-O2", "-Wall", "-Werror", "-o", program, _HERE / f"{name}.c", *libraries], check=True)
    return str(program)


def fastcgi(servers: ExitStack, path: Path, command: list[str]) -> Path:
    """Starts workers on one listening socket, descriptor 0, as mod_fcgid and spawn-fcgi do."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen(64)
    for number in range(WORKERS):
        worker = Process(path.stem, command, path.with_suffix(f".{number}.log"), stdin=listener.fileno())
        servers.callback(worker.stop)
    listener.close()
    return path


def php(servers: ExitStack, directory: Path) -> Path:
    servers.callback(start_php(directory, WORKERS).stop)
    return directory / "php.sock"


def nginx(servers: ExitStack, directory: Path, responder: Path, others: dict[str, tuple[Path, dict[str, str]]]) -> str:
    """`others`: by path, a socket and further parameters. The way to the responder is the one that we ship; theirs is the same but for the socket.

    Returns http://127.0.0.1:<port>.
    """
    shipped = SHIPPED.read_text()
    locations = [shipped.replace(SHIPPED_SOCKET, str(responder))]
    for path, (sock, parameters) in others.items():
        more = "".join(f'fastcgi_param {name} "{value}";\n' for name, value in parameters.items())
        location = shipped.replace("location /api/v1/", f"location {path}").replace(SHIPPED_SOCKET, str(sock))
        locations.append(location.replace("fastcgi_pass", more + "fastcgi_pass"))
    port = free_port()
    directory.mkdir()
    configuration = directory / "nginx.conf"
    user = "root" if os.geteuid() == 0 else os.environ.get("USER", "nobody")
    configuration.write_text(_NGINX.format(directory=directory, port=port, user=user, locations="\n".join(locations)))
    process = Process(
        "nginx", [nginx_program(), "-p", str(directory), "-c", str(configuration), "-e", str(directory / "error.log")], directory / "nginx.log")
    servers.callback(process.stop)
    until(lambda: accepts_tcp(port), _START_TIMEOUT_S, "nginx accepts connections", process)
    return f"http://127.0.0.1:{port}"
