"""Harmful PDF files: good ones taken apart and put together with harm, and attacks that are listed.

In: the objects of a good file, chance. Out: the bytes of a file. Next: `pdf.py`, the target.
"""
