"""HTML from elsewhere, reduced to what rich text knows."""

from html.parser import HTMLParser

import nh3

ALLOWED: dict[str, set[str]] = {
    "a": {"href"},
    **{tag: set() for tag in ("b", "br", "em", "h3", "h4", "hr", "i", "li", "ol", "p", "strong")},
    "ul": set(),
}
_SCHEMES = {"http", "https", "mailto", "tel"}


class _Outsiders(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.found[f"<{tag}>"] = None
            return
        for name, value in attrs:
            scheme = (value or "").partition(":")[0].strip().lower()
            if name not in ALLOWED[tag]:
                self.found[f"{name}="] = None
            elif ":" in (value or "") and scheme not in _SCHEMES:
                self.found[f"{name}={scheme}:"] = None


def sanitised(html: str) -> tuple[str, list[str]]:
    """The HTML without anything rich text does not know, and the names of what was taken out."""
    clean = nh3.clean(
        html,
        tags=set(ALLOWED),
        attributes=ALLOWED,
        url_schemes=_SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style"},
    )
    outsiders = _Outsiders()
    outsiders.feed(html)
    return clean, list(outsiders.found)
