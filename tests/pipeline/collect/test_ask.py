"""Asking a host: what is allowed, what is tried again, and what ends."""

import time

import pytest

from govtables.pipeline.collect.ask import TRIES, Asker, Turns
from govtables.pipeline.collect.sources import Failed, Refused
from govtables.readers.limits import Limits
from tests.pipeline.collect.serving import WHOLE, serve


@pytest.fixture
def server():
    with serve() as one:
        yield one


def ask(url: str, seconds: float = 20.0, allow_local: bool = True):
    asker = Asker("govtables/test", 0.0, allow_local, seconds)
    return asker.ask(url)


def test_a_page_is_fetched_as_it_is(server):
    answer = ask(f"{server.url}/page/甲")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html")
    assert answer.data.endswith(b"</html>")


@pytest.mark.parametrize("url", ["ftp://a/b", "file:///etc/passwd", "gopher://a", "a.html", "http://", "//a/b"])
def test_what_is_no_address_of_the_web_is_refused(url):
    with pytest.raises(Refused, match="no address"):
        ask(url)


def test_a_password_is_not_sent(server):
    with pytest.raises(Refused, match="take it out"):
        ask(server.url.replace("//", "//me:word@"))
    assert not server.asked


def test_this_machine_is_not_asked_unless_that_is_allowed(server):
    for url in (server.url, server.url.replace("127.0.0.1", "localhost"), server.url.replace("127.0.0.1", "[::ffff:127.0.0.1]")):
        with pytest.raises(Refused, match="--allow-local"):
            ask(f"{url}/page/1", allow_local=False)
    assert not server.asked


def test_a_redirect_to_what_must_not_be_asked_is_refused(server):
    with pytest.raises(Refused, match="no address"):
        ask(f"{server.url}/to/file:///etc/passwd")
    with pytest.raises(Refused, match="robots.txt"):
        ask(f"{server.url}/to/secret/1")
    assert "/secret/1" not in server.asked


def test_a_name_that_leads_to_a_private_address_is_refused(server, monkeypatch):
    """As by a redirect, or by an answer of DNS that changes."""
    asked = []

    def resolve(host: str, port: int, **_: object) -> list:
        asked.append(host)
        return [(2, 1, 6, "", ("10.0.0.1", port))]

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    with pytest.raises(Refused, match="private"):
        ask("http://public.example/", allow_local=False)
    assert asked == ["public.example"]


def test_robots_are_obeyed_and_asked_once(server):
    asker = Asker("govtables/test", 0.0, allow_local=True)
    for number in range(3):
        assert asker.ask(f"{server.url}/page/{number}").status == 200
        with pytest.raises(Refused, match="robots.txt"):
            asker.ask(f"{server.url}/secret/{number}")
    assert server.asked["/robots.txt"] == 1
    assert not [path for path in server.asked if "secret" in path]


def test_without_robots_all_is_allowed_and_with_broken_ones_nothing(server):
    server.robots_status = 404
    assert ask(f"{server.url}/secret/1").status == 200
    server.robots_status = 503
    asker = Asker("govtables/test", 0.0, allow_local=True)
    for _ in range(2):
        with pytest.raises(Failed, match="nothing is asked: the server answers 503"):
            asker.ask(f"{server.url}/page/1")
    assert server.asked["/robots.txt"] == 1 + TRIES
    assert "/page/1" not in server.asked


def test_a_busy_server_is_asked_again_and_a_missing_page_is_not(server):
    assert ask(f"{server.url}/shaky/1").status == 200
    assert ask(f"{server.url}/none").status == 404
    assert (server.asked["/shaky/1"], server.asked["/none"]) == (3, 1)


def test_half_an_answer_is_none(server):
    with pytest.raises(Failed, match=r"^the connection broke off before the answer was whole$"):
        ask(f"{server.url}/broken/1")
    assert server.asked["/broken/1"] == TRIES


def test_a_host_that_is_not_there_is_told_in_one_line(server):
    with pytest.raises(Failed, match=r"cannot be reached") as problem:
        ask("http://127.0.0.1:9/page")
    assert "0x" not in str(problem.value) and "\n" not in str(problem.value)


def test_an_answer_that_never_ends_is_cut(server):
    before = time.monotonic()
    with pytest.raises(Failed, match="within 1 s"):
        ask(f"{server.url}/slow/1000", seconds=1.0)
    assert time.monotonic() - before < 10
    assert server.asked["/slow/1000"] == 1


@pytest.mark.parametrize("path", ["huge/3", "bomb/3"])
def test_what_is_too_large_is_not_kept(server, monkeypatch, path):
    monkeypatch.setattr("govtables.pipeline.collect.ask.LIMITS", Limits(megabytes=1))
    with pytest.raises(Failed, match="larger than 1 MB"):
        ask(f"{server.url}/{path}")


def test_redirects_end(server):
    assert ask(f"{server.url}/to/to/to/page/1").url == f"{server.url}/page/1"
    with pytest.raises(Failed, match="redirects"):
        ask(f"{server.url}/round/1")


def test_there_is_a_pause_between_two_questions(server):
    before = time.monotonic()
    asker = Asker("govtables/test", 0.2, allow_local=True)
    for number in range(2):
        asker.ask(f"{server.url}/page/{number}")
    assert time.monotonic() - before >= 0.4  # after robots.txt, too


@pytest.mark.parametrize("kind", ["gzip", "zlib", "raw", "none"])
def test_what_was_packed_on_its_way_is_unpacked(server, kind):
    assert ask(f"{server.url}/packed/{kind}").data == WHOLE


@pytest.mark.parametrize("kind", ["cut", "cut-zlib", "junk", "br", "several", "twice"])
def test_what_cannot_be_unpacked_whole_is_told_and_not_kept(server, kind):
    with pytest.raises(Failed, match="packed as"):
        ask(f"{server.url}/packed/{kind}")


def test_an_answer_behind_a_hint_is_not_taken_for_the_next_one(server):
    asker = Asker("govtables/test", 0.0, allow_local=True)
    assert asker.ask(f"{server.url}/early/1").status == 103
    time.sleep(0.1)
    assert b"of the first" not in asker.ask(f"{server.url}/page/2").data


@pytest.mark.parametrize("path", ["old/1", "chunks/good", "page/甲 b?x=甲 c#f"])
def test_unusual_answers_are_read(server, path):
    assert ask(f"{server.url}/{path}").data.startswith((b"<html>", b"<!doctype html>"))


@pytest.mark.parametrize("path", ["chunks/junk", "chunks/cut"])
def test_spoilt_chunks_are_no_answer(server, path):
    with pytest.raises(Failed):
        ask(f"{server.url}/{path}")


@pytest.mark.parametrize(("encoding", "path"), [("utf-8", "/page/%E7%94%B2"), ("gb18030", "/page/%BC%D7")])
def test_a_redirect_is_followed_by_the_bytes_that_were_sent(server, encoding, path):
    server.place = "/page/甲".encode(encoding)
    assert ask(f"{server.url}/moved/1").url == f"{server.url}{path}"


@pytest.mark.parametrize("place", [b"http://[", b"http://a:99999/", b"ftp://a/", b"javascript:x", b"http://me:word@127.0.0.1/", b"//"])
def test_a_redirect_to_nowhere_ends_with_a_reason(server, place):
    server.place = place
    with pytest.raises((Failed, Refused)):
        ask(f"{server.url}/moved/1")


def test_askers_share_the_turns_at_a_host(server):
    """Whether two hosts of a list redirect to one, or are one under two names."""
    turns, before = Turns(), time.monotonic()
    for _ in range(2):
        asker = Asker("govtables/test", 0.2, allow_local=True, turns=turns)
        asker.ask(f"{server.url}/page/1")
    assert time.monotonic() - before >= 0.6


def test_waiting_ends_when_all_is_to_stop(server):
    turns = Turns()
    turns.stopped.set()
    asker = Asker("govtables/test", 1.0, allow_local=True, turns=turns)
    with pytest.raises(Failed, match="stopped"):
        asker.ask(f"{server.url}/page/1")


def test_robots_that_say_wait_are_no_leave(server):
    server.robots_status = 429
    with pytest.raises(Failed, match="nothing is asked"):
        ask(f"{server.url}/page/1")


def test_hostile_robots_stop_nothing(server):
    server.robots = "User-agent: *\nCrawl-delay: ²\nDisallow: /" + "*a" * 2000 + "b\nDisallow: /*.html$\n"
    assert ask(f"{server.url}/page/{'a' * 5000}").status == 200
    with pytest.raises(Refused, match="robots.txt"):
        ask(f"{server.url}/page/1.html")
