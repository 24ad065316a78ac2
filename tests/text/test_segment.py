"""Sentences. In the cases a bar stands for the white space between two sentences, ‖ for a boundary with none."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.text.segment import document, edited
from glossary.text.spans import Span

ENGLISH = """
Gen. Oleksandr Bondar left at 5 a.m.¦Nobody spoke.
Lt. Col. Iryna Kovalenko of the 93rd Brigade denied it.
The U.S. Army sent 31 tanks.¦The U.S. has sent more since.
He fled to the U.S.¦The war went on.
The strike came at 5 a.m. Monday.¦It killed two.
Shelling resumed at 11 p.m. Kyiv time.
At 4 a.m. the sirens stopped.
The ship sank about 60 km. off Odesa.
Maj. Gen. J. F. Harlow Jr. spoke to Reuters.
Writers such as J. K. Rowling signed the letter.¦So did others.
John F. Kelly and Volodymyr O. Moroz met in Washington, D.C.¦They said little.
"We will not leave," he said.¦"We have nowhere to go.¦This is our home."
"Who fired?" the captain asked.¦"We did!" somebody shouted.
"Are you alive?" Col. Harlow asked.¦"Barely!" Reyes replied.
"Are you alive?"¦Harlow was not.¦"Stop!"¦He said nothing.
"Where's Vasyl?" I asked "the boys."¦"Dead."
He said "U.S. forces left."¦The base is empty.
They met at 9 a.m. EST and at 5 p.m. Moscow time.
At approx. 5:30 p.m., the M.O.D. confirmed.¦The M.O.D. statement was short.
Tu-95s flew.¦15 missiles hit.¦3 were shot down.
I was there in Sept.¦It rained.¦In Aug. 2023 it did not.
Lt.Gen. Harlow and Lt.-Col. Brown came.¦Gen.Bondar left.
“They shelled us all night.”¦“We counted 40 rounds.”¦Then it was quiet.
'Nobody is coming.'¦That was the last message.
He asked: “Where is the battalion?”¦No one knew.
The order was simple: hold.¦They held.
About 3.5 million people fled, 1.2 million of them children.
Losses rose by 2.5 percent.¦In May they fell.
It happened on Feb. 24.¦It was dark.
In Dec. 2022 the front froze.
See No. 5 in the list.¦There is no.¦No means no.
The brigade (about 2,000 men, incl. medics) withdrew.¦(It has since returned.)¦Nobody was surprised.
The minister resigned...¦Or was he fired?!¦Nobody knows…¦We asked.
Kyiv, March 5, 2022.‖Stringer/AFP
Soldiers rest near Bakhmut.‖Roman Chop/AP Photo
The report is on example.com and Defence.Example.org, version 2.0.1.
He posted it on t.me/some_channel.¦The channel is gone.
The file Report.Final.pdf was leaked.
He works for Ukroboronprom Inc. in Kyiv.¦It is owned by Delta Corp. and others.
The unit had vitamin C. The rest was missing.=>The unit had vitamin C.¦The rest was missing.
They chose plan B.¦It failed.
Roe v. Wade was overturned.
Ammunition, fuel, food, etc., ran out.¦Morale, etc. held.
1. Hold the bridge.¦2. Wait for the engineers.
St. Petersburg and Mt. Hoverla are far apart.
Was it the 1st Bn. or the 2nd?¦He did not say.
The general -- he is 61 -- declined.¦"No comment."
Ukraine’s army said: “We advance.¦Slowly.”
Dr. Olena Hrytsak and Mr. Petrov v. the State.
iPhone footage shows it.¦eBay removed the helmets.
The so-called D.P.R. and L.P.R. are not recognised.
He earned $3.2 a day.[12]¦Others earned less.
"""

RUSSIAN = """
Он ушёл в 5 ч. утра.¦Г. Киев молчал.
Это г. Киев, т. е. столица.¦В 2022 г. Россия напала.
Он погиб 5 мая 2022 г.¦Потом погиб его брат.
В 1943–1944 гг. здесь стоял фронт.
А. С. Пушкин здесь не бывал.¦Зато бывал Л. Н. Толстой.
«Мы выстоим, — сказал он. — Мы дома».=>«Мы выстоим, — сказал он.¦— Мы дома».
«Уходим!» — крикнул сержант.¦«Куда?» — спросил Бондарь.
«Они ушли.¦Мы остались.¦Больше ничего не помню», — рассказала она.
«Когда это кончится?» — Этот вопрос задают все.
— Стой!¦— Стою.
— Где танки? — спросил он.
— Сгорели, — ответил наводчик.¦— Все до одного.
Ракета попала в дом на ул. Садовой, д. 5, кв. 12.¦Погибли двое.
В с. Счастливое и пос. Новом нет света.
Генерал-майор (ныне ген.-лейт.) Сидоренко и подполк. Рудь молчат.
Школа им. Шевченко сгорела.¦Дали денег им.¦Они отказались.
На площади 15 кв. км. стоят 200 ед. техники и 3 тыс. солдат.
Там погибли танкисты, мотострелки, сапёры и др.¦Всех похоронили.
Снаряды, мины, патроны и т. д. и т. п. закончились.
В XX в. здесь воевали дважды.¦В XXI в. — снова.
По данным т. н. ДНР, погибли 5 чел.¦Киев это отрицает.
Ущерб — 2,5 млрд руб. или 30 млн долл. США.
См. рис. 5 и табл. 2 на стр. 14.
Что это было?!¦Никто не знает…¦А вы?
Он молчал... Потом заговорил.=>Он молчал...¦Потом заговорил.
Он сказал, что... не знает.
Дальность — 4.5 км, калибр — 7.62 мм.
Харьков, 5 марта 2022.‖Фото Укринформ
Удар нанесли ночью.‖Пострадавших нет
Источник: Strana.ua и Meduza.io.¦Проверить это нельзя.
1. Отойти.¦2. Ждать сапёров.
Он служил в 1-й танковой бр. и в 5-м полку.
Дж. Байден и Дж. Р. Р. Толкин — тёзки.
Солдаты (их было 12.) ушли.¦(Позже вернулись трое.)
Министр сказал: «Мы не отступим».¦Он ошибся.
“Град” бьёт с окраины.¦"Грады" отвечают.
Это (!) неправда.¦Ложь [...] повторили дважды.
В 20.30 начался обстрел.¦24.02.2022 г. началась война.
В Харьковской обл. Украины тихо.
Прибыл полк.¦Командир его убит.
Пуля калибра 5.45 прошла навылет.¦Врач: «Повезло.¦Очень».
Обстрел начался в 20 ч. 30 мин. и длился до 21 ч.¦Ранены трое.
Это сказал В.В. Бондарь.¦В.Бондарь позже уточнил.‖Песков молчал.
Что?..¦Где?..¦Он не понял.
Ушли из н. п. Пески.¦Н. п. Марьинка держится.
Житель с. Новое (Харьковская обл.) рассказал об этом.¦Это 5-й км.¦Дальше — мины.
Кто-то из «Азова»?¦— Нет.
Ст. лейтенант Иванов и мл. сержант Петров погибли.¦Ст. 51 Конституции.
"""

UKRAINIAN = """
Вибухи пролунали о 5 год. ранку в м. Київ.¦Пл. ім. Т. Шевченка порожня.
У XX ст. Україна воювала двічі.
Він загинув 5 травня 2022 р.¦Згодом загинув його брат.
У 2014–2022 рр. тут була лінія фронту.
«Ми вистоїмо, — сказав він. — Ми вдома».=>«Ми вистоїмо, — сказав він.¦— Ми вдома».
«Відходимо!» — крикнув сержант.¦«Куди?» — спитав Бондар.
«Вони пішли.¦Ми лишилися.¦Більше нічого не пам’ятаю», — розповіла вона.
– Стій!¦– Стою.
– Де танки? – спитав він.
– Згоріли, – відповів навідник.¦– Усі до одного.
Ракета влучила в будинок на вул. Садовій, буд. 5, кв. 12.¦Загинули двоє.
У с. Щасливе та смт. Новому немає світла.
Ген. Сидоренко та підполк. Рудь мовчать.
На о. Зміїний висадився десант.¦Р. Дніпро замінували.
Загинули танкісти, піхотинці, сапери та ін.¦Усіх поховали.
Снаряди, міни, набої і т. д. закінчилися.
За даними т. зв. ДНР, загинули 5 осіб.¦Київ це заперечує.
Збитки — 2,5 млрд грн. або 60 млн дол. США.
Що це було?!¦Ніхто не знає…¦А ви?
Він сказав, що... не знає.
Харків, 5 березня 2022.‖Фото Укрінформ
Удару завдали вночі.‖Постраждалих немає
Джерело: Pravda.com.ua та Texty.org.ua.¦Перевірити це неможливо.
24 лютого ц. р. минув рік.
В. Зеленський та В. Залужний зустрілися.¦О. І. Сирський не приїхав.
Це (!) неправда.¦Брехню […] повторили двічі.
Дальність — 4.5 км.¦Калібр — 7.62 мм.
О 20.30 почався обстріл.¦Тривав до 3 год. ночі.
Прибув полк.¦Командира його вбито.
У Харківській обл. України тихо.
"Хто стріляв?" - запитав капітан.¦"Ми", - відповів хтось.
У 1941 р. німці, з 2014 р. — росіяни.¦З 2014 р. Донбас окуповано.
Ст. сержант Бойко й мол. лейтенант Рудь загинули.¦Див. мапу.
Втрати – 5 тис.¦Україна даних не дає.
Фото: Ю. Мейс.‖Джерело невідоме
Мешкає в с. Роботине Запорізької обл.¦Там тихо.
1) Відійти.¦2) Чекати на саперів.
"""


def _cases() -> list[tuple[str, str, str]]:
    found = []
    for lang, corpus in (("en", ENGLISH), ("ru", RUSSIAN), ("uk", UKRAINIAN)):
        for line in corpus.strip().splitlines():
            plain, _, bars = line.rpartition("=>")
            text = plain or bars.replace("¦", " ").replace("‖", "")
            found.append((lang, text, bars.replace("‖", "¦")))
    return found


def bars(text: str, lang: str | None) -> str:
    cut = document(text, lang)
    return "¦".join(cut.sentence(n) for n in range(len(cut.sentences)))


@pytest.mark.parametrize(("lang", "text", "expected"), _cases(), ids=[text[:40] for _, text, _ in _cases()])
def test_sentences(lang: str, text: str, expected: str) -> None:
    assert bars(text, lang) == expected


def test_without_a_language_it_is_detected() -> None:
    assert document("Командир сказал, что это была ошибка и что её исправят.").lang == "ru"
    assert document("Командир сказав, що це була помилка.").lang == "uk"
    assert document("The commander said that this was a mistake.").lang == "en"
    assert document("12345").lang == "und"
    assert document("Dowódca powiedział, że to był błąd, i że zostanie naprawiony do jutra.").lang == "und"


def test_line_breaks_and_blank_lines_end_sentences() -> None:
    cut = document("Kyiv holds\r\n\r\n- one\n• two of\n \t \nthree\rfour\u2028five. Six", "en")
    assert [cut.sentence(n) for n in range(len(cut.sentences))] == [
        "Kyiv holds",
        "- one",
        "• two of",
        "three",
        "four",
        "five.",
        "Six",
    ]
    assert [(p.first, p.last) for p in cut.paragraphs] == [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 7)]
    assert [s.paragraph for s in cut.sentences] == [0, 1, 2, 3, 4, 5, 5]
    assert cut.paragraphs[5].span.of(cut.text) == "five. Six"


def test_nothing_is_made_of_nothing() -> None:
    for text in ("", " ", "\n\n", "\ufeff \n"):
        assert [s.span.of(text).strip() for s in document(text, "en").sentences] in ([], ["\ufeff"])


def _check(text: str, lang: str | None) -> None:
    cut = document(text, lang)
    end = 0
    for sentence in cut.sentences:
        assert end <= sentence.span.start < sentence.span.end
        assert not text[end : sentence.span.start].strip()
        piece = sentence.span.of(text)
        assert piece == piece.strip()
        end = sentence.span.end
    assert not text[end:].strip()
    first = 0
    for paragraph in cut.paragraphs:
        assert paragraph.first == first < paragraph.last
        first = paragraph.last
    assert first == len(cut.sentences)


# fmt: off
PIECES = st.sampled_from([
    "г", "т", "U.S", "p.m", "ст", "Он", "the", "The", "a", "5", "2022", "XX", "J", ".", "...", "…", "!", "?", " ", "  ",
    '"', "«", "»", "“", "”", "’", "'", "(", ")", "[", "]", "—", "-", ",", "\n", "\r\n", "\xa0", "\x00", "\ud800",
    "\u2028", "\x1c", "\x85", "example.com", "е\u0301", "😀",
])
# fmt: on


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["en", "ru", "uk", "und"]))
@settings(max_examples=100, deadline=None)
def test_sentences_hold_every_visible_character(text: str, lang: str) -> None:
    _check(text, lang)


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_cut(text: str) -> None:
    _check(text, None)


@pytest.mark.parametrize(
    "text",
    [
        "слово " * 17_000,
        "а" * 100_000,
        "." * 100_000,
        ". " * 50_000,
        '"' * 100_000,
        '."А' * 30_000,
        ".—" * 50_000,
        "А. " * 33_000,
        "т. е. " * 17_000,
        "1. " * 33_000,
        "«" * 50_000 + "»" * 50_000,
        "Он.Он" * 20_000,
        "\n" * 10_000,
        " \n" * 50_000,
        "— " * 50_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_long_texts_take_linear_time(text: str) -> None:
    started = time.process_time()
    cut = document(text, "ru")
    assert time.process_time() - started < 4
    assert len(cut.sentences) <= len(text)


def test_spans_are_offsets_into_the_text_as_read() -> None:
    text = "\ufeffОдин.\r\n\r\nДва.  Три."
    cut = document(text, "ru", "a.txt")
    assert cut.text is text
    assert cut.name == "a.txt"
    assert [text.index(word) for word in ("Два.", "Три.")] == [s.span.start for s in cut.sentences[1:]]


def test_no_sentence_is_cut_after_a_title_or_inside_a_number() -> None:
    for title in ("Gen.", "Lt. Col.", "Mr.", "ген.", "подполк.", "ул.", "вул.", "смт.", "проф."):
        lang = "en" if title[0].isascii() else "uk" if title in ("вул.", "смт.") else "ru"
        assert bars(f"x {title} Bondar left.", lang).count("¦") == 0, title
    assert not re.search("¦", bars("Погибло 1.5 тыс. чел., ранено 3.2 тыс. чел.", "ru"))


@given(st.lists(PIECES, max_size=20).map("".join), st.lists(PIECES, max_size=4).map("".join), st.data())
def test_an_edited_document_is_the_document_of_the_edited_text(text: str, words: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    before = document(text, "ru", "a")
    assert edited(before, Span(start, end), words) == document(text[:start] + words + text[end:], "ru", "a")
