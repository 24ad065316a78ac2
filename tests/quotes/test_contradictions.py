"""Contradictions between renderings of one utterance: found where they are, silent where there are none."""

import pytest

from glossary.quotes.contradictions import contradictions

CONTRADICTORY = [
    (
        "en",
        "There are more losses from our own than from the Ukrainians",
        "There are more losses from the Ukrainians than from our own",
    ),
    ("en", "It will take weeks, not months", "It will take months, not weeks"),
    ("en", "fire from their own tanks", "firing on their own tanks"),
    ("en", "Nobody was told about the order", "Everybody was told about the order"),
    ("en", "We have no shells left", "We have shells left"),
    ("en", "We never surrendered the village", "We surrendered the village"),
    ("en", "Forty men died in the first hour", "Fourteen men died in the first hour"),
    ("en", "The Russians shelled the Ukrainians all night", "The Ukrainians shelled the Russians all night"),
    ("en", "They are advancing on the city", "They are retreating from the city"),
    ("en", "It happened in the morning near the bridge", "It happened in the evening near the bridge"),
    ("en", "He was alive when we found him", "He was dead when we found him"),
    ("en", "I don’t regret coming here", "I regret coming here"),
    ("en", "the commander shot the soldier", "the soldier shot the commander"),
    ("en", "Two of us came back out of thirty", "Twelve of us came back out of thirty"),
    ("en", "We were ordered to fire at the depot", "We were ordered to fire past the depot"),
    ("ru", "Нам приказали стрелять по школе", "Нам приказали стрелять мимо школы"),
    ("uk", "Нам наказали стріляти по школі", "Нам наказали стріляти повз школу"),
    ("ru", "От своих потерь больше, чем от украинцев", "От украинцев потерь больше, чем от своих"),
    ("ru", "Это займёт недели, а не месяцы", "Это займёт месяцы, а не недели"),
    ("ru", "огонь из собственных танков", "огонь по собственным танкам"),
    ("ru", "Никто не погиб", "Погибли все"),
    ("ru", "Связь есть", "Связи нет"),
    ("ru", "Командир застрелил солдата", "Солдат застрелил командира"),
    ("ru", "Трое вернулись из боя", "Вернулись из боя тринадцать"),
    ("ru", "Мы наступаем на город", "Мы отступаем от города"),
    ("ru", "Нас прикрывала артиллерия", "Нас не прикрывала артиллерия"),
    ("ru", "Он был жив, когда мы пришли", "Он был мёртв, когда мы пришли"),
    ("ru", "Убило двоих, семерых ранило", "Убило семерых, двоих ранило"),
    ("ru", "Помощь пришла утром", "Помощь пришла вечером"),
    ("uk", "Від своїх втрат більше, ніж від росіян", "Від росіян втрат більше, ніж від своїх"),
    ("uk", "Це триватиме тижні, а не місяці", "Це триватиме місяці, а не тижні"),
    ("uk", "вогонь зі своїх танків", "вогонь по своїх танках"),
    ("uk", "Ніхто нас не попередив", "Нас попередили"),
    ("uk", "Зв’язку немає", "Зв’язок є"),
    ("uk", "Росія атакувала Україну", "Україна атакувала Росію"),
    ("uk", "Ми наступаємо на місто", "Ми відступаємо від міста"),
    ("uk", "Він не хотів воювати", "Він хотів воювати"),
    ("uk", "Загинуло п’ятеро, десятеро поранені", "Загинуло десятеро, п’ятеро поранені"),
]
AGREEING = [
    (
        "en",
        "I tell you, the losses are mostly from our own side",
        "I’m telling you, most of the losses come from our own",
    ),
    ("en", "Nobody told us anything", "They told us nothing"),
    ("en", "We can’t help but laugh", "We have to laugh"),
    ("en", "the shelling was not heavy", "the shelling was light"),
    ("en", "Twenty guys were gone in two shots", "20 men were gone in two shots"),
    ("en", "Ukraine was attacked by Russia", "Russia attacked Ukraine"),
    ("ru", "Мы не намерены сдавать ключи", "Собирать ключи мы не планируем и другим не советуем"),
    ("en", "He was not only tired but hungry", "He was tired and hungry"),
    ("en", "We held for three days", "For three days we held"),
    ("en", "They did not come back", "None of them came back"),
    ("ru", "Я ничего не знал", "Мне ничего не было известно"),
    ("ru", "Никто никому ничего не сказал", "Никому не сказали"),
    ("ru", "Россия напала на Украину", "На Украину напала Россия"),
    ("ru", "Двадцать пацанов погибли", "Погибло 20 ребят"),
    ("ru", "Не могу не согласиться с этим", "Согласен с этим"),
    ("ru", "Мы не уйдём отсюда", "Отсюда мы не уйдём никогда"),
    ("ru", "Двое суток мы лежали под огнём", "Мы лежали под огнём двое суток"),
    ("ru", "Он не просто устал, он болен", "Он устал и болен"),
    ("ru", "Командир сказал солдату ждать", "Солдату сказал ждать командир"),
    ("uk", "Я нічого не знав", "Мені нічого не було відомо"),
    ("uk", "На Україну напала Росія", "Росія напала на Україну"),
    ("uk", "Ніхто нікому нічого не сказав", "Нікому не сказали"),
    ("uk", "Загинуло двадцятеро хлопців", "Загинули 20 хлопців"),
    ("uk", "Не можу не погодитися з цим", "Згоден з цим"),
    ("uk", "Ми тримаємося, але важко", "Важко, але тримаємося"),
]


@pytest.mark.parametrize(("lang", "one", "other"), CONTRADICTORY)
def test_contradictions_are_found_both_ways_round(lang, one, other):
    assert contradictions(one, other, lang)
    assert contradictions(other, one, lang)


@pytest.mark.parametrize(("lang", "one", "other"), AGREEING)
def test_true_renderings_raise_none(lang, one, other):
    assert contradictions(one, other, lang) == ()


@pytest.mark.parametrize(
    ("lang", "one", "other", "kind"),
    [
        ("ru", "Мы отступаем", "Мы не отступаем", "negation"),
        ("uk", "Від своїх втрат більше, ніж від росіян", "Від росіян втрат більше, ніж від своїх", "swap"),
        ("en", "fire from their own tanks", "firing on their own tanks", "direction"),
        ("ru", "Двадцать человек погибли", "Тридцать человек погибли", "number"),
        ("uk", "Вони наступають на село", "Вони відступають від села", "opposite"),
    ],
)
def test_the_kind_is_named(lang, one, other, kind):
    assert [found.kind for found in contradictions(one, other, lang)] == [kind]


def test_the_differing_words_are_given():
    (found,) = contradictions("Forty men died", "Fourteen men died", "en")
    assert (found.one, found.other) == ("Forty", "Fourteen")


@pytest.mark.parametrize("lang", ["en", "ru", "uk"])
def test_a_fragment_does_not_contradict_by_being_cut(lang):
    pairs = {
        "en": ("regret it", "We will never regret it, whatever they say of us"),
        "ru": ("жалеть об этом", "Мы никогда не будем жалеть об этом, что бы о нас ни говорили"),
        "uk": ("шкодувати про це", "Ми ніколи не будемо шкодувати про це, хоч би що про нас казали"),
    }
    assert contradictions(*pairs[lang], lang) == ()


def test_other_languages_are_left_alone():
    assert contradictions("Wir gehen", "Wir gehen nicht", "de") == ()


def test_numbers_with_other_separators_are_equal():
    assert contradictions("46 000 рублей за раз", "46.000 рублей за раз", "ru") == ()
