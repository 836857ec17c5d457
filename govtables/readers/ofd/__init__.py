"""OFD files, China's format of fixed pages (GB/T 33190): a ZIP container of XML that places texts and paths.

In: bytes. Out: the same pages as a PDF, and notes. Next: `detect`, which has them read as a PDF: both formats
place and draw alike, so that one geometry serves them, and what cannot be seen is doubted in the same way.
"""

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from govtables.language import tell
from govtables.readers.document import Unreadable
from govtables.readers.limits import LIMITS
from govtables.readers.office.containers import Container, open_container, read_xml, resolve_name
from govtables.readers.ofd.drawing import Page, draw, numbers
from govtables.readers.ofd.printing import write_pdf

__all__ = ["print_ofd"]

LAYERS = {"Background": 0, "Body": 1, "Foreground": 2}  # from the bottom
RESOURCES = ("PublicRes", "DocumentRes", "PageRes")
LOCKS = {"encryptions.xml", "decryptseed.dat"}
NOTES = {"Attachments": "readers.ofd_attachments", "Signatures": "readers.ofd_seals"}


class Part(NamedTuple):
    """A part of the container, and the folder that the names in it are told from."""

    container: Container
    folder: str
    root: Element

    def open(self, name: str | None) -> "Part":
        """Parse another part; names lose their namespaces, and attributes capitals, which programs mix up."""
        name = resolve_name(self.folder, (name or "").strip())
        root = read_xml(self.container, name)
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2]
            for key in [*element.attrib]:
                element.set(key.rpartition("}")[2].lower(), element.attrib.pop(key))
        return Part(self.container, name.rpartition("/")[0], root)


def print_ofd(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Print an OFD file to a PDF; the notes say what of it is left out."""
    container = open_container(data)
    if locked := LOCKS & container.members.keys():
        raise Unreadable(tell("readers.ofd_locked", name=min(locked)))
    first = Part(container, "", Element("none")).open("OFD.xml")
    books = [first.open(place.text) for place in first.root.iter("DocRoot")]
    count = sum(len(book.root.findall("Pages/Page")) for book in books)
    if not 0 < count <= LIMITS.pages:
        raise Unreadable(tell("readers.ofd_pages", count=count, most=LIMITS.pages))
    pages, left = [], LIMITS.unpacked_megabytes << 20
    for page in (page for book in books for page in _pages(book)):
        pages.append(page)
        if (left := left - page.size) < 0:
            raise Unreadable(tell("readers.ofd_much"))
    told = {element.tag for part in (first, *books) for element in part.root.iter()}
    return write_pdf(pages), tuple(tell(note) for tag, note in NOTES.items() if tag in told)


def _pages(book: Part) -> Iterator[Page]:
    """Draw the pages of a document one by one."""
    listed = book.root.iterfind("CommonData/TemplatePage")
    templates = {place.get("id"): (place, book.open(place.get("baseloc"))) for place in listed}
    parts = [book, *(part for _, part in templates.values())]
    shared = {key: one for part in parts for key, one in _resources(part).items()}
    noted = [book.open(place.text) for place in book.root.iterfind("Annotations")]
    for place in book.root.iterfind("Pages/Page"):
        part = book.open(place.get("baseloc"))
        boxes = [*part.root.iter("PhysicalBox"), *book.root.iterfind("CommonData/PageArea/PhysicalBox")]
        sizes = [box for box in (numbers(box.text) for box in boxes) if len(box) == 4 and min(box[2:]) > 0]
        if not sizes:
            raise Unreadable(tell("readers.ofd_size"))
        layers = [(LAYERS.get(layer.get("type", ""), 1), layer) for layer in part.root.iter("Layer")]
        for used in part.root.iterfind("Template"):
            if used.get("templateid") not in templates:
                raise Unreadable(tell("readers.ofd_template"))
            told, template = templates[used.get("templateid")]
            order = LAYERS.get(used.get("zorder", told.get("zorder", "")), 0)
            layers += [(order - (order < 2) / 2, layer) for layer in template.root.iter("Layer")]
        things = [layer for _, layer in sorted(layers, key=lambda one: one[0])]
        for notes in noted:
            for note in notes.root.iterfind(f"Page[@pageid='{place.get('id', '')}']/FileLoc"):
                things += notes.open(note.text).root
        yield draw(Page(sizes[0], shared | _resources(part)), things)


def _resources(part: Part) -> dict[str | None, Element]:
    """What a part refers to, by id."""
    listed = [part.open(place.text) for place in part.root.iter() if place.tag in RESOURCES]
    return {one.get("id"): one for resources in listed for one in resources.root.iterfind(".//*[@id]")}
