"""Write the site's front page: `python tools/index.py notebooks site`.

In: the notebooks' first headings. Out: SITE/index.html, one link a notebook in the order of their names.
"""

import html
import json
import sys
from pathlib import Path

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>govtables</title>
<style>
body {{ font: 1.05rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; color: #222; }}
li {{ margin: 0.4rem 0; }}
</style>
</head>
<body>
<h1>govtables</h1>
<p>Chinese government information disclosure annual reports: how print becomes data, what the form asks,
whether the numbers can be trusted, and how missing ones are proven.</p>
<ul>
{links}
</ul>
</body>
</html>
"""


def read_title(path: Path) -> str:
    """Return the first heading of a notebook, or its name where it has none."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    prose = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    headings = [line.lstrip("# ") for line in prose.splitlines() if line.startswith("#")]
    return headings[0] if headings else path.stem


def make_link(path: Path) -> str:
    """Return the list item that leads to a notebook's page."""
    return f'<li><a href="{html.escape(path.stem)}.html">{html.escape(read_title(path))}</a></li>'


if __name__ == "__main__":
    notebooks, site = map(Path, sys.argv[1:])
    links = "\n".join(map(make_link, sorted(notebooks.glob("*.ipynb"))))
    (site / "index.html").write_text(PAGE.format(links=links), encoding="utf-8")
