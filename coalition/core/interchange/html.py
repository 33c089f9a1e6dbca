"""HTML from elsewhere, reduced to what rich text knows."""

import re
from collections.abc import Iterator
from html import unescape

import nh3

ALLOWED: dict[str, set[str]] = {
    "a": {"href"},
    **{tag: set() for tag in ("b", "br", "em", "h3", "h4", "hr", "i", "li", "ol", "p", "strong")},
    "ul": set(),
}
SCHEMES = {"http", "https", "mailto", "tel"}

# These only tell what to report; it is nh3 that cleans. Neither looks past the next angle bracket,
# so that no text, however malformed, takes long.
_TAG = re.compile(r"""<([a-zA-Z][^\s/<>"']*)((?:"[^"<>]*"|'[^'<>]*'|[^"'<>])*)""")
_ATTRIBUTE = re.compile(r"""([^\s"'/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=`]+))?""")


def sanitised(html: str) -> tuple[str, list[str]]:
    """The HTML without anything rich text does not know, and the names of what was taken out."""
    clean = nh3.clean(
        html,
        tags=set(ALLOWED),
        attributes=ALLOWED,
        url_schemes=SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style"},
    )
    return clean, list(dict.fromkeys(_outsiders(html)))


def _outsiders(html: str) -> Iterator[str]:
    """`<script>` for a tag, `onclick=` for an attribute, `href=javascript:` for a link."""
    for tag, attributes in _TAG.findall(html):
        name = tag.lower()
        if name not in ALLOWED:
            yield f"<{name}>"
            continue
        for attribute, value in _ATTRIBUTE.findall(attributes):
            scheme, colon, _rest = unescape(value).strip("\"' ").partition(":")
            if attribute.lower() not in ALLOWED[name]:
                yield f"{attribute.lower()}="
            elif colon and re.fullmatch(r"[\w+.\s-]+", scheme) and scheme.lower() not in SCHEMES:
                yield f"{attribute.lower()}={scheme.lower()}:"
