"""What every engine has to find: words and runs from the middle of sentences, in every script."""

import pytest

from search.engines.base import Ask, Engine, Filters
from search.terms import parse
from tests.search.factories import Text, make_entries

SENTENCES = {
    "th": [
        "แรงงานข้ามชาติทุกคนควรได้รับค่าจ้างที่เป็นธรรมและมีสัญญาจ้างเป็นลายลักษณ์อักษร",
        "ชาวบ้านริมแม่น้ำคัดค้านการสร้างเขื่อนเพราะกลัวสูญเสียที่ดินทำกิน",
        "เด็กควรปลอดภัยเมื่อใช้อินเทอร์เน็ตทั้งที่บ้านและที่โรงเรียน",
    ],
    "km": [
        "កម្មករចំណាកស្រុកត្រូវទទួលបានប្រាក់ឈ្នួលសមរម្យនិងកិច្ចសន្យាការងារច្បាស់លាស់",
        "សហគមន៍ជនជាតិដើមភាគតិចការពារដីធ្លីនិងព្រៃឈើរបស់ពួកគេ",
        "កុមារគ្រប់រូបមានសិទ្ធិទទួលបានការអប់រំដោយមិនបង់ប្រាក់",
    ],
    "lo": [
        "ແຮງງານເຄື່ອນຍ້າຍຄວນໄດ້ຮັບຄ່າແຮງທີ່ເປັນທຳແລະມີສັນຍາຈ້າງງານ",
        "ຊາວບ້ານປົກປ້ອງປ່າໄມ້ແລະແມ່ນ້ຳຂອງພວກເຂົາຈາກການສ້າງເຂື່ອນ",
        "ເດັກນ້ອຍທຸກຄົນມີສິດໄດ້ຮັບການສຶກສາໂດຍບໍ່ເສຍຄ່າ",
    ],
    "my": [
        "ရွှေ့ပြောင်းအလုပ်သမားများသည် တရားမျှတသောလုပ်ခနှင့် အလုပ်စာချုပ်ရရှိသင့်သည်",
        "ဒေသခံပြည်သူများသည် မိမိတို့၏မြေယာနှင့်သစ်တောများကို ကာကွယ်ကြသည်",
        "ကလေးတိုင်းသည် အခမဲ့ပညာသင်ကြားခွင့် ရှိရမည်",
    ],
    "zh-hans": [
        "移民工人应当得到公平的工资并签订书面劳动合同",
        "当地居民反对修建大坝因为他们担心失去耕地",
        "每个儿童都有权免费接受教育并在网络上受到保护",
    ],
    "ja": [
        "移住労働者は公正な賃金と書面による労働契約を受け取るべきです",
        "住民は農地を失うことを恐れてダムの建設に反対しています",
        "すべての子どもは無償で教育を受けインターネットでも守られる権利がある",
    ],
    "bn": [
        "অভিবাসী শ্রমিকদের ন্যায্য মজুরি এবং লিখিত চুক্তি পাওয়া উচিত",
        "গ্রামবাসীরা জমি হারানোর ভয়ে বাঁধ নির্মাণের বিরোধিতা করছেন",
        "প্রত্যেক শিশুর বিনামূল্যে শিক্ষা পাওয়ার অধিকার আছে",
    ],
    "hi": [
        "प्रवासी मज़दूरों को उचित वेतन और लिखित अनुबंध मिलना चाहिए",
        "गाँव के लोग ज़मीन खोने के डर से बाँध के निर्माण का विरोध कर रहे हैं",
        "हर बच्चे को मुफ़्त शिक्षा और इंटरनेट पर सुरक्षा का हक़ है",
    ],
    "ur": [
        "تارکین وطن مزدوروں کو منصفانہ اجرت اور تحریری معاہدہ ملنا چاہیے",
        "گاؤں کے لوگ زمین کھونے کے ڈر سے ڈیم کی تعمیر کی مخالفت کر رہے ہیں",
        "ہر بچے کو مفت تعلیم اور انٹرنیٹ پر تحفظ کا حق حاصل ہے",
    ],
}


@pytest.fixture
def sentences(engine: Engine) -> None:
    make_entries(
        Text(key=f"{language}-{number}", language=language, title=f"{language} {number}", body=body)
        for language, bodies in SENTENCES.items()
        for number, body in enumerate(bodies)
    )


def found(engine: Engine, query: str, language: str = "en", within: str | None = None) -> list[str]:
    """Keys in the order of the engine."""
    answer = engine.search(Ask(parse(query), language, Filters(language=within)))
    assert answer.total == len({match.key for match in answer.matches})
    return [match.key for match in answer.matches]


WORDS = {
    "th": ["ค่าจ้าง", "เขื่อน", "อินเทอร์เน็ต"],
    "km": ["ប្រាក់ឈ្នួល", "ព្រៃឈើ", "ការអប់រំ"],
    "lo": ["ສັນຍາ", "ແມ່ນ້ຳ", "ການສຶກສາ"],
    "my": ["အလုပ်စာချုပ်", "သစ်တော", "ပညာ"],
    "zh-hans": ["劳动合同", "大坝", "儿童"],
    "ja": ["賃金", "ダム", "無償"],
    "bn": ["মজুরি", "বাঁধ", "শিক্ষা"],
    "hi": ["वेतन", "बाँध", "शिक्षा"],
    "ur": ["اجرت", "ڈیم", "تعلیم"],
}
"""A word of each of the sentences that is in no other."""


@pytest.mark.usefixtures("sentences")
@pytest.mark.parametrize("language", SENTENCES)
def test_a_word_in_mid_sentence_finds_its_page_alone(engine: Engine, language: str) -> None:
    assert [found(engine, word) for word in WORDS[language]] == [
        [f"{language}-0"],
        [f"{language}-1"],
        [f"{language}-2"],
    ]


@pytest.mark.usefixtures("sentences")
@pytest.mark.parametrize("length", [12, 16, 20])
@pytest.mark.parametrize("language", SENTENCES)
def test_a_run_cut_anywhere_finds_its_page_first(
    engine: Engine, language: str, length: int
) -> None:
    wrong = [
        (body[start : start + length], keys[:1])
        for number, body in enumerate(SENTENCES[language])
        for start in range(5, len(body) - length - 5, 3)
        if (keys := found(engine, body[start : start + length], language, language))[:1]
        != [f"{language}-{number}"]
    ]
    assert wrong == []


@pytest.mark.embedded
def test_a_word_does_not_find_another_that_shares_its_letters(full_text: Engine) -> None:
    make_entries(
        [
            Text(key="karma", language="hi", body="यह कर्म है"),
            Text(key="karm", language="hi", body="यह करम है"),
            Text(key="forced", language="en", body="forced labour"),
        ]
    )
    assert found(full_text, '"कर्म"') == ["karma"]
    assert found(full_text, '"करम"') == ["karm"]
    assert found(full_text, '"orce"') == []
    assert found(full_text, "labo") == ["forced"]


def test_phrases_and_words_to_leave_out(engine: Engine) -> None:
    make_entries(
        [
            Text(key="both", language="en", body="land rights and water"),
            Text(key="apart", language="en", body="rights to land"),
            Text(key="mine", language="en", body="land rights and mining"),
        ]
    )
    assert sorted(found(engine, "land rights")) == ["apart", "both", "mine"]
    assert sorted(found(engine, '"land rights"')) == ["both", "mine"]
    assert found(engine, '"land rights" -mining') == ["both"]
    assert sorted(found(engine, "land -“rights and”")) == ["apart"]
    assert found(engine, "rights -land") == []


def test_a_phrase_of_a_script_without_spaces_is_a_phrase(engine: Engine) -> None:
    make_entries(
        [
            Text(key="together", language="th", body="เรียกร้องสิทธิแรงงานในวันนี้"),
            Text(key="apart", language="th", body="แรงงานเรียกร้องสิทธิในวันนี้"),
        ]
    )
    assert found(engine, '"สิทธิแรงงาน"') == ["together"]
    assert found(engine, "สิทธิ -สิทธิแรงงาน") == ["apart"]


def test_words_joined_without_a_space_are_still_found_apart(engine: Engine) -> None:
    make_entries([Text(key="apart", language="th", body="แรงงานหลายคนเรียกร้องสิทธิในวันนี้")])
    assert found(engine, "สิทธิแรงงาน") == ["apart"]


@pytest.mark.embedded
def test_case_and_diacritics_do_not_matter_in_latin_letters(full_text: Engine) -> None:
    make_entries([Text(key="vi", language="vi", body="QUYỀN CON NGƯỜI là của mọi người")])
    assert found(full_text, "quyen con nguoi") == ["vi"]


def test_the_title_counts_more_than_the_text(engine: Engine) -> None:
    make_entries(
        [
            Text(key="text", language="en", body="a law on water and a law on land"),
            Text(key="title", language="en", title="Water", body="a page on something else"),
            Text(key="summary", language="en", summary="On water", body="a page on wells"),
        ]
    )
    assert found(engine, "water") == ["title", "summary", "text"]


@pytest.mark.embedded
def test_words_side_by_side_come_first(full_text: Engine) -> None:
    make_entries(
        [
            Text(key="apart", language="en", body="labour may not be forced in our time now"),
            Text(key="together", language="en", body="an end to forced labour in our time now"),
            *(Text(key=f"other-{n}", language="en", body="something else") for n in range(9)),
        ]
    )
    assert found(full_text, "forced labour") == ["together", "apart"]


def test_when_no_page_has_all_words_pages_with_some_are_found(engine: Engine) -> None:
    make_entries(
        [
            Text(key="one", language="en", body="a petition about dams"),
            Text(key="none", language="en", body="a story about schools"),
        ]
    )
    assert found(engine, "petition zebra") == ["one"]
    assert found(engine, "zebra giraffe") == []


def test_suggestions_are_titles_with_the_words(engine: Engine) -> None:
    entries = make_entries(
        [
            Text(key="a", language="en", title="Forced labour in fishing", body="nets"),
            Text(key="a", language="th", title="แรงงานบังคับในการประมง"),
            Text(key="b", language="en", title="Fishing rights"),
            Text(key="c", language="en", title="Nets", body="fishing"),
        ]
    )
    fishing, thai, rights, _nets = (entry.pk for entry in entries)
    assert sorted(engine.suggest(parse("fish"), "en", 8)) == [fishing, rights]
    assert engine.suggest(parse("labour fi"), "en", 8) == [fishing]
    assert engine.suggest(parse("การประ"), "th", 8) == [thai]
    assert engine.suggest(parse(""), "en", 8) == []
    assert len(engine.suggest(parse("fish"), "en", 1)) == 1


def test_a_run_that_begins_inside_a_word_finds_its_page_although_another_has_all_its_words(
    engine: Engine,
) -> None:
    make_entries(
        [
            Text("source", "en", body="everybody has the right to life and liberty"),
            Text("other", "en", body="as to the law, the right of all is the same"),
        ]
    )
    assert found(engine, "as the right to life")[:1] == ["source"]
    assert found(engine, "as the right t")[:1] == ["source"]
