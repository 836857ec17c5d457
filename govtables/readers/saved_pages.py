"""Pages as browsers and mail programs save them: MHTML, mail, web archives. One page is wrapped in each.

In: the bytes of a file. Out: its kind, the bytes of the page, the encoding named for it. Next: `detect`.
"""

import re
from typing import NamedTuple

from govtables.language import join, tell
from govtables.readers.document import Unreadable

HEAD = 8192  # bytes in which the header of a mail says what it is
FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[ \t\r\n]")
KIND = re.compile(rb"^content-type:", re.I | re.M)
VERSION = re.compile(rb"^(?:mime-version|message-id|received|subject):", re.I | re.M)
PLISTS = (b"bplist00", b"<?xml")
MAIL, ARCHIVE = "message/rfc822", "application/x-webarchive"
PAGES = ("text/html", "text/plain")  # the first that is there is the page
MAIN, DATA, ENCODING = "WebMainResource", "WebResourceData", "WebResourceTextEncodingName"


class SavedPage(NamedTuple):
    """A page as it was saved."""

    media_type: str
    data: bytes
    encoding: str | None
    notes: tuple[str, ...] = ()


def unwrap(data: bytes) -> SavedPage | None:
    """Take the page out of a saved one; `None` for what is none, `Unreadable` for one without a page."""
    if data.startswith(PLISTS[0]) or (data.startswith(PLISTS[1]) and MAIN.encode() in data[:HEAD]):
        return _unwrap_archive(data)
    head = data.lstrip()[:HEAD]
    if FIELD.match(head) and KIND.search(head) and VERSION.search(head):
        return _unwrap_mail(data.lstrip())
    return None


def _unwrap_mail(data: bytes) -> SavedPage:
    """A mail or an MHTML file is parts of MIME; files that are attached are named, not read."""
    from email import message_from_bytes, policy

    message = message_from_bytes(data, policy=policy.default)
    parts = [part for part in message.walk() if not part.is_multipart()]
    shown = [part for part in parts if not part.is_attachment()]
    pages = ([part for part in shown if part.get_content_type() == kind] for kind in PAGES)
    found = next(filter(None, pages), None)
    if not found:
        raise Unreadable(tell("readers.mail_empty"))
    texts = [(part.get_payload(decode=True) or b"", part.get_content_charset()) for part in found]
    page = max(texts, key=lambda text: len(text[0]))  # frames and advertisements are smaller
    attached = [part.get_filename() or tell("readers.a_file") for part in parts if part.is_attachment()]
    notes = (tell("readers.attached", names=join(attached, ", ")),) if attached else ()
    return SavedPage(MAIL, *page, notes)


def _unwrap_archive(data: bytes) -> SavedPage:
    """A web archive is a property list that holds the page and what it shows."""
    import plistlib

    try:
        main = plistlib.loads(data)[MAIN]
        return SavedPage(ARCHIVE, bytes(main[DATA]), main.get(ENCODING))
    except (plistlib.InvalidFileException, KeyError, TypeError, ValueError, OverflowError) as problem:
        raise Unreadable(tell("readers.web_archive", problem=str(problem))) from None
