"""Pictures of the terminal UI for the README and the docs, made from the bundled demo article.

    python tools/screenshots.py [FOLDER]        (default docs/pictures)

SVG in the fonts of the reader's machine; the first also as PNG if `rsvg-convert` or `chromium` is on the path.
"""

import asyncio
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tui.app import TolmachApp  # noqa: E402  (the path comes first)
from tui.desk import demo  # noqa: E402
from tui.screens.workbench import Workbench  # noqa: E402


@dataclass(frozen=True)
class Picture:
    """A name, a size in cells, the language of the rendering, a theme, and the keys that lead there."""

    name: str
    size: tuple[int, int]
    lang: str
    theme: str
    keys: tuple[str, ...]


PICTURES = (
    Picture("workbench", (120, 35), "uk", "tolmach-dark", ("f8", "f8")),
    Picture("workbench-light", (120, 35), "ru", "tolmach-light", ("f8",)),
    Picture("stacked", (80, 24), "uk", "tolmach-dark", ("f8", "f8")),
    Picture("quotes", (120, 30), "ru", "tolmach-dark", ("f9",)),
    Picture("terms", (120, 35), "uk", "tolmach-light", ("ctrl+t",)),
    Picture("cut", (100, 30), "ru", "tolmach-dark", ("down", "down", "down", "down", "i")),
    Picture("entry", (110, 30), "uk", "tolmach-light", ("ctrl+t", "f4")),
)


async def picture(wanted: Picture) -> str:
    """The SVG of a picture."""
    desk = demo(wanted.lang)
    app = TolmachApp(desk)
    async with app.run_test(size=wanted.size) as pilot:
        app.theme = wanted.theme
        while not any(isinstance(s, Workbench) and s.workspace and s.workspace.examined for s in app.screen_stack):
            await pilot.pause(0.05)
        for key in wanted.keys:
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause(0.1)
        shot = portable(app.export_screenshot())
    desk.close()
    return shot


def portable(svg: str) -> str:
    """The SVG without fonts from the network, with its spaces kept by every renderer."""
    svg = re.sub(r"@font-face\s*{[^}]*}", "", svg)
    svg = svg.replace("Fira Code", "DejaVu Sans Mono, Menlo, Consolas")
    svg = svg.replace("<text ", '<text xml:space="preserve" ')
    # The class names carry a random number; pictures should only change when the screen does.
    number = re.search(r"terminal-(\d+)-", svg)
    return svg.replace(number.group(1), "1") if number else svg


def as_png(svg: Path) -> None:
    """The same picture as PNG beside it, with whatever is there to draw it."""
    png = svg.with_suffix(".png")
    if converter := shutil.which("rsvg-convert"):
        subprocess.run([converter, str(svg), "-o", str(png)], check=True)
    elif browser := shutil.which("chromium"):
        size = re.search(r'viewBox="0 0 (\d+)[.\d]* (\d+)', svg.read_text(encoding="utf-8"))
        assert size is not None  # Textual writes it
        options = ("--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={size[1]},{size[2]}")
        command = [browser, *options, f"--screenshot={png}", svg.resolve().as_uri()]
        subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    """Write all pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    for wanted in PICTURES:
        path = folder / f"{wanted.name}.svg"
        path.write_text(asyncio.run(picture(wanted)), encoding="utf-8")
        if wanted is PICTURES[0]:
            as_png(path)
        print(path)


if __name__ == "__main__":
    main()
