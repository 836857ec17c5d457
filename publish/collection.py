"""What its authors say of a collection of reports, where pages show it and where machines read it.

In: what `collection.toml` holds. Out: pieces of pages, in the language of the edition. Next: `front`,
`downloads`, `edition`.
"""

import json
from collections.abc import Iterator

from markupsafe import Markup, escape

from publish.job import Job
from publish.pages.markup import join, link, mixed, raw, tag
from publish.words import say

SPDX = "https://spdx.org/licenses/{}.html"
SHOWN = ("authors", "licence", "date", "url", "citation")


def write_about(job: Job, *facts: str) -> str:
    """Write what is said of the collection, or some of its facts; nothing if nothing is said."""
    if not job.about:
        return ""
    rows = [
        Markup(tag("dt", say(f"about_{name}")) + tag("dd", _tell(job, name)))
        for name in facts or SHOWN if name in job.about
    ]
    head = [] if facts else [tag("p", tag("strong", mixed(job.own)))]
    if "description" in job.about and not facts:
        head.append(tag("p", mixed(job.about["description"])))
    return raw(*head, tag("dl", *rows, class_="about"))


def _tell(job: Job, name: str) -> Markup:
    value = job.about[name]
    if name == "authors":
        return join(map(mixed, value), say("between"))
    if name == "licence":
        return link(page_of_licence(value), value)
    return link(value, value) if name == "url" else mixed(str(value))


def page_of_licence(licence: str) -> str:
    """Return the address of a licence, of which an identifier is known or the address itself."""
    return licence if "/" in licence else SPDX.format(licence)


def write_footer(job: Job, made_with: str) -> str:
    """Write the foot of every page: who collected, under which licence, when, and with what."""
    facts = [_tell(job, name) for name in ("authors", "licence", "date") if name in job.about]
    return join([*facts, made_with], " · ")


def write_head(job: Job) -> Iterator[str]:
    """Write what search engines and messengers read on every page."""
    about = job.about
    if about:
        described = about.get("description", job.own)
        yield f'<meta name="author" content="{escape(say("between").join(about["authors"]))}">'
        yield f'<meta name="description" content="{escape(described)}">'
        for name, told in (("site_name", job.own), ("type", "website"), ("description", described)):
            yield f'<meta property="og:{name}" content="{escape(told)}">'


def write_dataset(job: Job) -> str:
    """Write the dataset of schema.org that the front page carries, its downloads as its distribution."""
    about = job.about
    if not about:
        return ""
    years = job.data.reports["year"].dropna()
    told = {
        "@context": "https://schema.org/", "@type": "Dataset", "name": job.own, "creator": about["authors"],
        "description": about.get("description", f"{job.own}: {say('reports', n=len(job.data.reports))}"),
        "license": page_of_licence(about["licence"]) if "licence" in about else None,
        "datePublished": str(about["date"]) if "date" in about else None, "url": about.get("url"),
        "creditText": about.get("citation"), "isAccessibleForFree": True, "inLanguage": ["zh", "en"],
        "temporalCoverage": f"{years.min()}/{years.max()}" if len(years) else None,
        "distribution": [_download(job, path.name) for path in sorted(job.packed.glob("*.zip"))],
    }
    known = json.dumps({name: value for name, value in told.items() if value is not None}, ensure_ascii=False)
    known = known.replace("<", "\\u003c")  # so that no text ends the script
    return f'<script type="application/ld+json">{known}</script>'


def _download(job: Job, name: str) -> dict[str, str]:
    size = (job.packed / name).stat().st_size
    return {
        "@type": "DataDownload", "name": name, "encodingFormat": "application/zip",
        "contentUrl": f"{job.top}downloads/{name}", "contentSize": f"{size} B",
    }
