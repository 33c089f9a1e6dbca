"""Bodies in the editor: what is sent, what is said, what is kept."""

import re
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import StandardPage
from tests.factories import now, standard_page

pytestmark = pytest.mark.django_db


def edit(admin: Client, page: StandardPage, *blocks: tuple[str, Any]) -> Any:
    """Save a draft of the page with these blocks, as the editor's form sends them."""
    form = {"title": page.title, "slug": page.slug, "summary": "", "topics": ""}
    form |= {"body": streamfield(blocks), "comments-TOTAL_FORMS": "0"}
    form |= {"comments-INITIAL_FORMS": "0"}
    return admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), nested_form_data(form))


def table_form(rows: int, columns: int) -> dict[str, str]:
    """A table as the editor's form sends it."""
    form = {"caption": "Hearings", "column-count": str(columns), "row-count": str(rows)}
    for column in range(columns):
        prefix = f"column-{column}"
        form |= {f"{prefix}-type": "text", f"{prefix}-order": str(column)}
        form |= {f"{prefix}-deleted": "", f"{prefix}-heading": f"Heading {column}"}
    for row in range(rows):
        form |= {f"row-{row}-order": str(row), f"row-{row}-deleted": ""}
        form |= {f"cell-{row}-{column}": f"cell {row} {column}" for column in range(columns)}
    return form


def test_a_table_of_5000_cells_is_refused_with_words_and_nothing_is_lost(admin: Client) -> None:
    page = standard_page()
    answer = edit(admin, page, ("heading", "Land"), ("table", table_form(500, 10)))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "This table has 5000 cells; 500 is the most." in html
    assert "cell 499 9" in html
    assert now(page).get_latest_revision_as_object().body.get_prep_value() == []


def test_a_table_of_500_cells_is_saved(admin: Client) -> None:
    page = standard_page()
    answer = edit(admin, page, ("table", table_form(50, 10)))
    assert answer.status_code == 302
    (block,) = now(page).get_latest_revision_as_object().body
    assert block.value.caption == "Hearings"
    assert len(block.value.row_data) == 50
    assert block.value.row_data[49]["values"][9] == "cell 49 9"


def test_a_draft_may_lack_what_publication_needs(admin: Client, image: Any) -> None:
    page = standard_page()
    answer = edit(admin, page, ("picture", {"image": str(image.pk), "alt": "", "caption": ""}))
    assert answer.status_code == 302
    draft = now(page).get_latest_revision_as_object()
    assert [block.value["alt"] for block in draft.body] == [""]


def test_the_editor_finds_all_that_it_loads(admin: Client) -> None:
    page = standard_page()
    html = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    loaded = set(re.findall(r'(?:src|href)="/static/([^"?]+)', html))
    assert any("typed_table_block" in name for name in loaded)
    assert [name for name in sorted(loaded) if finders.find(name) is None] == []
    assert re.findall(r'<(?:script|link)[^>]+(?:src|href)="(?:https?:)?//[^"]*', html) == []
