"""Drafts through a third language, with real packages; the Polish between is simulated (tests/models/copying.py)."""

import json
import runpy
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from glossary.cli import main
from glossary.drafting.drafts import draft
from glossary.drafting.engine import CancelledError, Engine, Hypothesis, Middle
from glossary.drafting.packages import Package, inventory, required
from glossary.drafting.relay import Relay, machine
from glossary.errors import CapabilityError, UsageError
from glossary.files.glossaries import parse_glossary
from glossary.terms.index import TermIndex, build_index
from glossary.text.segment import document

MODELS = Path(__file__).parents[1] / "models"
ATTACK = "Russia attacked Kharkiv with 57 cruise missiles overnight."
TEXT = f"{ATTACK}\n\nFriendly fire killed 16 soldiers in Odesa.\n"
LABEL = "Argos en → pl → uk (1.0, 1.0), via Polish"


@pytest.fixture(scope="module")
def halves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A packages folder with en→pl and pl→uk and nothing else."""
    folder = tmp_path_factory.mktemp("halves")
    runpy.run_path(str(MODELS / "copying.py"))["en_pl_uk"](folder)
    return folder


@pytest.fixture(scope="module")
def relay(halves: Path) -> Relay:
    first, second = (Engine(required(*pair, halves), 1) for pair in (("en", "pl"), ("pl", "uk")))
    return Relay(first, second, "pl")


@pytest.fixture
def run(
    halves: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """`tolmach draft` of TEXT in an empty folder, on a machine with the two halves."""
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(halves))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    Path("a.en.txt").write_text(TEXT, encoding="utf-8")

    def draft_command(*arguments: str) -> tuple[int, str, str]:
        code = main(["draft", "a.en.txt", "--to", "uk", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return draft_command


def test_every_output_says_what_it_went_through(run: Callable[..., tuple[int, str, str]]) -> None:
    shapes = [part for shape in ("json", "xliff", "tmx", "html") for part in ("--format", f"{shape}=d.{shape}")]
    assert run("--via", "pl", "--format", "text", *shapes) == (
        0,
        f"[[draft en→uk, not confirmed; 2 sentences: 2 by {LABEL}]]\n\n"
        "[[draft: machine via Polish]] Росія атакувала Харків 57 крилатими ракетами вночі.\n\n"
        "[[draft: machine via Polish]] Вогонь по своїх убив 16 солдатів в Одесі.\n",
        "",
    )
    record = json.loads(Path("d.json").read_text(encoding="utf-8"))
    assert (record["engine"], record["via"]) == (LABEL, "pl")
    assert [one["provenance"] for one in record["sentences"]] == ["machine via Polish"] * 2
    assert record["sentences"][0]["middle"] == {"lang": "pl", "text": ATTACK}
    for shape in ("xliff", "tmx", "html"):
        text = Path(f"d.{shape}").read_text(encoding="utf-8")
        assert text.count("machine via Polish") == 2
        assert LABEL in text


def test_it_is_never_chosen_unasked(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = run()
    assert (code, out) == (4, "")
    assert "there is no model for en→uk" in err
    assert "Polish (`tolmach draft --via pl`)" in err
    Path("tolmach.toml").write_text('draft-via = "pl"\n')
    assert "via Polish" in run()[1]
    assert main(["config", "validate"]) == 0
    Path("tolmach.toml").write_text('draft-via = "Polish"\n')
    assert main(["config", "validate"]) == 2
    code, _, err = run("--via", "none")
    assert (code, "there is no model for en→uk" in err) == (4, True)


@pytest.mark.parametrize(
    ("via", "code", "said"),
    [
        ("uk", 2, "Ukrainian is the language of the draft"),
        ("en", 2, "English is the language of the text"),
        ("qq", 2, "no language has the code 'qq'"),
        ("Polish", 2, "write `--via pl`"),
        ("de", 4, "there is no model for en→de; there is no model for de→uk"),
        (
            "de",
            4,
            "`tolmach models install en-de`, or from a file you have; get one with `tolmach models install de-uk`",
        ),
    ],
)
def test_what_it_cannot_go_through(via: str, code: int, said: str, run: Callable[..., tuple[int, str, str]]) -> None:
    found, out, err = run("--via", via)
    assert (found, out) == (code, "")
    assert said in err


def test_half_a_way_is_no_way(halves: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "half").symlink_to(next(p.path for p in inventory(halves).packages if p.target == "pl"))
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path))
    with pytest.raises(CapabilityError, match="pl→uk") as caught:
        machine("en", "uk", "pl")
    assert "en→pl" not in caught.value.what
    with pytest.raises(CapabilityError) as caught:
        machine("en", "uk")
    assert "via" not in caught.value.next_step
    with pytest.raises(UsageError):
        machine("en", "uk", "en")


def test_scores_of_both_steps_add_up_and_the_best_comes_first(relay: Relay) -> None:
    (found,) = relay.translate([ATTACK], 4)
    assert len({one.text for one in found}) == len(found) == 4
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    ((middle,),), ((last,),) = relay.first.translate([ATTACK]), relay.second.translate([ATTACK])
    assert found[0] == Hypothesis(last.text, middle.score + last.score, middle=Middle("pl", ATTACK))
    assert relay.translate(["", ATTACK])[0] == ()


def test_terms_of_a_desk_go_through_both_steps_as_marks(relay: Relay) -> None:
    index = build_index(parse_glossary("id,en,pos,uk\nm,cruise missile,noun,далекобійна ракета\n"), "uk")
    (found,) = draft(document(ATTACK, "en"), "uk", relay, index, domain="military").sentences
    assert found.text == "Росія атакувала Харків 57 далекобійними ракетами вночі."
    assert ([term.way for term in found.terms], found.provenance) == (["mark"], "machine via Polish")


class Halfway(Engine):
    """A SIMULATED first half: it says what it is told to."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts
        self.package = Package("en", "pl", "0", Path())

    def translate(self, sentences, *arguments, **options):  # type: ignore[no-untyped-def]
        return [tuple(Hypothesis(text, -0.1) for text in self.texts) for _ in sentences]


def test_a_middle_that_lost_a_mark_is_passed_over(relay: Relay) -> None:
    texts = "Ukraine received tanks.", "Ukraine received them.", "Ukraine received X77Y."
    ((found, *_),) = Relay(Halfway(*texts), relay.second, "pl").translate(["Ukraine received X77Y."], 4)
    assert found.middle == Middle("pl", texts[2])


def test_what_the_first_step_does_wrong_is_a_reason(relay: Relay, indexes: dict[str, TermIndex]) -> None:
    wrong = Relay(Halfway(ATTACK.replace("57", "75")), relay.second, "pl")
    (found,) = draft(document(ATTACK, "en"), "uk", wrong, indexes["uk"]).sentences
    assert "75" in found.text
    assert [reason.message for reason in found.reasons] == ["the numbers differ: 57 lost; 75 added"]


def test_what_was_typed_is_continued_and_a_rendering_scored(relay: Relay) -> None:
    (found,) = relay.continued(ATTACK, "РФ атакувала ")
    assert found.text == "РФ атакувала Харків 57 крилатими ракетами вночі."
    assert found.middle == Middle("pl", ATTACK)
    assert relay.continued("", "РФ") == ()
    right, wrong = relay.scores(ATTACK, ["Росія атакувала Харків.", "Кіт."])
    assert wrong < right < 0


def test_it_stops_in_either_step(relay: Relay) -> None:
    for calls in (1, 4):
        asked = threading.Semaphore(calls)
        with pytest.raises(CancelledError):
            relay.translate([ATTACK] * 40, 4, lambda asked=asked: not asked.acquire(blocking=False))
    steps: list[int] = []
    relay.translate([ATTACK] * 20, 2, step=steps.append)
    assert steps[-1] == 20
