"""A server on loopback that answers as servers do, and as they should not."""

import gzip
import threading
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = "<!doctype html><html><head><meta charset=utf-8></head><body><h1>{}</h1><table><tr><td>1</td></tr></table></body></html>"
DRAWN = "<!doctype html><html><body><div id=app></div><script>draw()</script></body></html>"
ATTACHED = PAGE.format("甲") + '<a href="/files/a.pdf">附件:年度报告</a> <a href="/files/b.docx">附表</a> <a href="x.pdf">地图</a>'
WHOLE = PAGE.format("全" * 500).encode()
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
        self._send(f"{'%PDF' if rest.endswith('pdf') else 'PK'} {rest}".encode(), Content_Type=kind)

    def _moved(self, rest: str) -> None:
        """To whatever place the test wants, as raw bytes."""
        self.wfile.write(b"HTTP/1.1 302 Moved\r\nContent-Length: 0\r\nLocation: " + self.server.place + b"\r\n\r\n")

    def _packed(self, rest: str) -> None:
        data, coding = {
            "gzip": (gzip.compress(WHOLE), "gzip"), "cut": (gzip.compress(WHOLE)[:-20], "gzip"),
            "zlib": (zlib.compress(WHOLE), "deflate"), "raw": (zlib.compress(WHOLE)[2:-4], "deflate"),
            "cut-zlib": (zlib.compress(WHOLE)[:-9], "deflate"), "junk": (WHOLE, "gzip"), "br": (WHOLE, "br"),
            "several": (gzip.compress(WHOLE) * 2, "gzip"), "twice": (gzip.compress(WHOLE), "gzip, gzip"),
            "none": (WHOLE, "utf-8"),
        }[rest]
        self._send(data, Content_Encoding=coding)

    def _early(self, _: str) -> None:
        """A hint first; the answer proper comes when another question may be on its way."""
        self.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n")
        self.wfile.flush()
        time.sleep(0.2)
        self._send(b"<html>of the first")

    def _status(self, rest: str) -> None:
        self._send(b"" if rest in ("204", "304") else b"<html>no", int(rest))

    def _old(self, _: str) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + WHOLE)
        self.close_connection = True

    def _chunks(self, rest: str) -> None:
        body = {"good": b"5\r\n<html\r\n1\r\n>\r\n0\r\n\r\n", "junk": b"zz\r\n<html>", "cut": b"9\r\n<html>"}[rest]
        self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
        self.close_connection = True

    def _named(self, rest: str) -> None:
        """A file behind a program, called as the header says."""
        self._send(b"PK " + rest.encode(), Content_Type="application/octet-stream",
                   Content_Disposition=f'attachment; filename="../{rest}"')

    def _many(self, rest: str) -> None:
        links = "".join(f"<a href=/files/{number}.pdf>附件</a>" for number in range(int(rest)))
        self._send(f"<html>{links}".encode())

    def _gbk(self, _: str) -> None:
        text = "政府信息公开工作年度报告" * 30 + "<script></script><a href=/files/a.pdf>附件</a>"
        self._send(f"<?xml version='1.0'?><html>{text}".encode("gb18030"))

    def _changing(self, rest: str) -> None:
        """Other bytes each time, as of a page with a clock."""
        self._send(PAGE.format(f"{rest} {self.server.asked[self.path]} {time.time_ns()}").encode())

    def _chain(self, rest: str) -> None:
        self._send(f"<html><a href=/chain/{rest}x.pdf>附件</a>".encode())

    def _empty(self, _: str) -> None:
        self._send(b"")


class Server(ThreadingHTTPServer):
    """What it was asked, its robots.txt, and the edition of its changing pages."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter = Counter()
        self.robots, self.robots_status, self.edition, self.place = ROBOTS, 200, 1, b"/page/1"
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
