"""Dates as readers of each language write them, from CLDR."""

from datetime import date, datetime

from babel.dates import format_date
from django.utils.timezone import localdate

from coalition.core import languages

# CLDR has no data for these two.
_TETUM = "janeiru fevereiru marsu abríl maiu juñu jullu agostu setembru outubru novembru dezembru"
_TOK_PISIN = "Janueri Februeri Mas Epril Me Jun Julai Ogas Septemba Oktoba Novemba Disemba"
_MONTHS = {"tet": _TETUM.split(), "tpi": _TOK_PISIN.split()}


def long_date(day: date, code: str) -> str:
    """`day` in words for readers of `code`: 5 March 2026, 5 មីនា 2026, 2026年3月5日.

    A datetime is the day that it is in the site's time zone.
    """
    if isinstance(day, datetime):
        day = localdate(day)
    if months := _MONTHS.get(code):
        return f"{day.day} {months[day.month - 1]} {day.year}"
    # Day before month, as English is read in Asia and the Pacific.
    known = None if code == "en" else languages.cldr(code)
    return format_date(day, "long", known or "en_150")
