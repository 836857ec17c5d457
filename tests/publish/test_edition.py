"""An edition is put together in its language, and what the theme leaves is mended."""

import pytest

from publish.edition import finish, name_toggles

TOGGLE = '<a href="x.html">Reports</a><details class="d"><summary><i></i></summary></details>'


@pytest.mark.parametrize(("lang", "said"), [("en", "Pages below: Reports"), ("zh", "下级页面：Reports")])
def test_the_arrows_of_the_contents_have_a_name(monkeypatch, lang, said):
    monkeypatch.setenv("GOVTABLES_LANG", lang)
    assert f'<summary aria-label="{said}"><i>' in name_toggles(TOGGLE)


def test_codes_may_break_and_what_is_of_use_to_nobody_goes(tmp_path):
    (tmp_path / "page.html").write_text('<span class="pre">carried_over</span>', encoding="utf-8")
    (tmp_path / ".buildinfo").touch()
    finish(tmp_path)
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == '<span class="pre">carried_<wbr>over</span>'
    assert not (tmp_path / ".buildinfo").exists()


def test_the_index_of_the_search_is_loaded_by_its_page_alone(tmp_path):
    scripts = "".join(f'<script src="../{name}.js"></script>\n' for name in ("_static/searchtools", "_static/language_data", "searchindex", "own"))
    for name in ("page.html", "search.html"):
        (tmp_path / name).write_text(scripts, encoding="utf-8")
    finish(tmp_path)
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == '<script src="../own.js"></script>\n'
    assert (tmp_path / "search.html").read_text(encoding="utf-8") == scripts
