"""Who is quoted, and whether anybody is. {Name: words} is a quote by Name, {?: words} one by nobody named."""

import re

import pytest

from glossary.quotes.extraction import find_quotes
from glossary.text.segment import document

_QUOTE = re.compile(r"\{(?P<name>[^{}:]+): (?P<words>[^{}]*)\}")

ENGLISH = [
    "“{Sergeant Bohdan Lys: We held the bridge,}” Sergeant Bohdan Lys told the BBC.",
    "“{Maj. Olha Petrenko: We held,}” said Maj. Olha Petrenko, a spokeswoman for the brigade.",
    "Vlasenko, who visited Kharkiv on Monday, said: “{Vlasenko: We will rebuild.}”",
    "According to General Ivan Koval, the attack was “{General Ivan Koval: a failure from the first hour}”.",
    "Her counterpart, Dmytro Vlasenko, thanked London: “{Dmytro Vlasenko: You saved my soldiers’ lives.}”",
    "Petrenko, a spokeswoman for the brigade, said: “{Petrenko: We held.}”",
    "The ministry said in a statement that “{The ministry: all drones were shot down.}”",
    "“{a soldier identified as Aleksei: They shoot at us,}” a soldier identified as Aleksei tells his mother.",
    "On Telegram, war blogger Semyon Peskov wrote that it was “{war blogger Semyon Peskov: unavoidable}”.",
    "Asked about losses, Colonel Reed replied, “{Colonel Reed: No comment.}”",
    "Soldier: “{Soldier: Who is shooting?}”",
    "“{the 34-year-old conscript from Tver: I don’t know,}” the 34-year-old conscript from Tver admitted.",
    "“{Koval: We held,}” Koval said. “{Koval: We lost six men,}” he added.",
    "“{Koval: We held,}” Koval said. “{Koval: We lost six men.}”",
    "The minister called the strike “{The minister: a crime}”.",
    "A captured conscript said in a video that he had been told it was “{A captured conscript: an exercise.}”",
    "General Koval said that he called it “{General Koval: a mess}”.",
    "“{?: We shall overcome.}”",
    "Premier Juraj Hruska said his country would send “{Premier Juraj Hruska: not a bolt}”, according to the BBC.",
    "President Kemal Arslan told reporters that it was “{President Kemal Arslan: a door}”, Reuters reported.",
    "Minister Alexei Morozov was quoted by RIA as saying that it was “{Minister Alexei Morozov: a plan}”.",
    "Volunteer Tomas Beran, speaking in Czech to the radio, called it “{Volunteer Tomas Beran: a long winter}”.",
    "A call released on Sunday has a sergeant telling his cousin that they “{a sergeant: left in the only car}”.",
    "Bohdan Lys thanked the crew. Earlier in the day he had said that they were “{Bohdan Lys: tired}”.",
    "Army medic Yaryna Kobets, 26, keeps a notebook. “{Yaryna Kobets: Most ask for water,}” she told Reuters.",
    "Gennady, a retired driver, was blunter. “{Gennady: Nobody sells me petrol,}” he said.",
    "Reached by phone, Capt Ihor Bezruk takes it well. “{Capt Ihor Bezruk: She outranks me,}” he says.",
    "A resident of Belgorod, who gave her name as Tamara, said it was “{Tamara: like surrender}”.",
    "The brigade's commander, Col. Taras Dovhan, had the last word. “{Col. Taras Dovhan: Count us,}” he wrote.",
    "“{retired U.S. general Mark Dunleavy: Wars are long,}” retired U.S. general Mark Dunleavy told Reuters.",
]
RUSSIAN = [
    "«{сержант Богдан Лыс: Мы держали мост}», — рассказал Би-би-си сержант Богдан Лыс.",
    "Власенко, посетивший Харьков в понедельник, заявил: «{Власенко: Мы всё отстроим}».",
    "По словам генерала Коваля, атака была «{генерала Коваля: провалом с первого часа}».",
    "«{Коваль: Всё кончено}», — сказал Коваль. «{Коваль: Мы проиграли}», — добавил он.",
    "Министерство обороны сообщило, что «{Министерство обороны: все беспилотники сбиты}».",
    "«{34-летняя Анна Белова: Не знаю}», — призналась 34-летняя Анна Белова журналистам.",
    "Как написал в телеграме военкор Пегов, отход был «{военкор Пегов: неизбежным}».",
    "«{командир: Мины, — сказал командир, — хуже всего}».",
    "— {мать: Кто стреляет?} — спросила мать.",
]
UKRAINIAN = [
    "«{сержант Богдан Лис: Ми тримали міст}», — розповів журналістам сержант Богдан Лис.",
    "За словами генерала Коваля, атака була «{генерала Коваля: провалом із першої години}».",
    "Речниця бригади Ольга Петренко заявила: «{Речниця бригади Ольга Петренко: Ми вистояли}».",
    "«{Микола: Не знаю}», – зізнається Микола, позивний «Лис».",
    "Міністерство повідомило, що «{Міністерство: всі дрони збито}».",
]


@pytest.mark.parametrize(
    ("lang", "marked"),
    [("en", c) for c in ENGLISH] + [("ru", c) for c in RUSSIAN] + [("uk", c) for c in UKRAINIAN],
)
def test_speaker(lang: str, marked: str) -> None:
    expected = [(m["words"], None if m["name"] == "?" else m["name"]) for m in _QUOTE.finditer(marked)]
    text = _QUOTE.sub(lambda m: m["words"], marked)
    assert [(q.span.of(text), q.speaker) for q in find_quotes(document(text, lang)) if q.speech] == expected


KINDS = [
    ("en", "title", "The newspaper “Northern Front” was closed."),
    ("en", "title", "She starred in the film “Winter on Fire.”"),
    ("en", "title", "A medic with the call sign “swallow” answered."),
    ("en", "title", "The “Azov” brigade held the line."),
    ("en", "title", "The frigate “Admiral Lebedev” sank."),
    ("en", "title", "He wrote “The Long Road Home” in 2015."),
    ("en", "title", "He said that “Azov” fighters had left."),
    ("en", "direct", "He said “Yes” to the offer."),
    ("en", "fragment", "The minister called him “a Moscow puppet”."),
    ("ru", "title", "Он сказал, что «Рубеж» отступил."),
    ("ru", "direct", "Он сказал «Спасибо» и ушёл."),
    ("ru", "direct", "Он крикнул: «Стой» и выстрелил."),
    ("ru", "fragment", "Он сказал, что «победа никогда не достаётся даром»."),
    ("ru", "fragment", "Генерал описал обстрел как «случайность»."),
    ("uk", "title", "Він сказав, що «Рубіж» відступив."),
    ("uk", "direct", "Він крикнув: «Стій» і вистрілив."),
    ("en", "scare", "The so-called “referendum” was held at gunpoint."),
    ("en", "scare", "The word “special” was removed."),
    ("en", "scare", "Cells can “see” the protein."),
    ("en", "fragment", "He said the result was “extensive”."),
    ("en", "fragment", "The minister branded the claim “fake news”."),
    ("en", "fragment", "Officials said they were “obviously disappointed” with it."),
    ("en", "direct", "“We left,” he said."),
    ("en", "direct", "He said: “We left.”"),
    ("en", "direct", "The sign read “No entry for us.”"),
    ("ru", "title", "Крейсер «Адмирал Лебедев» затонул."),
    ("ru", "title", "Об этом пишет «Северный рубеж»."),
    ("ru", "title", "Об этом сообщает газета «Северный рубеж», сказал он."),
    ("ru", "title", "Вратарь «Рубежа» отбил удар."),
    ("ru", "title", "Удар нанесён ракетой «Рубин-М», сообщили в штабе."),
    ("ru", "title", "«Рубеж» одержал победу."),
    ("ru", "title", "Боец с позывным «лис» ушёл."),
    ("ru", "scare", "Так называемые «добровольцы» ушли."),
    ("ru", "scare", "Клетки учатся «видеть» белок."),
    ("ru", "fragment", "Министр назвал удар «ответом»."),
    ("ru", "fragment", "Он сказал, что они «явно разочарованы»."),
    ("ru", "direct", "«Уходим», — сказал он."),
    ("ru", "direct", "Он сказал: «Уходим»."),
    ("uk", "title", "Боєць із позивним «Лис» пішов."),
    ("uk", "title", "Воротар «Рубежа» відбив удар."),
    ("uk", "title", 'ФК "Рубіж" переміг.'),
    ("uk", "title", "Про це пише «Північний рубіж»."),
    ("uk", "scare", "Так званий «референдум» провалився."),
    ("uk", "scare", "Клітини вчаться «бачити» білок."),
    ("uk", "fragment", "Міністр назвав удар «відповіддю»."),
    ("uk", "fragment", "Він сказав, що вони «дуже розчаровані»."),
    ("uk", "direct", "«Йдемо», — сказав він."),
    ("uk", "direct", "Він сказав: «Йдемо»."),
]


@pytest.mark.parametrize(("lang", "kind", "text"), KINDS)
def test_kind(lang: str, kind: str, text: str) -> None:
    assert [q.kind for q in find_quotes(document(text, lang))] == [kind]


def test_a_dash_line_is_speech_and_a_list_is_not() -> None:
    text = "— Кто там?\n— Свои, — ответил часовой.\n— Идите.\nКупить:\n— хлеб;\n— соль;"
    assert [(q.kind, q.span.of(text)) for q in find_quotes(document(text, "ru"))] == [
        ("dash", "Кто там?"),
        ("dash", "Свои"),
        ("dash", "Идите."),
    ]


def test_a_sentence_attributed_with_a_dash_is_unmarked_speech() -> None:
    text = "Мы держимся, - рассказал командир."
    (quote,) = find_quotes(document(text, "ru"))
    assert (quote.kind, quote.span.of(text), quote.speaker) == ("unmarked", "Мы держимся", "командир")


def test_the_second_of_two_coordinated_quotes_is_speech_like_the_first() -> None:
    text = "He described the shelling as “non-stop” and the mood as “grim”."
    assert [q.kind for q in find_quotes(document(text, "en"))] == ["fragment", "fragment"]


def test_a_word_quoted_in_the_headline_is_speech_if_the_body_says_whose_it_is() -> None:
    text = "Minister ‘furious’ after strike\nThe minister said he was “furious”."
    assert [q.kind for q in find_quotes(document(text, "en"))] == ["fragment", "fragment"]


@pytest.mark.parametrize(
    ("lang", "text", "speakers"),
    [
        ("ru", "«Говоришь — тебя слышат», — сказал «Курьеру» по-русски оператор дрона.", ["оператор дрона", None]),
        ("uk", "«Говориш – тебе чують», – сказав «Кур’єру» українською оператор дрона.", ["оператор дрона", None]),
        ("ru", "«Держимся», — заявил на вечернем брифинге сержант Лыс.", ["сержант Лыс"]),
        ("uk", "«Тримаємося», – сказав під час російського штурму сержант Лис.", ["сержант Лис"]),
        ("ru", "«Мины», — сказал Алексей. Вечером Алексей вернулся к танку. «Никто не напишет», — говорит он.",
         ["Алексей", "Алексей"]),
        ("en", "“It was glass,” said Dr. Ihor Lanovyi. A surgeon beside him, Dr. Priya Nair, agreed. “Yes,” she said.",
         ["Dr. Ihor Lanovyi", "Dr. Priya Nair"]),
        ("en", "Eva Brandt told the Guardian that the army's answer had been “a stamp”.", ["Eva Brandt"]),
    ],
)  # fmt: skip
def test_who_is_quoted_in_harder_clauses(lang, text, speakers):
    assert [quote.speaker for quote in find_quotes(document(text, lang))] == speakers


def test_cases_in_which_no_subject_stands_name_nobody():
    text = "«Это наш танк»: разговор рассказывает о дружественном огне при российском штурме"
    (quote,) = find_quotes(document(text, "ru"))
    assert quote.speaker not in ("огне", "российском штурме", "штурме")
