"""What happened to a quote on the way into the target, each planted alone in a clean pair."""

import pytest

from glossary.alignment.beads import Alignment, Bead
from glossary.examination import examine
from glossary.files.pairs import PairEntry, load_project
from glossary.findings import Finding, Severity
from glossary.quotes.extraction import find_quotes
from glossary.quotes.integrity import integrity_findings, unclosed_findings
from glossary.quotes.links import find_links
from glossary.service import Settings, resources
from glossary.text.segment import document


def findings(english: str, other: str, lang: str, profanity: str = "ask") -> list[Finding]:
    source, target = document(english, "en"), document(other, lang)
    beads = [
        Bead(tuple(range(one.first, one.last)), tuple(range(two.first, two.last)), 1.0)
        for one, two in zip(source.paragraphs, target.paragraphs, strict=True)
    ]
    pair = Alignment(source, target, tuple(beads))
    left, right = find_quotes(source), find_quotes(target)
    found = integrity_findings(left, right, find_links(left, right, pair), pair, profanity)
    return [*found, *unclosed_findings(source, left, "source"), *unclosed_findings(target, right, "target")]


CLEAN = [
    ("“We lost 40 men at the bridge,” said Koval.", "«Мы потеряли у моста 40 человек», — сказал Коваль.", "ru"),
    ("“We lost forty men at the bridge,” said Koval.", "«Ми втратили біля мосту 40 осіб», — сказав Коваль.", "uk"),
    ("“We do not know who fired,” said Koval.", "«Мы не знаем, кто стрелял», — сказал Коваль.", "ru"),
    ("“We know [the guys] well,” said Koval.", "«Мы хорошо знаем [ребят]», — сказал Коваль.", "ru"),
    ("“We waited … nobody came,” said Koval.", "«Мы ждали… никто не пришёл», — сказал Коваль.", "ru"),
    ("“They fired at us,” said Koval.", "«Они стреляли в нас», — сказал Коваль.", "ru"),
    ("“Where the fuck are the shells?” Koval asked.", "«Где, блядь, снаряды?» — спросил Коваль.", "ru"),
    ("“We left at night,” Koval told Suspilne.", "«Мы ушли ночью», — рассказал Коваль «Суспильному».", "ru"),
    ("“We left at night,” Koval told the BBC.", "«Ми пішли вночі», — розповів Коваль Бі-бі-сі.", "uk"),
    ("“We left at night,” Koval told Reuters.", "«Ми пішли вночі», — розповів Коваль агентству Reuters.", "uk"),
    ("The paper was closed.", "Газету «Северный рубеж» закрыли.", "ru"),
    ("“It is hardly possible,” said Koval.", "«Это невозможно», — сказал Коваль.", "ru"),
    ("He left at “6 a.m. sharp”, said Koval.", "Он ушёл «ровно в 6 утра», сказал Коваль.", "ru"),
    ("Koval called the order “senseless”.", "Коваль назвал приказ «бессмысленным».", "ru"),
    (
        "“If I'm not home by May, sell it,” said Koval.",
        "«Якщо не буду вдома до травня, продайте», — сказав Коваль.",
        "uk",
    ),
    ("“I don't give a damn who wrote it,” said Koval.", "«Мне плевать, кто это написал», — сказал Коваль.", "ru"),
    ("“My country needs me at home,” said Koval.", "«Наша страна ждёт меня дома», — сказал Коваль.", "ru"),
    ("“You cannot hear them, I know that,” said Koval.", "«Их не слышно, мы это знаем», — сказал Коваль.", "ru"),
]
PLANTED = [
    (
        "quote-negation", "default",
        "“I packed on Friday and she packs now. They told us not to film the queue,” said Koval.",
        "«Я собралась в пятницу, а она собирается сейчас. Нам велели снимать очередь», — сказала Коваль.", "ru",
    ),
    (
        "quote-person", "default",
        "“I told him to sleep and he told me to leave him alone,” said Koval.",
        "«Ми казали йому спати, а він відповів нам, щоб дали спокій», — сказав Коваль.", "uk",
    ),
    (
        "quote-marks-lost", "speaker",
        "“We held the bridge for six days,” said Koval.",
        "Коваль сказал, что они удерживали мост шесть дней.", "ru",
    ),
    (
        "quote-marks-gained", "default",
        "Koval left the bridge after six days of fighting.",
        "После шести дней боёв Коваль «наконец покинул свой мост».", "ru",
    ),
    (
        "quote-unclosed", "default",
        "“We held the bridge for six days,” said Koval.",
        "«Мы удерживали мост шесть дней, — сказал Коваль.", "ru",
    ),
    (
        "quote-unclosed", "stray",
        "“We held the bridge for six days,” said Koval.",
        "Мы удерживали мост шесть дней», — сказал Коваль.", "ru",
    ),
    (
        "quote-split", "default",
        "“We held the bridge for six days and nobody came to help us in all that time,” said Koval.",
        "«Мы удерживали мост шесть дней», — сказал Коваль. «И за всё это время никто не пришёл нам на помощь».", "ru",
    ),
    (
        "quote-split", "merged",
        "“We held the bridge for six days,” said Koval. “In all that time nobody came to help us.”",
        "«Ми тримали міст шість днів, і за весь цей час ніхто не прийшов нам на допомогу», — сказав Коваль.", "uk",
    ),
    (
        "quote-number", "default",
        "“We lost 40 men at the bridge,” said Koval.",
        "«Мы потеряли у моста 14 человек», — сказал Коваль.", "ru",
    ),
    (
        "quote-number", "lost",
        "“We lost 40 men at the bridge,” said Koval.",
        "«Мы потеряли у моста людей», — сказал Коваль.", "ru",
    ),
    (
        "quote-negation", "default",
        "“We did not fire at the school,” said Koval.",
        "«Мы стреляли по школе», — сказал Коваль.", "ru",
    ),
    (
        "quote-negation", "gained",
        "“We fired at the school,” said Koval.",
        "«Ми не стріляли по школі», — сказав Коваль.", "uk",
    ),
    (
        "quote-person", "default",
        "“Our tanks fired at us,” said Koval.",
        "«Танки стреляли, и они отошли», — сказал Коваль.", "ru",
    ),
    (
        "quote-bracket", "default",
        "“They fired at our own [guys] from the hill,” said Koval.",
        "«Они стреляли с холма по нашим ребятам», — сказал Коваль.", "ru",
    ),
    (
        "quote-ellipsis", "default",
        "“We waited … and then we left the bridge,” said Koval.",
        "«Мы ждали, а потом ушли с моста», — сказал Коваль.", "ru",
    ),
    (
        "quote-profanity", "default",
        "“Where the fuck are the shells?” Koval asked.",
        "«Где же снаряды?» — спросил Коваль.", "ru",
    ),
    (
        "quote-profanity", "gained",
        "“Where are the shells?” Koval asked.",
        "«Где, блядь, снаряды?» — спросил Коваль.", "ru",
    ),
    (
        "quote-attribution", "verb",
        "“We left the bridge at night,” said Koval.",
        "«Мы ушли с моста ночью», — похвастался Коваль.", "ru",
    ),
    (
        "quote-attribution", "speaker",
        "“We left the bridge at night,” said Koval.",
        "«Мы ушли с моста ночью».", "ru",
    ),
    (
        "quote-attribution", "outlet",
        "“We left the bridge at night,” Koval told Suspilne.",
        "«Мы ушли с моста ночью», — рассказал Коваль.", "ru",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("english", "other", "lang"), CLEAN)
def test_a_faithful_rendering_is_left_in_peace(english: str, other: str, lang: str) -> None:
    assert findings(english, other, lang) == []


@pytest.mark.parametrize(("rule", "variant", "english", "other", "lang"), PLANTED)
def test_a_planted_change_is_found(rule: str, variant: str, english: str, other: str, lang: str) -> None:
    found = findings(english, other, lang)
    assert (rule, variant) in [(f.rule, f.variant) for f in found]
    assert all(f.source is not None or f.target is not None for f in found)


def test_the_likely_place_of_a_missing_mark_is_before_the_attribution() -> None:
    text = "«Стрелять нечем, сказал командир во вторник.\nБригада молчит."
    doc = document(text, "ru")
    (finding,) = unclosed_findings(doc, find_quotes(doc), "target")
    assert finding.params["place"] == "Стрелять нечем"
    assert (finding.params["line"], finding.params["column"]) == ("1", "1")


SPELT, MASKED = "«Где, блядь, снаряды?» — спросил Коваль.", "«Где, б***ь, снаряды?» — спросил Коваль."


@pytest.mark.parametrize(
    ("policy", "target", "variants"),
    [
        ("ask", SPELT, []),
        ("ask", MASKED, []),
        ("keep", SPELT, []),
        ("keep", MASKED, ["kept"]),
        ("mask", SPELT, ["unmasked"]),
        ("mask", MASKED, []),
        ("keep", "«Где же снаряды?» — спросил Коваль.", ["default"]),
        ("mask", "«Где же снаряды?» — спросил Коваль.", ["default"]),
    ],
)
def test_strong_language_follows_the_policy_of_the_house(policy: str, target: str, variants: list[str]) -> None:
    found = findings("“Where the fuck are the shells?” Koval asked.", target, "ru", policy)
    assert [f.variant for f in found if f.rule == "quote-profanity"] == variants
    assert all(f.message for f in found)


@pytest.mark.parametrize("task", ["check", "quotes"])
def test_a_wrong_figure_in_a_quote_is_told_once(task):
    source, target = "“They fired 40 shells,” he said.", "«Они выпустили 14 снарядов», — сказал он."
    entry = PairEntry("a", source_text=source, target_text=target, source_lang="en", target_lang="ru")
    found = examine(load_project(entry), resources(Settings(task))).findings
    assert [finding.rule for finding in found] == ["quote-number"]


@pytest.mark.parametrize("lang", ["ru", "uk"])
def test_an_interrupted_quote_is_compared_piece_by_piece(lang):
    source = "“I would not go back,” he said at last. “I would rather dig potatoes.”"
    target = {
        "ru": "«Я бы туда вернулся, — сказал он наконец. — Лучше уж картошку копать».",
        "uk": "«Я б туди повернувся, — сказав він нарешті. — Краще вже картоплю копати».",
    }[lang]
    entry = PairEntry("a", source_text=source, target_text=target, source_lang="en", target_lang=lang)
    found = examine(load_project(entry), resources(Settings("quotes"))).findings
    assert [(f.rule, f.source.of(source)) for f in found] == [("quote-negation", "I would not go back,")]


def test_a_free_rendering_that_denies_the_opposite_is_no_error():
    source, target = "“We will remain in this town,” he said.", "«Мы никуда из этого города не уйдём», — сказал он."
    entry = PairEntry("a", source_text=source, target_text=target, source_lang="en", target_lang="ru")
    found = examine(load_project(entry), resources(Settings("quotes"))).findings
    assert all(finding.weight < Severity.ERROR for finding in found)
