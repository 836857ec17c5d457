"""Errors planted in reports with known truth, and what the audit makes of them.

In: seeds. Out: tables of results. Next: `errors.py` prints them.
"""
