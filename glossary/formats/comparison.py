"""Two reports of one archive compared by fingerprints: what is new, what is gone, what changed its severity.

Pairs are matched by id. As long as both reports have them in the same order, one pair of each is held at a time.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from glossary.findings import Severity
from glossary.formats.record import Record, one_line
from glossary.text.display import flowing

SIGNS = {"new": "+", "gone": "-", "changed": "~"}


@dataclass(frozen=True, slots=True)
class PairChange:
    """What changed in one pair: findings as in the JSON report; `changed` ones have a `was`, their old severity.

    `state` is both, or the report that alone has the pair: old or new; or unreadable, if one of them could not read it.
    """

    id: str
    state: str = "both"
    new: tuple[Record, ...] = ()
    gone: tuple[Record, ...] = ()
    changed: tuple[Record, ...] = ()

    def kinds(self) -> Iterator[tuple[str, Record]]:
        """Every change with its kind, in the order of the report."""
        for kind, found in (("new", self.new), ("gone", self.gone), ("changed", self.changed)):
            yield from ((kind, finding) for finding in found)


def compared(old: Record | None, new: Record | None) -> PairChange:
    """The change of one pair; a record that one report does not have is None."""
    found = new or old
    assert found is not None
    name = str(found["id"])
    if any(record is not None and "error" in record for record in (old, new)):
        return PairChange(name, "unreadable")
    before, after = ({one["fingerprint"]: one for one in (record or {}).get("findings", ())} for record in (old, new))
    changed = (
        {**finding, "was": before[mark]["severity"]}
        for mark, finding in after.items()
        if mark in before and before[mark]["severity"] != finding["severity"]
    )
    return PairChange(
        name,
        "both" if old and new else "new" if new else "old",
        tuple(finding for mark, finding in after.items() if mark not in before),
        tuple(finding for mark, finding in before.items() if mark not in after),
        tuple(changed),
    )


def changes(old: Iterable[Record], new: Iterable[Record]) -> Iterator[PairChange]:
    """The changes of all pairs, as soon as both records of a pair were met, then those of one report only."""
    waiting: tuple[dict[str, Record], dict[str, Record]] = ({}, {})
    for records in zip_longest(old, new):
        for side, record in enumerate(records):
            if record is None:
                continue
            other = waiting[1 - side].pop(record["id"], None)
            if other is None:
                waiting[side][record["id"]] = record
            else:
                yield compared(*((record, other) if side == 0 else (other, record)))
    yield from (compared(record, None) for record in waiting[0].values())
    yield from (compared(None, record) for record in waiting[1].values())


@dataclass(slots=True)
class Balance:
    """Counts over all pairs: changes by rule, by concept and by severity (that of a changed finding is its new one)."""

    pairs: Counter[str] = field(default_factory=Counter)
    rules: Counter[tuple[str, str]] = field(default_factory=Counter)
    concepts: Counter[tuple[str, str]] = field(default_factory=Counter)
    severities: Counter[tuple[str, str]] = field(default_factory=Counter)
    worst: Severity | None = None

    def add(self, change: PairChange) -> None:
        """Count one pair; `worst` is the highest severity of what is new or became more severe."""
        self.pairs[change.state] += 1
        for kind, finding in change.kinds():
            self.rules[f"{finding['rule']} {finding['code']}", kind] += 1
            self.severities[finding["severity"], kind] += 1
            if finding.get("concept"):
                self.concepts[finding["concept"], kind] += 1
            severity = Severity[finding["severity"].upper()]
            if kind == "new" or (kind == "changed" and severity > Severity[finding["was"].upper()]):
                self.worst = max(severity, self.worst or severity)

    def record(self) -> Record:
        """The counts for programs."""
        parts = {"rules": self.rules, "concepts": self.concepts, "severities": self.severities}
        tables: Record = {"pairs": dict(sorted(self.pairs.items()))}
        for name, counts in parts.items():
            table: dict[str, dict[str, int]] = {}
            for (key, kind), count in sorted(counts.items()):
                table.setdefault(key, {})[kind] = count
            tables[name] = table
        return tables


def pair_lines(change: PairChange) -> str:
    """The changes of one pair for people; empty if there are none."""
    lines = []
    for kind, finding in change.kinds():
        severity = f"{finding['was']} → {finding['severity']}" if kind == "changed" else finding["severity"]
        lines.append(f"  {SIGNS[kind]} {severity} {finding['code']} {finding['rule']}: {flowing(finding['message'])}")
    only = {"old": " (only in the old report)", "new": " (only in the new report)", "unreadable": " (unreadable)"}
    if not lines and change.state == "both":
        return ""
    return "\n".join([f"{flowing(change.id)}{only.get(change.state, '')}", *lines]) + "\n"


def balance_lines(balance: Balance) -> str:
    """The counts for people."""
    pairs, lines = balance.pairs, list[str]()
    rest = [f"{pairs[state]} only in the {state} report" for state in ("old", "new") if pairs[state]]
    rest += [f"{pairs['unreadable']} unreadable"] if pairs["unreadable"] else []
    lines.append(", ".join([f"{pairs['both']} pairs compared", *rest]))
    for kind, word in (("new", "new"), ("gone", "gone"), ("changed", "changed severity")):
        counts = [(severity, balance.severities[severity, kind]) for severity in ("error", "warning", "info")]
        total = sum(count for _, count in counts)
        detail = ", ".join(f"{count} {severity}" for severity, count in counts if count)
        lines.append(f"{total:6d} {word}" + (f" ({detail})" if detail else ""))
    for title, table in (("by rule", balance.rules), ("by concept", balance.concepts)):
        if table:
            lines += ["", title, *_table(table)]
    return "\n".join(lines) + "\n"


def _table(counts: Counter[tuple[str, str]]) -> Iterator[str]:
    totals = Counter[str]()
    for (name, _), count in counts.items():
        totals[name] += count
    for name, _ in sorted(totals.items(), key=lambda item: (-item[1], item[0])):
        cells = (f"{SIGNS[kind]}{counts[name, kind]}" if counts[name, kind] else "" for kind in SIGNS)
        yield f"  {flowing(name):40s}" + "".join(f"{cell:>8s}" for cell in cells)


def pair_record(change: PairChange) -> str:
    """The changes of one pair as one line of JSON."""
    parts = {"new": list(change.new), "gone": list(change.gone), "changed": list(change.changed)}
    return one_line({"id": change.id, "state": change.state, **parts})
