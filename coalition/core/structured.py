"""What machines are told of a page: schema.org as JSON-LD."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from coalition.core import languages
from coalition.core.addresses import absolute

# As Django's json_script: nothing can end the element.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


def organization(name: str, url: str) -> dict[str, Any]:
    """The network itself."""
    return {"@type": "Organization", "name": name, "url": absolute(url)}


def script(data: dict[str, Any], language: str) -> SafeString:
    """The element that holds `data`, which is in `language`. Browsers do not run it."""
    told = {"@context": "https://schema.org", **data, "inLanguage": languages.html_lang(language)}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above
