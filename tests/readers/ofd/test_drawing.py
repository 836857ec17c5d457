"""What stands on a page of an OFD file is read where a reader of the page sees it, and doubted where it is not."""

import pytest

from govtables.readers import Unreadable
from govtables.readers.ofd import print_ofd
from tests.readers.ofd.writing import SPACE, TABLE, box, layer, make, page, path, text, told

UNSEEN = "cannot be seen"
WHITE = '<ofd:FillColor Value="255 255 255"/>'
COVER = box(58, 43, 20, 7)


def ninety_nine(attributes="", inside="", **how):
    return text(60, 48, "99", attributes, inside, **how)


def raw(code, attributes=""):
    return f'<ofd:TextObject ID="9" Boundary="60 40 20 15" Font="1" Size="4" {attributes}>{code}</ofd:TextObject>'


READ = {
    "steps written as a run": ninety_nine(deltas='DeltaX="g 1 2"'),
    "a run of billions": ninety_nine(deltas='DeltaX="g 99999999999999 2"'),
    "steps backwards": raw('<ofd:TextCode X="6" Y="8" DeltaX="-2">99</ofd:TextCode>'),
    "narrow letters": ninety_nine('HScale="0.8"', deltas='DeltaX="1.6"'),
    "measures of its own": raw('<ofd:TextCode X="2" Y="16" DeltaX="4">99</ofd:TextCode>', 'CTM="0.5 0 0 0.5 0 0"').replace('Size="4"', 'Size="8"'),
    "capitals mixed up": raw('<ofd:TextCode X="2" Y="8" deltax="2">99</ofd:TextCode>').replace("Size", "size"),
    "over a ground": box(58, 43, 20, 7, "220 220 220") + ninety_nine(),
    "in a block": f'<ofd:PageBlock ID="3">{ninety_nine()}</ofd:PageBlock>',
    "beside a path of nonsense": ninety_nine() + path("M x y L 1e999 5 Q 3 B 4 5 A"),
    "in a frame with a hole": ninety_nine() + path(
        "M 10 10 L 200 10 L 200 200 L 10 200 C M 15 35 L 15 60 L 120 60 L 120 35 C", 'Fill="true" Rule="Even-Odd"', '<ofd:FillColor Value="250 250 0"/>'
    ),
}


@pytest.mark.parametrize("content", READ.values(), ids=READ)
def test_what_is_seen_is_read(content):
    assert told(make(content)) == ([99.0, 5.0], "")


LEFT_OUT = {
    "not visible": ninety_nine('Visible="false"'),
    "in a block that is not": f'<ofd:PageBlock ID="3" Visible="false">{ninety_nine()}</ofd:PageBlock>',
    "clear": ninety_nine('Alpha="0"'),
    "in a clear colour": ninety_nine("", '<ofd:FillColor Value="0 0 0" Alpha="0"/>'),
    "not filled": ninety_nine('Fill="false"'),
    "tiny": ninety_nine(size=0.2),
}


@pytest.mark.parametrize("content", LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_has_no_ink_is_left_out_and_said(content):
    values, notes = told(make(content))
    assert values == ["blank", 5.0] and UNSEEN in notes


CLIP = '<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary="0 0 2 5"><ofd:AbbreviatedData>M 0 0 L 2 0 L 2 5 L 0 5 C</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>'
LETTERS = "<ofd:Clips><ofd:Clip><ofd:Area><ofd:Text/></ofd:Area></ofd:Clip></ofd:Clips>"
DOUBTED = {
    "white": (ninety_nine("", WHITE), UNSEEN),
    "white in grey": (ninety_nine("", '<ofd:FillColor Value="255"/>'), UNSEEN),
    "white in four inks": (ninety_nine("", '<ofd:FillColor Value="0 0 0 0"/>'), UNSEEN),
    "too light": (ninety_nine("", '<ofd:FillColor Value="245 245 245"/>'), UNSEEN),
    "a run of colours": (ninety_nine("", "<ofd:FillColor><ofd:AxialShd/></ofd:FillColor>"), UNSEEN),
    "painted over": (ninety_nine() + COVER, UNSEEN),
    "one digit painted over": (ninety_nine() + box(62, 43, 1.9, 7), "'9' of '99'"),
    "half a digit painted over": (ninety_nine() + box(62, 43, 1.9, 3), "'9' of '99'"),
    "under an ellipse": (ninety_nine() + path("M 58 46 A 8 5 0 0 1 72 46 A 8 5 0 0 1 58 46 C", 'Fill="true" Stroke="false"', WHITE), UNSEEN),
    "under a curve": (ninety_nine() + path("M 56 46 B 56 40 80 40 80 46 Q 70 60 56 46 C", 'Fill="true" Stroke="false"', WHITE), UNSEEN),
    "clipped": (ninety_nine("", CLIP), "'9' of '99'"),
    "clipped by letters": (ninety_nine("", LETTERS), UNSEEN),
    "cut by its boundary": (raw('<ofd:TextCode X="0" Y="8" DeltaX="2">99</ofd:TextCode>').replace("60 40 20", "60 40 2"), "'9' of '99'"),
    "under a picture": (ninety_nine() + '<ofd:ImageObject ID="8" Boundary="58 43 20 7" ResourceID="1"/>', UNSEEN),
    "over a picture": ('<ofd:ImageObject ID="8" Boundary="58 43 20 7" ResourceID="1"/>' + ninety_nine(), UNSEEN),
    "a picture alone": ('<ofd:ImageObject ID="8" Boundary="0 0 9 9" CTM="7 0 0 6 60 43" ResourceID="1"/>'.replace("0 0 9 9", "0 0 210 297"), "something is drawn"),
    "drawn as a shape": (path("M 62 44 L 64 44 L 63 48 L 62.5 48 L 63.4 44.7 C", 'Fill="true"', '<ofd:FillColor Value="0 0 0"/>'), "something is drawn"),
    "aslant": (raw('<ofd:TextCode X="2" Y="4" DeltaX="2">99</ofd:TextCode>', 'CTM="0.8 0.6 -0.6 0.8 0 0"'), "stands aslant"),
    "struck": (ninety_nine() + path("M 58 46.6 L 72 46.6"), "read as"),
    "without places": (ninety_nine(deltas=""), "stand on one another"),
    "twice one digit without places": (text(60, 48, "11", deltas=""), "stand on one another"),
    "another number on it": (ninety_nine() + text(60.3, 48, "35"), "stand on one another"),
    "glyphs without a text": (
        raw('<ofd:CGTransform CodePosition="0"><ofd:Glyphs>17 18</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X="2" Y="8" DeltaX="2"/>'),
        "does not say which character",
    ),
    "codes of its own": (text(60, 48, "\ue000\ue001"), "does not say which character"),
    "down the page": (raw('<ofd:TextCode X="2" Y="4" DeltaY="4">99</ofd:TextCode>'), ""),
    "measures that are none": (ninety_nine('HScale="0" CTM="a b"', deltas='DeltaX="g x y g g 9 5"'), "read as"),
}


@pytest.mark.parametrize("name", DOUBTED)
def test_what_cannot_be_told_is_doubted(name):
    content, why = DOUBTED[name]
    values, notes = told(make(content))
    assert values == ["unreadable", 5.0] and why in notes


LOOKS = '<ofd:DrawParams><ofd:DrawParam ID="30" Relative="{}">' + WHITE + '</ofd:DrawParam><ofd:DrawParam ID="31" Relative="30"/></ofd:DrawParams>'
UNIT = '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="77"><ofd:Content>{}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>'
USED = '<ofd:CompositeObject ID="8" Boundary="60 44 20 6" {} ResourceID="77"/>'


def test_looks_are_inherited_and_may_rest_on_each_other_without_end():
    assert told(make(ninety_nine('DrawParam="31"'), resources=LOOKS.format("31")))[0] == ["unreadable", 5.0]
    white = page(layer(TABLE), layer(ninety_nine(), attributes='DrawParam="31"'))
    assert told(make(whole=white, resources=LOOKS.format("")))[0] == ["unreadable", 5.0]


def test_units_are_drawn_where_they_are_used():
    assert told(make(USED.format(""), resources=UNIT.format(text(0, 4, "99")))) == ([99.0, 5.0], "")
    assert told(make(USED.format('Alpha="0"'), resources=UNIT.format(text(0, 4, "99"))))[0] == ["blank", 5.0]


@pytest.mark.parametrize("times", [1, 50])
def test_units_in_themselves_end(times):
    with pytest.raises(Unreadable, match="draws too much"):
        print_ofd(make(USED.format(""), resources=UNIT.format(USED.format("") * times)))


def template(content, order):
    """A page over or under a template."""
    parts = {"Doc_0/Tpls/T.xml": page(layer(content))}
    listed = '<ofd:TemplatePage ID="5" BaseLoc="Tpls/T.xml"/>'
    used = f'<ofd:Template TemplateID="5" ZOrder="{order}"/>'
    return make(whole=page(layer(TABLE + ninety_nine()), before=used), parts=parts, common=listed)


def test_layers_and_templates_stand_in_their_order():
    assert told(template(box(0, 0, 210, 297, "240 240 240"), "Background"))[0] == [99.0, 5.0]
    assert told(template(COVER, "Foreground"))[0] == ["unreadable", 5.0]
    assert told(make(whole=page(layer(TABLE + ninety_nine()), layer(COVER, "Background"))))[0] == [99.0, 5.0]
    assert told(make(whole=page(layer(COVER, "Foreground"), layer(TABLE + ninety_nine()))))[0] == ["unreadable", 5.0]


NOTES = {
    "a number": (ninety_nine(), "", "", [99.0, 5.0]),
    "a cover": (COVER, "", ninety_nine(), ["unreadable", 5.0]),
    "a marker pen": (box(58, 43, 20, 7, "255 255 0", 'Alpha="90"'), "", ninety_nine(), [99.0, 5.0]),
    "a cover that is not shown": (COVER, 'Visible="false"', ninety_nine(), [99.0, 5.0]),
}


@pytest.mark.parametrize("name", NOTES)
def test_notes_stand_over_the_page(name):
    shown, attributes, content, values = NOTES[name]
    note = f'<ofd:Annot ID="3" {attributes}><ofd:Appearance Boundary="0 0 210 297">{shown}</ofd:Appearance></ofd:Annot>'
    listed = f'<ofd:Annotations {SPACE}><ofd:Page PageID="7"><ofd:FileLoc>P/A.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
    parts = {"Doc_0/Annots/A.xml": listed, "Doc_0/Annots/P/A.xml": f"<ofd:PageAnnot {SPACE}>{note}</ofd:PageAnnot>"}
    assert told(make(content, parts, after="<ofd:Annotations>/Doc_0/Annots/A.xml</ofd:Annotations>"))[0] == values


def test_a_colour_may_stand_in_an_element_of_its_own():
    """As easyofd writes it, whose files name no colour otherwise."""
    assert told(make(ninety_nine("", "<ofd:FillColor><Value>156 82 35</Value></ofd:FillColor>"))) == ([99.0, 5.0], "")
    assert told(make(ninety_nine("", "<ofd:FillColor><Value>255 255 255</Value></ofd:FillColor>")))[0] == ["unreadable", 5.0]
