"""The site: notebooks, a dataset and the documentation, rendered for readers.

In: executed notebooks, a published dataset, docs/. Out: a folder of pages that need no network.
"""
