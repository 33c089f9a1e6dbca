"""Known-item search on real texts, when a file of them is at hand."""

import json
import os
import random
import re
from pathlib import Path
from typing import Any

import pytest
from icu4py.breakers import WordBreaker

from search import analysis
from search.domain import queries
from search.domain.queries import SearchRequest
from tests.search.factories import Text, make_entries

pytestmark = [pytest.mark.corpus, pytest.mark.django_db]

REACH = 0.95
PER_PAGE = 3


def lines() -> list[dict[str, Any]]:
    with Path(os.environ["COALITION_CORPUS"]).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def plain(line: dict[str, Any]) -> str:
    """The text of a line as its entry has it."""
    return analysis.normal(
        " ".join(re.sub("<[^>]+>", " ", str(part["value"])) for part in line["body"])
    )


def slices(text: str, language: str, chance: random.Random) -> list[str]:
    """12 to 20 characters from the middle, wherever words begin and end."""
    found = []
    for _ in range(PER_PAGE):
        length = min(chance.randint(12, 20), len(text) // 2)
        start = chance.randint(len(text) // 6, len(text) * 5 // 6 - length)
        found.append(text[start : start + length])
    return found


def words(text: str, language: str, chance: random.Random) -> list[str]:
    """Two or three of ICU's words from the middle, side by side."""
    pieces = list(WordBreaker(text, language))
    places = [at for at, piece in enumerate(pieces) if any(map(analysis.is_token, piece))]
    found = []
    for _ in range(PER_PAGE):
        length = chance.randint(2, 3)
        first = chance.randint(len(places) // 6, max(len(places) // 6, len(places) - 1 - length))
        last = min(first + length, len(places)) - 1
        found.append("".join(pieces[places[first] : places[last] + 1]))
    return found


@pytest.mark.parametrize("rule", [slices, words])
def test_a_run_from_the_middle_finds_its_page_among_the_first_five(
    rule: Any, record_property: Any
) -> None:
    texts = [(line["key"], line["language"], plain(line)) for line in lines()]
    make_entries(
        Text(line["key"], line["language"], line["title"], body=plain(line)) for line in lines()
    )
    chance = random.Random(20261122)
    asked: dict[str, int] = {}
    found: dict[str, int] = {}
    for key, language, text in texts:
        for run in rule(text, language, chance):
            if sum(run in other for _key, _language, other in texts) > 3:
                continue
            answer = queries.search(SearchRequest(q=run, language=language, within=language))
            asked[language] = asked.get(language, 0) + 1
            five = [hit.entry.key for hit in answer.hits[:5]]
            found[language] = found.get(language, 0) + (key in five)
    ratios = {language: round(found[language] / asked[language], 3) for language in sorted(asked)}
    record_property("top_five", ratios)
    print(f"{rule.__name__}: {ratios}")
    assert {language: ratio for language, ratio in ratios.items() if ratio < REACH} == {}
    assert len(ratios) == len({language for _key, language, _text in texts})
