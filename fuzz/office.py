"""Feed harmful Word documents and workbooks to the package.

In: `--inputs`, `--seed`. Out: as `harness` says. The inputs are made reports with harm done to what they are
packed of.

    python fuzz/office.py --kinds docx --inputs 1000 --seed 1
"""

import io
import random
import re
import sys
import warnings
import zipfile
from functools import cache, partial

from harness import Target, main
from relay.pages import make_pages
from relay.sheets import make_xlsx
from relay.words import make_words

MAKERS = {"docx": make_words, "xlsx": make_xlsx, "ofd": partial(make_pages, kind="ofd")}
BASES = 12  # documents of each kind that inputs are made from
AUDITED = 0.02  # share of the inputs
TAG = re.compile(r"<[A-Za-z][^<>]*>")
OPENING = re.compile(r"<[A-Za-z](?:[^<>]*[^<>/])?>")
ATTRIBUTE = re.compile(r'(?<==)"[^"<>]*"')
TEXT = re.compile(r">[^<>]+<")
EXTREMES = (
    "", "0", "-1", "1", "2", "100000", "99999999999999999999", "1e400", "NaN", "true", "A1", "XFD1048576",
    "A1:XFD1048576",
)
EXTREMES += (
    "ZZZ0", "B2:A1", "../../x", "/etc/passwd", "http://localhost/", "continue", "restart", "hidden",
    "9" * 5000,
)
EXTREMES += ("s", "str", "inlineStr", "e", "d")
PIECES = (
    "<w:vMerge/>", '<w:vMerge w:val="restart"/>', "<w:hMerge/>", '<w:gridSpan w:val="100000"/>',
    "<w:vanish/>", "<w:cellDel/>",
)
PIECES += (
    "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>", "<w:tr/>", "<w:tc/>", "<w:del>", "</w:del>",
    "<w:ins>", "<w:sdt><w:sdtContent>",
)
PIECES += (
    '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>', "<w:br/>",
    '<w:sym w:font="Symbol" w:char="F0AB"/>',
)
PIECES += (
    '<w:numPr><w:ilvl w:val="9"/><w:numId w:val="90"/></w:numPr>', "<w:txbxContent>", "<w:ruby><w:rubyBase>",
    "<w:pict>",
)
PIECES += (
    "<f>SUM(A1)</f>", "<v/>", "<is><t>1</t></is>", '<mergeCell ref="A1:B2"/>',
    '<c r="XFD1048576"><v>1</v></c>', "<row/>",
)
PIECES += (
    '<ofd:CompositeObject Boundary="0 0 9 9" ResourceID="1"/>',
    '<ofd:TextCode DeltaX="g 99999999 1">12</ofd:TextCode>',
    "<ofd:AbbreviatedData>A 1 1 0 1 1 5 5 B 1 Q 2 2 C M</ofd:AbbreviatedData>",
    "<ofd:Clips><ofd:Clip/></ofd:Clips>",
)
PIECES += ("&amp;", "&undefined;", "]]>", "<!--", "\0", "\ufffe")
DOCTYPES = (
    '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>',
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE a SYSTEM "http://localhost/a.dtd">',
    '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://localhost/b">%b;]>',
)
NAMES = (
    "../../evil.xml", "/etc/passwd", "C:\\evil", "word/document.xml", "x" * 5000, "a\0b", "xl/workbook.xml",
    "..\\..\\evil",
)


def make(kind: str, rng: random.Random, _: int) -> bytes:
    """Make one input: a good document with a few kinds of harm done to it."""
    data = base(kind, rng.randrange(BASES))
    members = {
        name: part for name, part in unpack(data).items() if not name.startswith("docProps/")
    }  # these hold the time
    if rng.random() < 0.15:
        return harm_bytes(pack(members, rng), rng)
    for _ in range(rng.randint(1, 3)):
        name = rng.choice([name for name in members if name.endswith((".xml", ".rels"))] or list(members))
        heavy = [
            name
            for name in members
            if re.search(r"[Cc]ontent\.|[Dd]ocument\.|sheet\d*\.|workbook\.|styles|numbering|sharedS", name)
        ]
        name = rng.choice(heavy) if heavy and rng.random() < 0.8 else name
        members[name] = rng.choice(HARMS)(members[name], rng)
    data = pack(members, rng)
    return harm_bytes(data, rng) if rng.random() < 0.05 else data


@cache
def base(kind: str, number: int) -> bytes:
    """Make a good document."""
    return MAKERS[kind](number, ("2021", "2019")[number % 2], False).data


def unpack(data: bytes) -> dict[str, bytes]:
    """Members of a container."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(members: dict[str, bytes], rng: random.Random) -> bytes:
    """Put members into a container, seldom with one too few, one too many, or one packed otherwise."""
    names = list(members)
    if rng.random() < 0.06:
        names.remove(rng.choice(names))
    method = (
        rng.choice((zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_STORED))
        if rng.random() < 0.04
        else zipfile.ZIP_DEFLATED
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two members of one name
        for name in names:
            put(archive, name, members[name], method)
        if rng.random() < 0.06:
            put(archive, rng.choice(NAMES), rng.choice(list(members.values())), method)
        if rng.random() < 0.01:
            for number in range(3000):
                put(archive, f"x{number}", b"", method)
    return file.getvalue()


def put(archive: zipfile.ZipFile, name: str, data: bytes, method: int) -> None:
    """Add a member, always with the same date."""
    archive.writestr(zipfile.ZipInfo(name), data, method)


# ----------------------------------------------------------------------------------------
# Harm


def harm_bytes(data: bytes, rng: random.Random) -> bytes:
    """Flip, cut, repeat or overwrite bytes."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 2, 5, 30))):
        at = rng.randrange(len(changed)) if changed else 0
        kind = rng.random()
        if kind < 0.6 and changed:
            changed[at] = rng.choice((0, 1, 0x7F, 0xFF, rng.randrange(256)))
        elif kind < 0.75:
            changed[at : at + 4] = rng.choice(
                (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\1\0\0\0")
            )
        elif kind < 0.85:
            del changed[at : at + rng.choice((1, 8, 512, 5000))]
        elif kind < 0.95:
            changed[at:at] = changed[at : at + rng.choice((1, 8, 512, 5000))]
        else:
            del changed[at:]
    return bytes(changed)


def find_any(pattern: re.Pattern[str], text: str, rng: random.Random) -> re.Match[str] | None:
    """Find the first match behind any place, or the first of all."""
    return pattern.search(text, rng.randrange(len(text) or 1)) or pattern.search(text)


def harm_tags(data: bytes, rng: random.Random) -> bytes:
    """Drop, double or move tags."""
    text = data.decode("utf-8", "replace")
    for _ in range(rng.choice((1, 1, 3, 10))):
        tag, another = find_any(TAG, text, rng), find_any(TAG, text, rng)
        if not tag or not another:
            break
        (start, end), (other, _) = tag.span(), another.span()
        kind = rng.randrange(4)
        if kind == 0:
            text = text[:start] + text[end:]
        elif kind == 1:
            text = text[:other] + text[start:end] + text[other:]
        elif kind == 2:
            text = text[:start] + rng.choice(PIECES) + text[start:]
        else:
            text = text[:end] + text[start:end].rstrip("/>") + "/>" + text[end:]
    return text.encode()


def harm_values(data: bytes, rng: random.Random) -> bytes:
    """Put extreme values into attributes and texts; the document stays well-formed."""
    text = data.decode("utf-8", "replace")
    for _ in range(rng.choice((1, 2, 5, 20))):
        pattern, ends = rng.choice(((ATTRIBUTE, '""'), (ATTRIBUTE, '""'), (TEXT, "><")))
        if found := find_any(pattern, text, rng):
            start, end = found.span()
            text = f"{text[:start]}{ends[0]}{rng.choice(EXTREMES)}{ends[1]}{text[end:]}"
    return text.encode()


def harm_elements(data: bytes, rng: random.Random) -> bytes:
    """Drop, double or repeat a whole piece from a tag to the next end of one of its name."""
    text = data.decode("utf-8", "replace")
    tag = find_any(OPENING, text, rng)
    close = f"</{tag[0].strip('<>').split()[0]}>" if tag else ""
    if not tag or (end := text.find(close, tag.end())) < 0:
        return data
    start, end = tag.start(), end + len(close)
    times = rng.choice((0, 2, 2, 3, 50, 3000))
    return (text[:start] + text[start:end] * min(times, 20_000_000 // (end - start)) + text[end:]).encode()


def nest(data: bytes, rng: random.Random) -> bytes:
    """Wrap a tag into itself, up to 100,000 times, or put a value of megabytes into it."""
    text = data.decode("utf-8", "replace")
    tag = find_any(OPENING, text, rng)
    if not tag:
        return data
    name, times = tag[0].strip("<>").split()[0], rng.choice((3, 60, 150, 250, 100_000))
    if rng.random() < 0.2:
        return f'{text[: tag.end() - 1]} evil="{"A" * 10_000_000}">{text[tag.end() :]}'.encode()
    return f"{text[: tag.start()]}{f'<{name}>' * times}{f'</{name}>' * times}{text[tag.start() :]}".encode()


def declare(data: bytes, rng: random.Random) -> bytes:
    """Declare a document type with entities, in one of several encodings."""
    text = re.sub(r"^<\?xml[^>]*>\s*", "", data.decode("utf-8", "replace"))
    text = rng.choice(DOCTYPES) + TEXT.sub(">&d;&b;<", text, count=3)
    encoding = rng.choice(("utf-8", "utf-8", "utf-16", "utf-16-le", "utf-7", "cp037", "gb18030"))
    return f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding, "replace")


HARMS = (
    harm_tags, harm_values, harm_values, harm_values, harm_elements, harm_elements, nest, declare,
    harm_bytes,
)

# a PDF library reads what is made of an OFD file
TARGETS = {kind: Target(partial(make, kind), AUDITED, apart=kind == "ofd") for kind in MAKERS}

if __name__ == "__main__":
    sys.exit(main(TARGETS, "Feed harmful Word documents and workbooks to the package."))
