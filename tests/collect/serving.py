"""A server on loopback that answers as servers do, and as they should not."""

import gzip
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = "<!doctype html><html><head><meta charset=utf-8></head><body><h1>{}</h1><table><tr><td>1</td></tr></table></body></html>"
DRAWN = "<!doctype html><html><body><div id=app></div><script>draw()</script></body></html>"
ATTACHED = PAGE.format("甲") + '<a href="/files/a.pdf">附件:年度报告</a> <a href="/files/b.docx">附表</a> <a href="x.pdf">地图</a>'
ROBOTS = "User-agent: *\nDisallow: /secret\n"
SLOW = 0.05  # seconds between two bytes of a slow answer


class Handler(BaseHTTPRequestHandler):
    """Answers by the first part of the path; counts what was asked."""

    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # or head and body would wait for each other, as Nagle has it

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        kind, _, rest = self.path.lstrip("/").partition("/")
        self.server.asked[self.path] += 1
        getattr(self, f"_{kind.replace('.', '_')}", self._missing)(rest)

    def _send(self, data: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "text/html", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _robots_txt(self, _: str) -> None:
        self._send(self.server.robots.encode(), self.server.robots_status)

    def _page(self, rest: str) -> None:
        self._send(PAGE.format(rest).encode())

    def _secret(self, rest: str) -> None:
        self._page(rest)

    def _missing(self, _: str) -> None:
        self._send(b"no", 404)

    def _tagged(self, rest: str) -> None:
        tag = f'"{rest}-{self.server.edition}"'
        if self.headers.get("If-None-Match") == tag:
            self._send(b"", 304)
        else:
            self._send(PAGE.format(f"{rest} {self.server.edition}").encode(), ETag=tag)

    def _shaky(self, rest: str) -> None:
        busy = self.server.asked[self.path] < 3
        self._send(b"busy", 503, Retry_After="0") if busy else self._page(rest)

    def _broken(self, _: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"<html>")
        self.close_connection = True

    def _slow(self, rest: str) -> None:
        """A byte at a time, without a length; a time-out of silence alone would never end it."""
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        for _ in range(int(rest)):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(SLOW)

    def _to(self, rest: str) -> None:
        self._send(b"", 302, Location=rest if "://" in rest else f"/{rest}")

    def _round(self, rest: str) -> None:
        self._send(b"", 302, Location=f"/round/{rest}x")

    def _huge(self, rest: str) -> None:
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        for _ in range(int(rest)):
            self.wfile.write(b"x" * (1 << 20))

    def _bomb(self, rest: str) -> None:
        self._send(gzip.compress(bytes(int(rest) << 20)), Content_Encoding="gzip")

    def _drawn(self, _: str) -> None:
        self._send(DRAWN.encode())

    def _attached(self, _: str) -> None:
        self._send(ATTACHED.encode())

    def _files(self, rest: str) -> None:
        kind = "application/pdf" if rest.endswith("pdf") else "application/octet-stream"
        self._send(f"%PDF {rest}".encode(), Content_Type=kind)


class Server(ThreadingHTTPServer):
    """What it was asked, its robots.txt, and the edition of its changing pages."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter = Counter()
        self.robots, self.robots_status, self.edition = ROBOTS, 200, 1
        self.url = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_: object) -> None:
        """An asker that hangs up is no news."""


@contextmanager
def serve() -> Iterator[Server]:
    """Serve until the end."""
    with Server() as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()
