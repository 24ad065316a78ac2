"""The plots of the HTML report, as SVG inside the page: findings by rule, scores of beads, findings over time."""

from collections import Counter

from glossary.findings import rules
from glossary.formats.bitext import SURE
from glossary.formats.markup import strip

SEVERITIES = ("error", "warning", "info")
MONTHS = 150  # more columns than these are put together by years


def by_rule(findings: Counter[tuple[str, str]]) -> str:
    """A bar for each rule that was met, most findings first; each is the switch that shows only this rule."""
    met = Counter[str]()
    for (rule, _), count in findings.items():
        met[rule] += count
    most = max(met.values(), default=1)
    rows = []
    for rule, total in sorted(met.items(), key=lambda item: (-item[1], rules()[item[0]].code)):
        counts = {severity: findings[rule, severity] for severity in SEVERITIES}
        code, bar = rules()[rule].code, strip(counts, f"{100 * total / most:.1f}%")
        rows.append(
            f"<label for='r-{code}' title='{rules()[rule].summary}'>"
            f"<span class='rule'>{rule} {code}</span><span>{bar}</span><span class='n'>{total:,}</span></label>\n"
        )
    return "".join(rows)


def scores(counts: Counter[int]) -> str:
    """A histogram of the scores of beads; `counts` are in twentieths."""
    most = max(counts.values(), default=1)
    columns = []
    for place in range(20):
        height = counts[place] / most * 70
        if counts[place]:
            height = max(height, 1.5)
        kind = "sure" if place / 20 >= SURE else "doubtful"
        columns.append(
            f"<rect class='{kind}' x='{place * 14 + 1}' y='{75 - height:.1f}' width='12' height='{height:.1f}'>"
            f"<title>{place / 20:.2f} to {(place + 1) / 20:.2f}: {counts[place]}</title></rect>"
        )
    labels = "".join(
        f"<text x='{x}' y='90' text-anchor='{anchor}'>{text}</text>"
        for x, anchor, text in ((0, "start", "0"), (140, "middle", "0.5"), (224, "middle", "0.8"), (280, "end", "1"))
    )
    total = counts.total()
    sure = sum(count for place, count in counts.items() if place / 20 >= SURE)
    said = f"{sure:,} of {total:,} beads have a score of {SURE} or more"
    return f"{_plot(said, columns, labels)}<p class='dim'>{said}.</p>"


def over_time(months: Counter[tuple[str, str]]) -> str:
    """Findings per article, a column for each month; by years if there are many; empty for less than two columns."""
    counts = months
    if len({month for month, _ in months}) > MONTHS:
        counts = Counter()
        for (month, kind), count in months.items():
            counts[month[:4], kind] += count
    times = sorted({time for time, _ in counts})
    if len(times) < 2:
        return ""
    means = {time: [counts[time, severity] / counts[time, "pairs"] for severity in SEVERITIES] for time in times}
    most = max(map(sum, means.values())) or 1
    step = 280 / len(times)
    columns = []
    for number, time in enumerate(times):
        bottom = 75.0
        pairs, title = counts[time, "pairs"], []
        for severity, mean in zip(SEVERITIES, means[time], strict=True):
            height = mean / most * 65
            bottom -= height
            title.append(f"{counts[time, severity]} {severity}")
            columns.append(
                f"<rect class='{severity}' x='{number * step:.2f}' y='{bottom:.1f}' width='{step * 0.86:.2f}' "
                f"height='{height:.1f}'><title>{time}: {pairs} pairs, {', '.join(title)}</title></rect>"
            )
    labels = f"<text x='0' y='90'>{times[0]}</text><text x='280' y='90' text-anchor='end'>{times[-1]}</text>"
    said = f"findings per article, {times[0]} to {times[-1]}"
    return f"{_plot(said, columns, labels)}<p class='dim'>At most {most:.1f} findings per article.</p>"


def _plot(said: str, columns: list[str], labels: str) -> str:
    line = "<line x1='0' x2='280' y1='75.5' y2='75.5'/>"
    return (
        f"<svg class='plot' viewBox='0 0 280 94' role='img' aria-label='{said}'>{''.join(columns)}{line}{labels}</svg>"
    )
