"""A queue of webhook deliveries to a fast receiver on this host: how fast it drains, and what memory that takes."""

import time
from pathlib import Path

from Environment.deadline import accepts_tcp, free_port, until
from Environment.installation import Installation
from Environment.nginx import nginx_program
from Environment.process import Process

from . import proc
from .table import Table

_DELIVERIES = 10_000
_CHATS = 200
_LIMIT_S = 300
# A receiver that costs little beside what is measured.
_NGINX = """\
daemon off;
worker_processes 1;
{user}
pid {directory}/nginx.pid;
error_log {directory}/error.log error;
events {{ worker_connections 256; }}
http {{
  client_body_temp_path {directory}/body; proxy_temp_path {directory}/proxy;
  fastcgi_temp_path {directory}/fastcgi; uwsgi_temp_path {directory}/uwsgi; scgi_temp_path {directory}/scgi;
  access_log off;
  keepalive_requests 1000000;
  server {{ listen 127.0.0.1:{port}; location / {{ return 200 "OK"; }} }}
}}
"""
_QUEUE = """
INSERT INTO wa_webhook_deliveries (event, event_id, webhook_id, session_id, chat, sequence, body, event_at)
  SELECT 'message.received', UUID(), w.id, 1, 1 + seq % {chats}, seq,
  CONCAT('{{"event":"message.received","timestamp":"2026-02-27T10:00:00.000Z","data":{{"message_id":"3EB0DRAIN', seq,
  '","from":"96890000001@s.whatsapp.net","from_name":"John Doe","type":"text","content":"Hello!","media_url":null,"is_group":false}}}}'), UTC_TIMESTAMP(3)
  FROM seq_1_to_{deliveries} JOIN wa_webhooks w ON w.url = '{url}';
"""


def queue(product: Installation, directory: Path, table: Table) -> None:
    """The daemon has to run."""
    directory.mkdir()
    receiver, url = _receiver(directory)
    try:
        product.sql(f"INSERT INTO wa_webhooks (url, active, secret) VALUES ('{url}', 0, 'of the queue')")
        product.sql(_QUEUE.format(chats=_CHATS, deliveries=_DELIVERIES, url=url))
        pid, memory = product.daemon.child.pid, []
        memory.append(proc.resident_mb(pid))
        product.sql(f"UPDATE wa_webhooks SET active = 1 WHERE url = '{url}'")
        first = _wait(product, url, _DELIVERIES - 1, memory)
        seconds = _wait(product, url, 0, memory) - first
        table.heading(f"Webhooks: {_DELIVERIES} queued deliveries of {_CHATS} chats to a fast receiver")
        table.figure("deliveries", _DELIVERIES / seconds, "/s", at_least=500)
        table.figure("daemon, memory above idle at the most", max(memory) - memory[0], "MB", 10)
    finally:
        product.sql(f"DELETE FROM wa_webhooks WHERE url = '{url}'")
        receiver.stop()


def _wait(product: Installation, url: str, left: int, memory: list[float]) -> float:
    """Until so many are left; returns when that was."""
    def is_reached() -> bool:
        memory.append(proc.resident_mb(product.daemon.child.pid))
        waiting = f"SELECT COUNT(*) FROM wa_webhook_deliveries d JOIN wa_webhooks w ON w.id = d.webhook_id WHERE w.url = '{url}' AND d.status = 'pending'"
        return int(product.sql(waiting)) <= left

    until(is_reached, _LIMIT_S, f"{left} deliveries are left", product.daemon, interval=0.1)
    return time.monotonic()


def _receiver(directory: Path) -> tuple[Process, str]:
    port = free_port()
    configuration = directory / "nginx.conf"
    configuration.write_text(_NGINX.format(directory=directory, port=port, user=""))
    command = [nginx_program(), "-p", str(directory), "-c", str(configuration), "-e", str(directory / "error.log")]
    process = Process("fast receiver", command, directory / "nginx.log")
    until(lambda: accepts_tcp(port), 20, "nginx accepts connections", process)
    return process, f"http://127.0.0.1:{port}/drain"
