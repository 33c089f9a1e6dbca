"""HTML from elsewhere, reduced to what rich text knows."""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape

import nh3

ALLOWED: dict[str, set[str]] = {
    "a": {"href"},
    **{tag: set() for tag in ("b", "br", "em", "h3", "h4", "hr", "i", "li", "ol", "p", "strong")},
    "ul": set(),
}
SCHEMES = {"http", "https", "mailto", "tel", "page"}
# How links to pages and documents of this site are stored.
STORED_LINKS = {**ALLOWED, "a": {"href", "linktype", "id"}}
Attributes = dict[str, str]

# These only tell what to report; it is nh3 that cleans. Neither looks past the next angle bracket,
# so that no text, however malformed, takes long.
_TAG = re.compile(r"""<([a-zA-Z][^\s/<>"']*)((?:"[^"<>]*"|'[^'<>]*'|[^"'<>])*)""")
_ATTRIBUTE = re.compile(r"""([^\s"'/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=`]+))?""")

# Links as nh3 writes them: attributes quoted, no link inside another.
_LINK = re.compile(r'<a((?: [\w-]+="[^"]*")*)>(.*?)</a>', re.DOTALL)
_WRITTEN = re.compile(r'([\w-]+)="([^"]*)"')


def sanitised(html: str) -> tuple[str, list[str]]:
    """The HTML without anything rich text does not know, and the names of what was taken out."""
    return _clean(html, ALLOWED), list(dict.fromkeys(_outsiders(html)))


def canonical(html: str) -> str:
    """Stored HTML without the marks that the editor leaves in it; links stay as they are stored."""
    return _clean(html, STORED_LINKS)


def with_links(html: str, change: Callable[[Attributes], Attributes | None]) -> str:
    """Clean HTML whose links have the attributes that `change` makes of theirs.

    Where that is None the link goes and its text stays.
    """

    def changed(link: re.Match[str]) -> str:
        before = {name: unescape(value) for name, value in _WRITTEN.findall(link[1])}
        after = change(before)
        if after is None:
            return link[2]
        if after == before:
            return link[0]
        written = "".join(f' {name}="{escape(value)}"' for name, value in after.items())
        return f"<a{written}>{link[2]}</a>"

    return _LINK.sub(changed, html)


def _clean(html: str, attributes: dict[str, set[str]]) -> str:
    return nh3.clean(
        html,
        tags=set(ALLOWED),
        attributes=attributes,
        url_schemes=SCHEMES,
        link_rel=None,
        clean_content_tags={"script", "style"},
    )


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
