"""The pages of the site that are made from a dataset.

In: a dataset. Out: Markdown and HTML, a module a kind of page. Next: `site`.
"""
