"""A text on its way: English, approved; Khmer, approved; changed, and exactly that is behind."""

import csv
import re
from dataclasses import dataclass
from io import StringIO

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import STICK_OUT, Site, approve, page_id, sign_in

pytestmark = pytest.mark.browser
PLACE = "countries/cambodia/phones-at-the-border/"
TITLE = "Phones at the border"
SUMMARY = "What to do with a phone before you cross."
FIRST = "Switch the phone off before the queue begins."
SECOND = (
    "Leave at home what nobody else may read: letters, lists of members, pictures of friends and "
    "of the houses they live in."
)
# Longer than a correction that passes with one approval.
MORE = (
    " Since this spring officers ask for the code of every phone, keep it for as long as they "
    "like, and write down the numbers of those who were called last."
)
KHMER = {
    TITLE: "ទូរស័ព្ទនៅព្រំដែន",
    SUMMARY: "អ្វីដែលត្រូវធ្វើជាមួយទូរស័ព្ទមុនពេលឆ្លងដែន។",
    FIRST: "សូមបិទទូរស័ព្ទមុនពេលចូលជួរ។",
    SECOND: "សូមទុកនៅផ្ទះនូវអ្វីដែលអ្នកដទៃមិនគួរអាន។",
}
NOTHING = dict.fromkeys(("Missing", "Begun", "Stale", "Waiting for approval"), 0)
SOURCE = ".translation-source > .translation-text"
Matrix = dict[tuple[str, str], dict[str, str]]
NEW_SUMMARY = "សេចក្ដីសង្ខេបថ្មីសម្រាប់អ្នកអាន។"
# Fields that no label, nor anything in its place, tells the name of.
NAMELESS = """() => [...document.querySelectorAll("main input, main select, main textarea")]
  .filter((e) => e.type !== "hidden" && e.checkVisibility())
  .filter((e) => !e.labels?.length && !e.ariaLabel && !e.hasAttribute("aria-labelledby"))
  .map((e) => e.outerHTML.slice(0, 100))"""


def write(editor: Page, parent: str) -> None:
    """The page in English, submitted."""
    editor.goto(f"/admin/pages/add/home/standardpage/{parent}/")
    editor.fill("#id_title", TITLE)
    editor.fill("#id_summary", SUMMARY)
    editor.get_by_role("button", name="Insert a block").first.click()
    editor.get_by_role("option", name="Text", exact=True).click()
    editor.locator(".public-DraftEditor-content").click()
    editor.keyboard.type(FIRST)
    editor.keyboard.press("Enter")
    editor.keyboard.type(SECOND)
    submit_page(editor, SECOND)


def rewrite(editor: Page, page: str) -> None:
    """Add to the second paragraph, and submit."""
    editor.goto(f"/admin/pages/{page}/edit/")
    editor.get_by_text(SECOND, exact=True).click()
    editor.keyboard.press("Control+End")
    editor.keyboard.type(MORE)
    submit_page(editor, SECOND + MORE)


def submit_page(editor: Page, last: str) -> None:
    """Wagtail's own editor takes over what was typed a moment later."""
    expect(editor.locator("[name=body-0-value]")).to_have_value(re.compile(re.escape(last)))
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name=re.compile("^Submit to")).click()
    editor.wait_for_url(re.compile(r"/admin/pages/\d+/$"))


def counts(person: Page) -> dict[str, int]:
    """What the queue of Khmer says is to be done."""
    person.goto("/admin/translation/queue/km/")
    labels = person.locator(".translation-counts dt").all_inner_texts()
    numbers = person.locator(".translation-counts dd").all_inner_texts()
    return dict(zip(labels, map(int, numbers), strict=True))


def coverage(secretariat: Page) -> Matrix:
    """The matrix as it is downloaded, by section and language."""
    answer = secretariat.request.get("/admin/translation/coverage/?format=csv")
    rows = csv.DictReader(StringIO(answer.text().removeprefix("\ufeff")))
    return {(row["Section"], row["Code"]): row for row in rows}


def differing(before: Matrix, after: Matrix) -> set[tuple[str, str]]:
    """The sections and languages whose figures are others than they were."""
    assert before.keys() == after.keys()
    return {place for place in before if before[place] != after[place]}


def assert_shown_in(reader: Page, language: str) -> None:
    """What somebody is shown who asks for Khmer."""
    reader.goto(f"/km/{PLACE}")
    expect(reader).to_have_url(re.compile(rf"/{language}/{PLACE}(\?asked=km)?$"))


def draft_from_queue(translator: Page) -> None:
    """Find what is missing, have a draft made, and open it."""
    translator.goto("/admin/translation/queue/km/?kind=missing")
    row = translator.get_by_role("row").filter(has_text=TITLE)
    row.get_by_role("checkbox").check()
    translator.get_by_role("button", name="Make drafts").click()
    expect(translator.locator("main")).to_contain_text("Finished: 1 page")
    translator.goto("/admin/translation/queue/km/?kind=begun")
    expect(translator.get_by_role("row").filter(has_text=TITLE)).to_contain_text("0 of 4 segments")
    translator.get_by_role("link", name=TITLE, exact=True).click()


def fill_segments(translator: Page) -> None:
    """Every text in Khmer, saved and submitted."""
    segments = translator.locator(".translation-segment")
    expect(segments.locator(SOURCE)).to_have_text(list(KHMER))
    for segment, text in zip(segments.all(), KHMER.values(), strict=True):
        segment.get_by_label("Translation", exact=True).fill(text)
    translator.get_by_role("button", name="Save", exact=True).first.click()
    expect(translator.locator("body")).to_contain_text("4 translations are saved.")
    expect(translator.locator("main")).to_contain_text("4 of 4 texts are translated")
    translator.get_by_role("button", name="Submit for approval").click()
    expect(translator.locator("body")).to_contain_text("The translation waits for approval now.")


def review(person: Page, title: str) -> None:
    """Open what waits, from the list."""
    person.goto("/admin/approval/")
    person.locator("main").get_by_role("link", name=title, exact=True).first.click()


@dataclass(frozen=True)
class People:
    """Who has to do with the text, each in a browser of their own."""

    editor: Page
    focal: Page
    secretariat: Page
    translator: Page
    second: Page
    reader: Page


@pytest.fixture
def people(browser: Browser, site: Site) -> People:
    names = ("editor-kh", "focal-kh", "secretariat", "translator-km", "reader-km")
    reader = browser.new_context(base_url=site.url, locale="km").new_page()
    return People(*(sign_in(browser, site, name) for name in names), reader)


def test_a_text_goes_the_whole_way(people: People, site: Site) -> None:
    """English with two approvals, Khmer with that of its second reader; then one paragraph."""
    matrix = coverage(people.secretariat)
    write_and_approve(people, site)
    draft_from_queue(people.translator)
    fill_segments(people.translator)
    assert counts(people.translator) == {**NOTHING, "Waiting for approval": 1}
    assert_shown_in(people.reader, "en")
    approve_khmer(people)
    assert counts(people.translator) == NOTHING
    translated = coverage(people.secretariat)
    assert differing(matrix, translated) == {("Cambodia", "en"), ("Cambodia", "km")}

    change_and_approve(people, site)
    assert counts(people.translator) == {**NOTHING, "Stale": 1}
    changed = coverage(people.secretariat)
    assert differing(translated, changed) == {("Cambodia", "km")}
    assert changed["Cambodia", "km"]["Stale"] == "1"
    assert_one_segment_is_stale(people.translator)
    assert_readers_are_told(people.reader)


def write_and_approve(people: People, site: Site) -> None:
    """Nothing is missing in Khmer before the text is public."""
    write(people.editor, page_id(site, "/en/countries/cambodia/"))
    approve(people.focal, TITLE)
    assert counts(people.translator) == NOTHING
    approve(people.secretariat, TITLE)
    assert counts(people.translator) == {**NOTHING, "Missing": 1}
    assert_shown_in(people.reader, "en")


def approve_khmer(people: People) -> None:
    """The second reader sees each text beside its translation."""
    second, reader = people.second, people.reader
    review(second, KHMER[TITLE])
    for english, khmer in KHMER.items():
        expect(second.get_by_role("row").filter(has_text=khmer)).to_contain_text(english)
    second.get_by_role("button", name="Approve").click()
    expect(second.locator("main")).to_contain_text("Nothing waits for you.")
    assert_shown_in(reader, "km")
    expect(reader.locator("h1")).to_have_text(KHMER[TITLE])
    expect(reader.locator("main")).to_contain_text(KHMER[FIRST])
    expect(reader.locator("main")).to_contain_text(KHMER[SECOND])
    expect(reader.locator(".notice")).to_have_count(0)


def change_and_approve(people: People, site: Site) -> None:
    """Readers see the longer paragraph, and nothing is stale, after the second approval only."""
    rewrite(people.editor, page_id(site, f"/en/{PLACE}"))
    approve(people.focal, TITLE)
    people.reader.goto(f"/en/{PLACE}")
    expect(people.reader.locator("main")).to_contain_text(SECOND)
    expect(people.reader.locator("main")).not_to_contain_text(MORE)
    assert counts(people.translator) == NOTHING
    approve(people.secretariat, TITLE)


def assert_one_segment_is_stale(translator: Page) -> None:
    """The changed paragraph, from the queue on."""
    translator.goto("/admin/translation/queue/km/?kind=stale")
    row = translator.get_by_role("row").filter(has_text=TITLE)
    expect(row).to_contain_text("1 of 4 segments has changed")
    row.get_by_role("link", name=TITLE, exact=True).click()
    expect(translator.locator("main")).to_contain_text("3 of 4 texts are translated")
    stale = translator.locator(".translation-segment--stale")
    expect(stale.locator(SOURCE)).to_have_text([SECOND + MORE])
    expect(stale).to_contain_text("The original has changed")
    expect(stale.locator("ins")).to_contain_text(MORE.strip())


def assert_readers_are_told(reader: Page) -> None:
    """Above this page in Khmer, with a way to the original, and above nothing else."""
    assert_shown_in(reader, "km")
    expect(reader.locator("main")).to_contain_text(KHMER[SECOND])
    expect(reader.locator(".notice p").first).to_contain_text(re.compile("[\u1780-\u17ff]"))
    reader.locator(".notice a[hreflang=en]").click()
    expect(reader).to_have_url(re.compile(f"/en/{PLACE}$"))
    expect(reader.locator("main")).to_contain_text(MORE.strip())
    expect(reader.locator(".notice")).to_have_count(0)
    reader.goto("/km/countries/cambodia/safer-phone/")
    expect(reader.locator(".notice")).to_have_count(0)


def submit_summary(translator: Page, site: Site, path: str, text: str = NEW_SUMMARY) -> str:
    """Change a Khmer page of the demonstration in the translators' editor; its title."""
    page = page_id(site, f"/km/{path}")
    translator.goto(f"/admin/translation/{page}/")
    begin = translator.get_by_role("button", name="Translate segment by segment")
    if begin.count():
        begin.click()
    summary = translator.get_by_role("region", name="Summary").get_by_label("Translation")
    title = translator.get_by_role("region", name="Title").get_by_label("Translation")
    summary.fill(text)
    translator.get_by_role("button", name="Save", exact=True).first.click()
    expect(translator.locator("body")).to_contain_text("1 translation is saved.")
    expect(summary).to_have_value(text)
    name = title.input_value()
    translator.get_by_role("button", name="Submit for approval").click()
    expect(translator.locator("body")).to_contain_text("The translation waits for approval now.")
    return name


def test_translated_and_approved_without_script(browser: Browser, site: Site, page: Page) -> None:
    """Saved, submitted and approved by plain forms; readers see it after that only."""
    path = "countries/cambodia/safer-phone/"
    translator = sign_in(browser, site, "translator-km", script=False)
    title = submit_summary(translator, site, path)
    page.goto(f"/km/{path}")
    expect(page.locator("main")).not_to_contain_text(NEW_SUMMARY)
    second = sign_in(browser, site, "reader-km", script=False)
    review(second, title)
    expect(second.get_by_role("row").filter(has_text=NEW_SUMMARY)).to_have_count(1)
    second.get_by_role("button", name="Approve").click()
    expect(second.locator("body")).to_contain_text("Nothing waits for you.")
    page.goto(f"/km/{path}")
    expect(page.locator("main")).to_contain_text(NEW_SUMMARY)


def test_approved_by_keyboard(browser: Browser, site: Site, page: Page) -> None:
    """Tab leads from the top of the page to “Approve”, Enter presses it."""
    path = "countries/cambodia/start-a-group/"
    title = submit_summary(sign_in(browser, site, "translator-km"), site, path)
    second = sign_in(browser, site, "reader-km")
    review(second, title)
    button = second.get_by_role("button", name="Approve")
    expect(button).to_be_visible()
    for _ in range(60):
        second.keyboard.press("Tab")
        if button.evaluate("e => e === document.activeElement"):
            break
    expect(button).to_be_focused()
    second.keyboard.press("Enter")
    expect(second.locator("main")).to_contain_text("Nothing waits for you.")
    page.goto(f"/km/{path}")
    expect(page.locator("main")).to_contain_text(NEW_SUMMARY)


def test_admin_pages_on_a_telephone(browser: Browser, site: Site) -> None:
    """Nothing sticks out at 390 px; each has one main heading, and every field a name."""
    path = "countries/cambodia/safer-phone/"
    translator = sign_in(browser, site, "translator-km")
    title = submit_summary(translator, site, path, NEW_SUMMARY * 2)
    secretariat, second = (sign_in(browser, site, name) for name in ("secretariat", "reader-km"))
    # Before anything is opened: Wagtail moves its menu slowly.
    for person in (secretariat, second):
        person.set_viewport_size({"width": 390, "height": 844})
    review(second, title)
    expect(second.get_by_role("button", name="Approve")).to_be_visible()
    khmer = page_id(site, f"/km/{path}")
    wrong = {"review": faults(second)}
    for address in (
        f"/admin/translation/{khmer}/",
        "/admin/translation/queue/km/",
        "/admin/translation/coverage/",
        "/admin/approval/",
        "/admin/people/",
        "/admin/people/invitations/new/",
        f"/admin/takedown/{khmer}/",
    ):
        answer = secretariat.goto(address)
        assert answer is not None and answer.status == 200, address
        wrong[address] = faults(secretariat)
    assert {address: found for address, found in wrong.items() if found} == {}


def faults(page: Page) -> list[str]:
    """What sticks out, has no name, or is a second main heading."""
    found: list[str] = page.evaluate(STICK_OUT, "main") + page.evaluate(NAMELESS)
    if (number := page.locator("h1").count()) != 1:
        found.append(f"{number} main headings")
    return found
