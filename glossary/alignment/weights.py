"""Every constant of the aligner in one place.

Fitted by hand and by coordinate search on the development half of a benchmark of news articles (61 articles, laid out
clean and with omissions, insertions and swaps; see docs), never on single documents. Scores are natural logarithms of
"related" against "unrelated".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

# (source sentences, target sentences) → log prior of such a bead; crossing neighbours are apart
PRIORS: Mapping[tuple[int, int], float] = MappingProxyType(
    {
        (1, 1): -0.2,
        (1, 2): -1.4,
        (2, 1): -1.6,
        (2, 2): -4.5,
        (1, 3): -4.3,
        (3, 1): -4.5,
        (1, 4): -5.5,
        (4, 1): -5.5,
        (2, 3): -6.0,
        (3, 2): -6.0,
    }
)


@dataclass(frozen=True, slots=True)
class Weights:
    """Rates are shares of tokens of a kind whose counterpart is found in the right sentence."""

    priors: Mapping[tuple[int, int], float] = field(default_factory=lambda: PRIORS)
    rates: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(
            {"number": 0.8, "latin": 0.65, "name": 0.6, "cognate": 0.5, "lexicon": 0.5, "draft": 0.55, "mark": 0.47}
        )
    )
    malus: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType({"number": 0.12, "latin": 0.12, "name": 0.18, "known": 0.11})
    )
    evidence: float = 1.65
    drafted: float = 0.5  # what other evidence of words counts beside a draft
    unseen: float = 0.3
    chance: float = 0.03
    usual: int = 18
    rarest: float = 1e-6
    null_open: float = -2.7
    null_next: float = -0.9
    heard: float = 0.8
    heard_none: float = 0.2
    temperature: float = 1.0
    crossing: float = -3.2
    joined: float = 0.15  # the usual share of beads that join sentences of a side, and as how many beads that counts
    joined_seen: float = 10.0
    move_least: float = 1.0
    move_open: float = 5.0
    move_far: float = 3.0
    length: float = 1.0
    verbosity: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType({"en": 0.0, "ru": 0.12, "uk": 0.08})
    )
    length_spread: float = 0.13
    length_spread_short: float = 5.0
    title: float = 3.0
    unlike: float = 6.0
    paragraph: float = 1.0
    inside: float = 1.5
    null_inside: float = -8.0
    null_inside_each: float = -0.4
    paragraph_loss: float = 3.0
    paragraph_loss_each: float = 0.6


DEFAULT = Weights()
