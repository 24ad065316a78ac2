"""Does drafting hold up the screen? Run as `python benchmarks/drafting_screen.py [SENTENCES]`.

Opens an article without a target, drafts all of it with a toy model, then again and stops it. A task on the event loop
of the screen wakes every five milliseconds: the longest time between two of them is the longest stall, by the wall
clock and by the processor time that the screen's own thread took in it (on a busy machine the first is the machine's).
Then: how long after Esc it says that drafting has stopped.
"""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

MODELS = Path(__file__).parents[1] / "tests" / "models"
TEXT = (
    "Nobody was hurt in Odesa. Russia attacked Kharkiv with 57 cruise missiles overnight. Ukraine received 5 tanks. "
    "The 24th Brigade captured 15 howitzers.\n\n"
)
TICK = 0.005


class Watch:
    """The longest time between two ticks since the last look."""

    def __init__(self) -> None:
        self.wall = self.processor = 0.0

    async def run(self) -> None:
        """Tick until cancelled."""
        wall, processor = time.perf_counter(), time.thread_time()
        while True:
            await asyncio.sleep(TICK)
            now, used = time.perf_counter(), time.thread_time()
            self.wall, self.processor = max(self.wall, now - wall - TICK), max(self.processor, used - processor)
            wall, processor = now, used

    def look(self, name: str) -> None:
        """Print and begin anew."""
        print(
            f"{name}: longest stall {1000 * self.wall:.0f} ms, {1000 * self.processor:.0f} ms of it the screen's work"
        )
        self.wall = self.processor = 0.0


async def measured(folder: Path) -> None:
    """Draft, and stop a draft."""
    from tui.app import TolmachApp
    from tui.desk import Desk
    from tui.screens.workbench import Workbench

    desk = Desk(folder / "a.en.txt", folder / "a.ru.txt", "en", "ru")
    app = TolmachApp(desk, None)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.app.workers.wait_for_complete()
        bench = next(s for s in app.screen_stack if isinstance(s, Workbench))
        watch = Watch()
        ticking = asyncio.create_task(watch.run())
        said: list[tuple[float, str]] = []
        bench.say = lambda text, severity="information": said.append((time.perf_counter(), text))  # type: ignore[method-assign]
        done: list[str] = []
        bench._draft_all("ru", done.append)
        begin = time.perf_counter()
        while not done:
            await asyncio.sleep(0.01)
        count = len(bench.workspace.source.sentences) if bench.workspace else 0
        print(f"{count} sentences drafted in {time.perf_counter() - begin:.1f} s, the start of the process included")
        watch.look("while drafting")
        bench._replace_all(done.pop())
        await asyncio.sleep(0.1)
        await app.workers.wait_for_complete()
        await pilot.pause()
        watch.look("while putting it in and checking")
        bench._draft_all("ru", done.append)
        await asyncio.sleep(1.0)
        asked = time.perf_counter()
        bench.action_stop_draft()
        while not said and not done:
            await asyncio.sleep(0.005)
        print(f"stopped {said[-1][0] - asked:.2f} s after Esc" if said else "was done before it could be stopped")
        watch.look("while stopping")
        ticking.cancel()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE", "STATE")}
        os.environ["ARGOS_PACKAGES_DIR"] = str(folder / "packages")
        from glossary.drafting.installing import install

        install(MODELS / "toy-en_ru.argosmodel", try_out=lambda package: None)
        (folder / "a.en.txt").write_text(TEXT * (count // 4), encoding="utf-8")
        (folder / "a.ru.txt").write_text("Украина получила 5 танков.\n", encoding="utf-8")
        asyncio.run(measured(folder))


if __name__ == "__main__":
    main()
