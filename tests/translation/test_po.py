"""PO files: what goes out comes in again, and nothing else does."""

import re

import polib
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpResponse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from coalition.translation.domain import po
from tests.factories import now
from tests.network import Network

from .desk import KHMER, change, desk, started, work_on

pytestmark = pytest.mark.usefixtures("demo")
RICH = 'Two <b>and</b> <a id="a1">more</a>.'


def memory() -> dict[str, str]:
    rows = StringTranslation.objects.select_related("translation_of")
    return {row.translation_of.data: row.data for row in rows}


def exported(network: Network, page: Page, name: str = "translator-km") -> str:
    answer = network.client(name).get(f"/admin/translation/{page.pk}/po/")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{page.slug}.km.po"'
    return answer.content.decode()


def filled(network: Network, page: Page, texts: dict[str, str] = KHMER) -> polib.POFile:
    file = polib.pofile(exported(network, page))
    for entry in file:
        entry.msgstr = texts.get(entry.msgid, "")
    return file


def send(
    network: Network, page: Page, content: object, name: str = "translator-km"
) -> HttpResponse:
    data = content if isinstance(content, bytes) else str(content).encode()
    upload = SimpleUploadedFile("page.po", data)
    return network.client(name).post(f"/admin/translation/{page.pk}/po/", {"file": upload})


def report(answer: HttpResponse) -> tuple[list[int], list[str]]:
    """The four counts, and what is said of the entries that were left out."""
    soup = BeautifulSoup(answer.content.decode(), "html.parser")
    assert soup.select_one(".help-critical") is None, soup.select_one(".help-critical").text
    counts = [int(part.text) for part in soup.select(".translation-counts dd")]
    return counts, [" ".join(i.text.split()) for i in soup.select(".translation-left-out li")]


def refusal(answer: HttpResponse) -> str:
    soup = BeautifulSoup(answer.content.decode(), "html.parser")
    return str(soup.select_one(".help-critical p").text)


def test_what_goes_out_comes_in(network: Network) -> None:
    _source, draft = started(network)
    file = filled(network, draft)
    assert [entry.msgid for entry in file] == list(KHMER)
    assert file[0].msgctxt == "title"
    assert report(send(network, draft, file)) == ([7, 0, 0, 0], [])
    assert memory() == KHMER
    assert StringTranslation.objects.first().last_translated_by == network.user("translator-km")
    again = polib.pofile(exported(network, draft))
    assert {entry.msgid: entry.msgstr for entry in again} == KHMER
    assert report(send(network, draft, again)) == ([0, 7, 0, 0], [])
    assert now(draft).draft_title == "Guide"


def test_entries_that_are_wrong_are_left_out_with_their_lines(network: Network) -> None:
    _source, draft = started(network)
    file = filled(network, draft)
    by_id = {entry.msgid: entry for entry in file}
    by_id["Guide"].msgid = "Guide to it"
    by_id["Short."].msgctxt = "body.nowhere"
    by_id["Call {name}"].msgstr = "ហៅ"
    by_id[RICH].msgstr = "ពីរ <b>និង"
    by_id["Four"].flags.append("fuzzy")
    by_id["Five"].msgstr = ""
    text = str(file)
    counts, left_out = report(send(network, draft, text))
    assert counts == [1, 0, 1, 5]
    assert memory() == {"Three &amp; four.": KHMER["Three &amp; four."]}
    expected = {
        "Guide to it": "the source text was changed",
        "Short.": "The page has no such place",
        "Call {name}": "{name} is missing",
        RICH: "is not closed",
        "Four": "marked as fuzzy",
    }
    lines = text.splitlines()
    for entry, (source, reason) in zip(left_out, expected.items(), strict=True):
        number = int(re.match(r"Line (\d+)", entry)[1])
        around = "\n".join(lines[number - 2 : number + 3]).replace('\\"', '"')
        assert (source in around, reason in entry) == (True, True), (entry, around)


def test_changed_sources_go_out_fuzzy_with_what_is_said_now(network: Network) -> None:
    source, draft = started(network)
    send(network, draft, filled(network, draft))
    desk(network, draft).post(submit="1")
    now(draft).get_latest_revision().publish()
    change(source, summary="Short and sweet.")
    file = polib.pofile(exported(network, draft))
    entry = file.find("Short and sweet.")
    assert (entry.msgstr, entry.fuzzy) == ("ខ្លី។", True)
    assert report(send(network, draft, file))[0] == [0, 6, 0, 1]


def test_files_of_other_pages_and_languages(network: Network) -> None:
    _source, draft = started(network)
    _other, second = started(network, title="Other", slug="other")
    file = filled(network, second)
    assert refusal(send(network, draft, file)) == "This file belongs to another page."
    file = filled(network, draft)
    file.metadata["Language"] = "th"
    assert refusal(send(network, draft, file)).startswith("This file is from en into th")
    del file.metadata["X-Page"]
    assert "does not say which page" in refusal(send(network, draft, file))
    assert memory() == {}


@pytest.mark.parametrize("end", [0.97, 0.8, 0.6, 0.3])
def test_half_a_file(network: Network, end: float) -> None:
    _source, draft = started(network)
    text = str(filled(network, draft))
    answer = send(network, draft, text[: int(len(text) * end)])
    assert re.search("The end of this file is missing|damaged in line", refusal(answer))
    assert memory() == {}


def test_a_file_cut_between_two_entries(network: Network) -> None:
    _source, draft = started(network)
    text = str(filled(network, draft)).rstrip().rpartition("\n\n")[0] + "\n"
    assert "The end of this file is missing" in refusal(send(network, draft, text))
    text = str(filled(network, draft)).rstrip().rpartition("\n")[0] + "\n"
    assert "The end of this file is missing" in refusal(send(network, draft, text))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no PO file"),
        (b"GIF89a", "no PO file"),
        (b"\xff\xfe\x00m", "not in UTF-8"),
        ('msgid "ក"\nmsgstr ""\n'.encode("utf-16"), "not in UTF-8"),
        (b'msgid "a"\nmsgstr "b"\nnonsense\n', "damaged in line 3"),
        (b'msgid "a"\nmsgstr "b\n', "damaged in line 2"),
        (b"/etc/hostname", "no PO file"),
        (b'msgid ""\nmsgstr ""\n\x00', "no PO file"),
        (b'msgid "a"\nmsgstr "b"\n', "does not say which page"),
    ],
)
def test_what_is_no_file_of_ours(network: Network, content: bytes, reason: str) -> None:
    _source, draft = started(network)
    assert reason in refusal(send(network, draft, content))
    assert memory() == {}


def test_a_file_of_20_mb_is_refused(network: Network) -> None:
    _source, draft = started(network)
    answer = send(network, draft, b"#" * 20_000_000)
    assert refusal(answer) == "This file is larger than 5 MB. A page has no more text than that."


class Unread(UploadedFile):  # type: ignore[type-arg]
    """A file that must not be read."""

    def read(self, *args: object) -> bytes:
        raise AssertionError("it was read")


def test_a_large_file_is_not_read_into_memory() -> None:
    with pytest.raises(po.PoRefusedError, match="larger than 5 MB"):
        po.read(Unread(size=20_000_000))


def test_no_file_at_all(network: Network) -> None:
    _source, draft = started(network)
    answer = network.client("translator-km").post(f"/admin/translation/{draft.pk}/po/")
    assert refusal(answer) == "Choose a file first."


def test_nothing_is_taken_while_it_waits_but_from_approvers(network: Network) -> None:
    _source, draft = started(network)
    file = filled(network, draft)
    send(network, draft, file)
    desk(network, draft).post(submit="1")
    file.find("Four").msgstr = "៤"
    assert refusal(send(network, draft, file)) == "This page cannot be changed here now."
    assert memory()["Four"] == "បួន"
    assert report(send(network, draft, file, "reader-km"))[0] == [1, 6, 0, 0]


def test_the_same_words_on_other_pages_stay(network: Network) -> None:
    _source, draft = started(network)
    _other, second = started(network, title="Other", slug="other")
    send(network, draft, filled(network, draft))
    assert {segment.text for segment in work_on(network, second).segments} == {""}


@pytest.mark.parametrize("name", ["editor-th", "focal-th", "campaigner", "nobody"])
def test_nobody_else_sends_or_gets_one(network: Network, name: str) -> None:
    _source, draft = started(network)
    file = filled(network, draft)
    client = network.client(name)
    answer = client.get(f"/admin/translation/{draft.pk}/po/")
    assert (answer.status_code, "Guide" in answer.content.decode()) == (302, False)
    assert send(network, draft, file, name).status_code == 302
    assert memory() == {}
