"""Quotation marks in any typography. ⟦…⟧ encloses what must be found; ⟦!…⟧ is found and not closed."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from glossary.quotes.extraction import find_quotes
from glossary.quotes.marks import pair
from glossary.text.segment import document

ENGLISH = [
    "“⟦We are going home,⟧” he said.",
    "She called it “⟦a disaster⟧”.",
    "‘⟦We are going home,⟧’ he said.",
    "'⟦We are going home,⟧' he said.",
    '"⟦We are going home,⟧" he said.',
    "``⟦We are going home,⟧'' he said.",
    "''⟦We are going home,⟧'' he said.",
    "\"⟦He shouted '⟦Fire!⟧' and ran,⟧\" she said.",
    "“⟦He shouted ‘⟦Fire!⟧’ and ran,⟧” she said.",
    "‘⟦He shouted “⟦Fire!⟧” and ran,⟧’ she said.",
    "'⟦He shouted \"⟦Fire!⟧\" and ran,⟧' she said.",
    "“⟦And then he said, ‘⟦Go home.⟧’⟧”",
    "'⟦And then he said, \"⟦Go home.⟧\"⟧'",
    "“⟦And then he said, ‘⟦Go home⟧’,⟧” she recalled.",
    "“⟦I don’t know whose drones they were. They weren’t the boys’ drones,⟧” Petrova said.",
    "'⟦I don't know whose drones they were. They weren't the boys' drones,⟧' Petrova said.",
    "The soldiers' mothers and the officers' wives met the commander's aide.",
    "The soldiers’ mothers and the officers’ wives met the commander’s aide.",
    "In the '90s and the ’80s nobody said '⟦no⟧' to the army.",
    "Rock-'n'-roll and Zelensky 's visit: they 're here.",
    "'⟦We hit a 20' wall,⟧' he said.",
    "Rock 'n' roll, fish ’n’ chips: tell 'em to wait 'til dawn.",
    "O'Neill and O’Brien met D'Artagnan at St. John's.",
    'The 5\'9" sergeant and the 6\' 2" private lifted a 12" shell.',
    'The 12" gun fired. "⟦That was ours,⟧" he said.',
    '"⟦The 12" gun fired twice,⟧" he said.',
    "At 46°38'12\" N and 32°37' E the column stopped.",
    'They met at 48°0\'32"N, and "⟦nobody fired⟧", he said.',
    "“⟦First line of the order,⟧” it read. “⟦Second line.⟧”",
    "“⟦We saw them,⟧” he said, “⟦and they saw us.⟧”",
    "The order was plain—“⟦not one step back⟧”—and nobody obeyed.",
    'The order was plain -- "⟦not one step back⟧" -- and nobody obeyed.',
    "(“⟦We are fine,⟧” the message said.)",
    '("⟦We are fine,⟧" the message said.)',
    "He wrote: “⟦We … waited … in vain …⟧”",
    "“⟦… and nobody came,⟧” he said.",
    '"⟦...and nobody came,⟧" he said.',
    "“⟦Our own [guys] shot at us,⟧” he said.",
    "“⟦The first paragraph goes on and on.\n“The second ends it,⟧” he said.",
    "“⟦We waited for armour.\n“It never came.\n“We left at night.⟧”",
    '"⟦We waited for armour.\n\n"It never came.\n\n"We left at night.⟧"',
    "‘⟦We waited for armour.\n‘It never came.⟧’",
    '"⟦We waited for armour.\nIt never came.\nWe left at night,⟧" he said.',
    "“⟦We waited for armour.\nIt never came.⟧”\nThe ministry was silent.",
    "“⟦!We waited for armour.⟧\nThe ministry was silent.\nNobody answered.",
    'He said, "⟦She told me: "⟦Run.⟧" So I ran.⟧"',
    '“⟦Mixed marks are common,⟧" he said.',
    '"⟦Mixed marks are common,⟧” he said.',
    "„⟦Mixed marks are common,⟧” he said.",
    "The “⟦dangerous lies⟧' of the other side.",
    'The critics’ “⟦no⟧” and the ministers\' "⟦yes⟧".',
    "“⟦Yes⟧” or “⟦no⟧”? “⟦Maybe⟧”.",
    '"⟦Yes⟧"/"⟦no⟧"',
    "He is a so-called “⟦volunteer.⟧”",
    "His reply:“⟦No.⟧”",
    "«⟦We left,⟧» he said.",
    "He said “ ⟦we left⟧ ” and left.",
    "“⟦What did he say—‘⟦never⟧’?⟧”",
    "She was “⟦‘⟦sure⟧’ of it⟧”.",
    "“⟦One⟧”, “⟦two⟧”, “⟦three⟧”.",
    "'⟦I don't think so,⟧' he said. '⟦It's the boys' job.⟧'",
    "The players' '⟦secret⟧' plan and the '⟦heroes⟧' medals.",
    "He said: '⟦It is the soldiers' own fault⟧', and left.",
    "'⟦They said '⟦don't go\nout there⟧' and left,⟧' he said.",
    "'⟦We ran.\nThe guards' dogs ran too,⟧' he said.",
    '"⟦«⟦Rubezh⟧» is closed,⟧" he said.',
    '1) "⟦We left⟧"; 2) "⟦we stayed⟧".',
    "\"\" and “” and '' are empty.",
    "“⟦We held,⟧” said Lt. Col. A. Reed.\n“⟦We hold.⟧”",
    "Headline: ‘⟦They fired at us⟧’ – soldier",
    "She told us: '⟦I say: listen.\n'The plan isn't popular.\n'Put the ministers' plan aside.⟧'\nHe left.",
    "He added: ‘⟦I want to go.\n‘We all do.⟧’",
    "The unit’s “⟦hell⟧” – as he put it – lasted ’til May ’22.",
    "“⟦He told me, ‘⟦We’re the boys’ last hope.⟧’⟧”",
    '"⟦!We left, he said.⟧\n"⟦We came back,⟧" she said.',
    'Mother: "⟦Who?⟧"\nSoldier: "⟦Ours.⟧"',
]
RUSSIAN = [
    "«⟦Мы уходим⟧», — сказал он.",
    "«⟦Мы уходим?⟧» — спросил он.",
    "Он сказал: «⟦Мы уходим⟧».",
    "Он сказал: «⟦Мы уходим!⟧»",
    '"⟦Мы уходим⟧", - сказал он.',
    "„⟦Мы уходим⟧“, — сказал он.",
    "“⟦Мы уходим⟧”, — сказал он.",
    "«⟦Мы, — сказал он, — уходим⟧».",
    "«⟦Мы уходим, — сказал он. — Завтра⟧».",
    "«⟦Он крикнул: „⟦Бегом!⟧“ — и пропал⟧», — вспоминает сержант.",
    "«⟦Он крикнул: «⟦Бегом!⟧» — и пропал⟧», — вспоминает сержант.",
    "«⟦Он читал газету „⟦Рубеж⟧“⟧».",
    "«⟦Он читал газету «⟦Рубеж⟧».",
    "«⟦Он читал газету «⟦Рубеж⟧»⟧».",
    '"⟦Он читал газету "⟦Рубеж⟧".',
    '"⟦Он читал газету "⟦Рубеж⟧" каждый день⟧", - сказала она.',
    "«⟦Я крикнул: «⟦Стой!⟧», — рассказал часовой.",
    "Крейсер «⟦Адмирал Лебедев⟧» и газета «⟦Рубеж⟧».",
    "Так называемые «⟦добровольцы⟧» ушли.",
    "«⟦Нам обещали смену.\n«Смены нет.\n«Мы устали⟧».",
    "«⟦Нам обещали смену.\nСмены нет.\nМы устали⟧», — сказал он.",
    "«⟦!Нам обещали смену.⟧\nМинистерство молчит.",
    "«⟦!Нам обещали смену.⟧ «⟦Смены нет⟧», — сказал он.",
    "Он из рода О'Нилов, а она читала про д’Артаньяна.",
    "Рост 5'9\", координаты 46°38'12\".",
    "<<⟦Мы уходим⟧>>, - сказал он.",
    ",,⟦Мы уходим⟧'', - сказал он.",
    "»⟦Мы уходим⟧«, — сказал он.",
    "« ⟦Мы уходим⟧ », — сказал он.",
    "Он (по прозвищу «⟦Лис⟧») ушёл.",
    "«⟦Да⟧» или «⟦нет⟧»?",
    "«⟦“⟦Рубеж⟧” закрыт⟧», — сообщили в редакции.",
    "«⟦Они [сапёры] ушли⟧», — сказал он.",
    "«⟦Мы… ушли… ночью⟧», — сказал он.",
    "«⟦…и ушли⟧», — сказал он.",
    "— ⟦Кто стреляет?⟧ — спросила мать.",
    "— ⟦Свои.⟧",
    "— ⟦Мы, — сказал он, — уходим.⟧",
    "— ⟦Мы уходим⟧, — сказал он.\n— ⟦Когда?⟧ — спросила она.\n— ⟦Завтра.⟧",
    "– ⟦Мы уходим!⟧ – крикнул он.",
    "- ⟦Ты уходишь?⟧\n- ⟦Да, я ухожу.⟧",
    "Список:\n- хлеб\n- вода\n- патроны",
    "Список:\n— хлеб;\n— вода;\n— патроны.",
    "— «⟦Мы уходим⟧», — сказал он.",
    '«⟦Мы уходим⟧» - "⟦Рубеж⟧"',
    "«⟦!Мы уходим⟧, — сказал он.\nМинистерство молчит.",
    '"⟦«⟦Рубеж⟧» закрыт⟧", - сказал он.',
    'В 1990-х «⟦Рубеж⟧» выходил в 12" формате.',
    'Сказал" ⟦Мы идём⟧" и ушёл.',
]
UKRAINIAN = [
    "«⟦Ми йдемо⟧», — сказав він.",
    "“⟦Ми йдемо⟧”, – сказав він.",
    "„⟦Ми йдемо⟧”, – сказав він.",
    "„⟦Ми йдемо⟧“, – сказав він.",
    '"⟦Ми йдемо⟧", - сказав він.',
    "«⟦Він читав “⟦Рубіж⟧” щодня⟧», — каже вона.",
    "«⟦Він читав „⟦Рубіж⟧“ щодня⟧», — каже вона.",
    '«⟦Він читав "⟦Рубіж⟧" щодня⟧», — каже вона.',
    '"⟦Він читав «⟦Рубіж⟧» щодня⟧", – каже вона.',
    "«⟦П'ятеро пішли на зв'язок⟧», — каже він.",
    "'⟦П'ятеро пішли на зв'язок⟧', - каже він.",
    "‘⟦П’ятеро пішли на зв’язок⟧’, — каже він.",
    '"⟦П’ятеро пішли на зв’язок⟧", - каже він.',
    "«⟦Ми, – сказав він, – йдемо⟧».",
    '"⟦Ми йдемо, – сказав він. – Завтра⟧".',
    "«⟦Ми підемо, —\nсказав командир батальйону. —\nАле не сьогодні⟧».",
    "«⟦Нам обіцяли ротацію.\n«Ротації немає⟧».",
    "«⟦Нам обіцяли ротацію.\nРотації немає⟧», — каже він.",
    "«⟦!Нам обіцяли ротацію.⟧\nМіністерство мовчить.",
    'Боєць із позивним «⟦Лис⟧» і гурт "⟦Рубіж⟧".',
    "Так званий «⟦референдум⟧» провалився.",
    "— ⟦Хто стріляє?⟧ — спитала мати.\n— ⟦Наші⟧, — відповів син.",
    "– ⟦Ми, – каже він, – ідемо.⟧",
    "«⟦Він крикнув: «⟦Біжи!⟧», — згадує сержант.",
    "«⟦Він читає газету «⟦Рубіж⟧».",
    'ФК "⟦Рубіж⟧" грає з ФК "⟦Вежа⟧".',
    "Він мовив: “⟦Досить⟧”. Вона: “⟦Ні⟧”.",
]


def spans(marked: str) -> tuple[str, list[tuple[int, int, bool]]]:
    text = ""
    found: list[tuple[int, int, bool]] = []
    opened: list[tuple[int, bool]] = []
    skip = False
    for number, letter in enumerate(marked):
        if skip:
            skip = False
        elif letter == "⟦":
            closed = marked[number + 1] != "!"
            skip = not closed
            opened.append((len(text), closed))
        elif letter == "⟧":
            start, closed = opened.pop()
            found.append((start, len(text), closed))
        else:
            text += letter
    # One closing mark may serve for two levels: what is still open ends with the last one.
    found += [(start, found[-1][1], closed) for start, closed in opened]
    return text, sorted(found)


@pytest.mark.parametrize(
    ("lang", "marked"),
    [("en", c) for c in ENGLISH] + [("ru", c) for c in RUSSIAN] + [("uk", c) for c in UKRAINIAN],
)
def test_typography(lang: str, marked: str) -> None:
    text, expected = spans(marked)
    found = [q for q in find_quotes(document(text, lang)) if q.kind != "unmarked"]
    trimmed = []
    for quote in found:
        content = quote.span.of(text)
        lead = len(content) - len(content.lstrip())
        trimmed.append((quote.span.start + lead, quote.span.end - (len(content) - len(content.rstrip())), quote.closed))
    assert sorted(trimmed) == expected


def test_empty_text_has_no_quotes() -> None:
    assert pair("", "en").pairs == ()
    assert find_quotes(document("", "uk")) == ()


def test_a_closing_mark_without_an_opening_one_is_kept_apart() -> None:
    found = pair("Он ушёл домой», — сказал сосед.", "ru")
    assert found.pairs == ()
    assert [mark.start for mark in found.strays] == [13]


def test_author_words_inside_the_marks_are_asides() -> None:
    text = "«Мины, — сказал он, — хуже всего. Снаряды, — добавил он, — тоже»."
    (quote,) = find_quotes(document(text, "ru"))
    assert [aside.of(text) for aside in quote.asides] == [", — сказал он, — ", ", — добавил он, — "]


def test_levels_count_from_the_outside() -> None:
    text = "«Он крикнул: „Я читал в “Рубеже”!“ — и ушёл», — сказала она."
    assert [(q.level, q.span.of(text)[:8]) for q in find_quotes(document(text, "ru"))] == [
        (1, "Он крикн"),
        (2, "Я читал "),
        (3, "Рубеже"),
    ]


LETTERS = st.sampled_from(list("«»“”„‘’'\"`,.!?…—- \n\tAaБбsіЇ5°′[]\x00\ud800"))


@settings(max_examples=100, deadline=None)
@given(st.lists(LETTERS, max_size=120).map("".join) | st.text(max_size=80), st.sampled_from(["en", "ru", "uk", "und"]))
def test_any_text_gives_ordered_spans_in_bounds(text: str, lang: str) -> None:
    quotes = find_quotes(document(text, lang))
    assert [q.n for q in quotes] == list(range(len(quotes)))
    for quote in quotes:
        assert 0 <= quote.outer.start <= quote.span.start <= quote.span.end <= quote.outer.end <= len(text)
        assert all(quote.span.contains(aside) for aside in quote.asides)
        assert quote.level >= 1
        for place in (quote.carrier, quote.cue, quote.speaker_span):
            assert place is None or place.end <= len(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(LETTERS, max_size=80).map("".join))
@example("«««‘«’A‘")
@example("««\n«»»")
def test_quotes_nest_or_stand_apart(text: str) -> None:
    found = [q for q in find_quotes(document(text, "ru")) if q.closed]
    for one in found:
        for other in found:
            if one.n < other.n and one.outer.overlaps(other.outer):
                assert one.outer.contains(other.outer)


@pytest.mark.parametrize(
    "text",
    [
        "«" * 60_000,
        "«" * 30_000 + "»" * 30_000,
        "'" * 60_000,
        '"а' * 30_000,
        "‘s " * 20_000,
        "«Да», — сказал он. " * 3_000,
        "— Да, — сказал он.\n" * 3_000,
        "a” 5'" * 12_000,
        "9" * 60_000,
    ],
    ids=lambda text: text[:4].strip(),
)
def test_a_pathological_text_costs_no_more_than_its_length(text: str) -> None:
    begin = time.process_time()
    pair(text, "ru")
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "ru",
            "«Говоришь – тебя слышат, – сказал «Курьеру» оператор. Он добавил: «как на войне».",
            [("Говоришь – тебя слышат", False), ("Курьеру", True), ("как на войне", True)],
        ),
        (
            "uk",
            "«Тримаємося, – сказав командир. Він додав: «ні кроку назад».",
            [("Тримаємося", False), ("ні кроку назад", True)],
        ),
        ("ru", "«Он мне говорит: «Стой», – рассказал солдат.", [("Он мне говорит: «Стой", True), ("Стой", True)]),
    ],
)
def test_a_quote_that_the_writers_words_end_is_not_closed_by_a_later_one(lang, text, expected) -> None:
    found = find_quotes(document(text, lang))
    assert [(quote.span.of(text).rstrip(" ,"), quote.closed) for quote in found] == expected
