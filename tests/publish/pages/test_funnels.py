"""A funnel as a picture: one that is the same each time, with words for who cannot see it."""

from base64 import b64decode
from io import BytesIO

from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from govtables.analysis.indicators import funnel
from publish.pages.funnels import SHARPNESS, SIZE, draw
from pages.test_ranking import make


def test_a_picture_has_words_and_stays_the_same():
    values = make([20] * 30 + [80], [100] * 31).assign(report_id=[*map(str, range(31))])
    limits = funnel(values, (0.998,))
    drawn = draw(values, limits, ("of", "rate"), 'a "funnel"')
    node = LexborHTMLParser(drawn).css_first("img")
    assert node.attributes["alt"] == 'a "funnel"'
    picture = Image.open(BytesIO(b64decode(node.attributes["src"].partition(",")[2])))
    assert picture.size == tuple(int(side * SHARPNESS) for side in SIZE)
    assert draw(values, limits, ("of", "rate"), 'a "funnel"') == drawn
