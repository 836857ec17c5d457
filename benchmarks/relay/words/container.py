"""The container of a Word document: its parts, their types and relations.

In: paragraphs and tables as WordprocessingML. Out: the bytes of a DOCX file. Next: `report`.
"""

from __future__ import annotations

import io
import zipfile

from relay.words.paragraphs import write_paragraph

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML = '<?xml version="1.0" encoding="UTF-8"?>'
PARTS = ("numbering", "styles", "footer")
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPES = f'<Types xmlns="{PACKAGE}/content-types">'
TYPES += '<Default Extension="xml" ContentType="application/xml"/>'
TYPES += '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
TYPES += f'<Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>'
TYPES += "".join(f'<Override PartName="/word/{one}.xml" ContentType="{TYPE}.{one}+xml"/>' for one in PARTS)
TYPES += "</Types>"
HEADING = '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
HEADING += '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
STYLE = '<w:style w:type="paragraph" w:styleId="S{0}"><w:name w:val="style {0}"/>'
STYLE += '<w:basedOn w:val="Heading1"/><w:qFormat/><w:pPr><w:spacing w:after="0"/></w:pPr>'
STYLE += '<w:rPr><w:b/><w:sz w:val="21"/></w:rPr></w:style>'
STYLES = 200
NUMBERING = (
    '<w:abstractNum w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCounting"/>\n<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>'
    '</w:abstractNum>\n<w:abstractNum w:abstractNumId="91"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>\n</w:abstractNum>'
    '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>'
)
RESTARTED = '<w:num w:numId="{}"><w:abstractNumId w:val="91"/>'
RESTARTED += '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'


def pack(body: str) -> bytes:
    """Put paragraphs and tables into a container, with as many styles as Word writes and a page number."""
    last = '<w:sectPr><w:footerReference w:type="default" r:id="footer"/></w:sectPr>'
    parts = {
        "[Content_Types].xml": TYPES, "_rels/.rels": relations("officeDocument"),
        "word/_rels/document.xml.rels": relations(*PARTS),
        "word/document.xml": wrap("document", f"<w:body>{body}{last}</w:body>"),
        "word/numbering.xml": wrap("numbering", NUMBERING + "".join(map(RESTARTED.format, range(100, 160)))),
        "word/styles.xml": wrap("styles", HEADING + "".join(map(STYLE.format, range(STYLES)))),
        "word/footer.xml": wrap("ftr", write_paragraph("— 1 —")),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), f"{XML}\n{text}", zipfile.ZIP_DEFLATED)
    return file.getvalue()


def wrap(name: str, content: str) -> str:
    """Wrap a part into its root."""
    return f'<w:{name} xmlns:w="{WORD}" xmlns:r="{OFFICE}/relationships">{content}</w:{name}>'


def relations(*kinds: str) -> str:
    """Say which parts there are; the first part of all is the document."""
    target = {"officeDocument": "word/document.xml"} | {kind: f"{kind}.xml" for kind in PARTS}
    pairs = [(kind, f'Type="{OFFICE}/relationships/{kind}" Target="{target[kind]}"') for kind in kinds]
    links = [f'<Relationship Id="{kind}" {link}/>' for kind, link in pairs]
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(links)}</Relationships>'
