"""Every address of the admin, filled with the ids of things that somebody must not see."""

import re
from collections.abc import Iterator
from itertools import product

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

# Routes that answer everybody alike, or end the session.
LEFT_OUT = re.compile(
    r"^admin/(\^|logout|login|password_reset|test404|failwhale|account|jsi18n|sprite)"
)
COMPARE = "admin/pages/{page}/revisions/compare/earliest...latest/"


def patterns() -> list[str]:
    """All patterns below `/admin/`, with their arguments as `<converter:name>`."""
    found = dict.fromkeys(_walk(get_resolver(), ""))
    return [text for text in found if text.startswith("admin/") and not LEFT_OUT.match(text)]


def _walk(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        text = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield text
        else:
            yield from _walk(entry, text)


def filled(ids: dict[str, list[int]]) -> list[str]:
    """The addresses for these ids; `ids` is by what the route calls the thing, or where it is."""
    urls: dict[str, None] = {}
    for pattern in patterns():
        if "compare" in pattern:
            urls |= dict.fromkeys(f"/{COMPARE.format(page=page)}" for page in ids["page"])
            continue
        text = re.sub(r"[\^$]", "", pattern)
        arguments = re.findall(r"<(?:\w+:)?(\w+)>", text)
        for values in product(*(_values(name, text, ids) for name in arguments)):
            url = text
            for value in values:
                url = re.sub(r"<[^>]+>", str(value), url, count=1)
            urls[f"/{url}"] = None
    return list(urls)


def _values(name: str, pattern: str, ids: dict[str, list[int]]) -> list[object]:
    fixed = {
        "content_type_app_name": ["home"],
        "content_type_model_name": ["standardpage"],
        "app_label": ["wagtailcore"],
        "app_name": ["core"],
        "model_name": ["topic" if "tag-" in pattern else "page"],
        "filter_spec": ["max-100x100"],
        "session_id": [1],
        "mode": ["preview"],
        "language": ["en", "km", "th"],
    }
    if name in fixed:
        return list(fixed[name])
    if name in ("action_name", "action"):
        return ["approve", "reject"] if "workflow" in pattern else ["delete", "move", "publish"]
    by_name = [values for key, values in ids.items() if key in name]
    by_place = [values for key, values in ids.items() if f"/{key}s/" in pattern]
    return list([*by_name, *by_place, ids["page"]][0])
