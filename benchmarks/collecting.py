"""Fetching, releasing and comparing: time and memory, each beside its target.

In: a server on loopback that this starts, and synthetic reports of fixed seeds. Out: a line a figure. Nothing
leaves the machine. It only prints: machines differ and other work disturbs, so the reader judges.
"""

import argparse
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from synthetic import GENERATIONS, LAYOUTS, make_report

import govtables as gt
from govtables.exports import tell

PAGE = "<!doctype html><html><body><h1>{}</h1><table><tr><td>1</td></tr></table>{}</body></html>"
FILLED = "<p>" + "0" * 4000 + "</p>"  # so that a page has the size of a small one
PEAK = """import resource, sys, time
import govtables as gt
start, own = time.perf_counter(), resource.getrusage
{}
used = own(resource.RUSAGE_SELF)
print(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)"""
FETCH = "gt.fetch(sys.argv[1], sys.argv[2], allow_local=True, pause=0.0)"
RELEASE = "gt.release(sys.argv[1], sys.argv[2])"
COMPARE = "gt.compare(sys.argv[1], sys.argv[2])"


class Pages(BaseHTTPRequestHandler):
    """A small page under every address."""

    def do_GET(self) -> None:
        """Send it; a robots.txt is not there."""
        robots = self.path == "/robots.txt"
        data = b"" if robots else PAGE.format(self.path, FILLED).encode()
        self.send_response(404 if robots else 200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """One that lets many wait."""

    request_queue_size = 128


def serve(ports: multiprocessing.Queue, hosts: int) -> None:
    """Serve as several hosts until the process is ended, and tell their ports first."""
    servers = [Server(("127.0.0.1", 0), Pages) for _ in range(hosts)]
    ports.put([server.server_port for server in servers])
    for server in servers[1:]:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    servers[0].serve_forever()


def run(work: str, *arguments: object) -> tuple[float, float, float]:
    """Do one work in a fresh process: seconds, seconds of the processor, megabytes at most."""
    command = [sys.executable, "-c", PEAK.format(work), *map(str, arguments)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return tuple(map(float, said.split()))


def time_fetching(pages: int, hosts: int, top: Path) -> Iterator[str]:
    """Fetch pages of several hosts, all of them this machine; a tenth first, to see growth."""
    told: multiprocessing.Queue = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(told, hosts), daemon=True)
    server.start()
    ports = told.get(timeout=30)
    for many in (pages // 10, pages):
        urls = (f"http://127.0.0.1:{ports[n % hosts]}/page/{n}" for n in range(many))
        (top / "sources.csv").write_text("\n".join(("url", *urls)) + "\n", encoding="utf-8")
        seconds, cpu, peak = run(FETCH, top / "sources.csv", top / f"raw-{many}")
        files = sum(1 for path in (top / f"raw-{many}").rglob("page-*") if path.is_file())
        spent = f"{seconds:.0f} s, {cpu:.0f} s CPU, {peak:.0f} MB at most"
        yield f"fetch {many:,} pages of {hosts} hosts: {files:,} files, {spent}"
    server.terminate()


def make_reports(many: int, folder: Path) -> Path:
    """Write clean synthetic reports."""
    folder.mkdir()
    layouts = [*LAYOUTS]
    for seed in range(many):
        made = make_report(seed, GENERATIONS[seed % 2], layouts[seed % len(layouts)], noise=False)
        (folder / f"{seed}{Path(made.name).suffix}").write_bytes(made.data)
    return folder


def time_releasing(raw: Path, name: str) -> Iterator[str]:
    """Release a folder's dataset, and compare it with that without its last report."""
    start = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    out = gt.build(raw, raw.with_name(f"{raw.name}-data"), progress=False)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - start
    yield f"build {name}: {spent:.0f} s CPU of workers"
    released = raw.with_name(f"{raw.name}.zip")
    seconds, cpu, peak = run(RELEASE, out, released)
    packed = f"{released.stat().st_size / 1e6:.1f} MB packed"
    yield f"release {name}: {seconds:.1f} s, {cpu:.1f} s CPU, {peak:.0f} MB at most; {packed}"
    seconds, cpu, peak = run(COMPARE, out, out)
    yield f"compare {name} with itself: {seconds:.1f} s, {cpu:.1f} s CPU, {peak:.0f} MB at most"
    max(raw.iterdir()).unlink()
    less = gt.build(raw, raw.with_name(f"{raw.name}-less"), progress=False)
    start = time.perf_counter()
    first = tell(gt.compare(out, less))[0]
    yield f"compare {name} with one less: {time.perf_counter() - start:.1f} s; {first}"


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description="Time and memory of fetch, release and compare.")
    parser.add_argument("--pages", type=int, default=10_000, help="to fetch, 0 for none (default: 10000)")
    parser.add_argument("--hosts", type=int, default=8, help="that serve them (default: 8)")
    parser.add_argument("--reports", type=int, default=5_000, help="to release, 0 for none (default: 5000)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as room:
        top = Path(room)
        if chosen.pages:
            for line in time_fetching(chosen.pages, chosen.hosts, top):
                print(line, flush=True)
            print("target: 10,000 pages in under 180 s, with the memory of 1,000")
        if chosen.reports:
            made = make_reports(chosen.reports, top / "made")
            for line in time_releasing(made, f"{chosen.reports:,} reports"):
                print(line, flush=True)


if __name__ == "__main__":
    main()
