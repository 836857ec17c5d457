"""Electronic books: ZIP containers of web pages.

In: bytes. Out: prose lines and grids of all pages, in the order of the book. Next: `read_office`.
"""

from urllib.parse import unquote

from govtables.language import tell
from govtables.readers.document import Cell, Grid, Unreadable
from govtables.readers.html import read_html
from govtables.readers.office.containers import open_container, read_part, read_xml, resolve_name


def read_epub(data: bytes) -> tuple[tuple[Cell | Grid, ...], tuple[str, ...]]:
    """Read the pages that the spine of a book lists, as one page."""
    container = open_container(data)
    root = read_xml(container, "META-INF/container.xml").find(".//{*}rootfile")
    if root is None:
        raise Unreadable(tell("readers.no_spine"))
    name = root.get("full-path", "")
    folder, book = name.rpartition("/")[0], read_xml(container, name)
    places = {item.get("id"): unquote(item.get("href", "")) for item in book.iterfind(".//{*}item")}
    listed = [places.get(item.get("idref"), "") for item in book.iterfind(".//{*}itemref")]
    pages = [read_part(container, resolve_name(folder, place)) for place in listed]
    return read_html("\n".join([page.decode("utf-8", "replace") for page in pages]))
