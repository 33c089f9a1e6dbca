"""What keeps public pages light, safe and good in every direction of writing."""

import re
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parents[2]
STYLESHEET = PROJECT_DIR / "coalition" / "static" / "coalition" / "site.css"
PUBLIC_TEMPLATES = [
    path
    for top in ("campaigns", "coalition/templates", "countries", "home", "search")
    for path in sorted((PROJECT_DIR / top).rglob("*.html"))
    if not {"account", "accounts", "admin", "allauth", "mfa", "wagtailadmin"} & set(path.parts)
]
PHYSICAL = re.compile(
    r"(^|[\s;{])("
    r"(margin|padding|border|scroll-margin|scroll-padding)-(left|right|top|bottom)[\w-]*"
    r"|left|right|top|bottom|width|height|(min|max)-(width|height)"
    r")\s*:|(text-align|float|clear)\s*:\s*(left|right)"
)


def test_stylesheet_uses_logical_properties_only() -> None:
    rules = re.sub(r"@media[^{]*", "", STYLESHEET.read_text())
    assert [found.group() for found in PHYSICAL.finditer(rules)] == []


def test_stylesheet_loads_nothing_and_overrides_nothing_by_force() -> None:
    text = STYLESHEET.read_text()
    assert re.findall(r"url\(|@import|!important", text) == []
    assert text.startswith("@layer ")


def test_templates_have_no_script_style_token_or_signed_in_reader() -> None:
    module = r'<script(?! type="module" src="\{% static)'
    forbidden = re.compile(rf"{module}|<style|\sstyle=|\son\w+=|csrf_token|request\.user|userbar")
    found = {
        str(path.relative_to(PROJECT_DIR)): forbidden.findall(path.read_text())
        for path in PUBLIC_TEMPLATES
    }
    assert {path: hits for path, hits in found.items() if hits} == {}


def test_links_to_other_sites_tell_them_nothing() -> None:
    """Every address that an editor typed is linked without opener and referrer."""
    typed = re.compile(r'<a href="\{\{ item\.value\.url \}\}"[^>]*>')
    links = [link for path in PUBLIC_TEMPLATES for link in typed.findall(path.read_text())]
    assert len(links) == 2
    assert [link for link in links if 'rel="noopener noreferrer"' not in link] == []
