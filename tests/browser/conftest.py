"""A real browser: headless Chromium, driven over a pipe with the Chrome DevTools Protocol.

A pipe needs no driver program and no socket, so the ban on network in tests holds for it as well.
"""

import base64
import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe"),
)


class Page:
    """One tab. Everything it logs and every address it asks for is kept."""

    def __init__(self, browser: "Browser") -> None:
        self.browser = browser
        self.target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=self.target, flatten=True)["sessionId"]
        self.logged: list[Any] = []
        self.requested: list[str] = []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def close(self) -> None:
        self.browser.call("Target.closeTarget", targetId=self.target)

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        return self.browser.call(method, self, **parameters)

    def heard(self, event: dict[str, Any]) -> None:
        match event["method"]:
            case "Network.requestWillBeSent":
                self.requested.append(event["params"]["request"]["url"])
            case "Log.entryAdded" | "Runtime.exceptionThrown" | "Runtime.consoleAPICalled":
                self.logged.append(event["params"])

    def open(self, path: Path, width: int = 1280, height: int = 900, dark: bool = False) -> None:
        """Load a file at a width in CSS pixels; below 600 the page is told that it is on a phone."""
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call("Emulation.setEmulatedMedia", media="", features=scheme)
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        self.call("Page.navigate", url=path.as_uri())
        self.browser.wait_for("Page.loadEventFired", self)
        self.call("Page.bringToFront")
        self.settle()

    def value(self, expression: str) -> Any:
        """What an expression gives in the page; it is evaluated from outside, the page itself may run no script."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def settle(self) -> None:
        """Wait for two frames: what is folded or opened is so only when it was painted."""
        frames = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        self.call("Runtime.evaluate", expression=frames, awaitPromise=True)

    def click(self, selector: str) -> None:
        """A press of the mouse in the middle of an element."""
        rect = f"document.querySelector({json.dumps(selector)})"
        self.value(f"{rect}.scrollIntoView({{block: 'center'}})")
        x, y = self.value(f"(r => [r.x + r.width / 2, r.y + r.height / 2])({rect}.getBoundingClientRect())")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        self.settle()

    def press(self, key: str) -> None:
        """A key of the keyboard: `Tab` or a character."""
        code = {"Tab": 9, " ": 32}[key]
        text = {"text": key} if key == " " else {}
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **text)

    def visible(self, selector: str) -> int:
        """How many of the elements take room on the page."""
        found = f"[...document.querySelectorAll({json.dumps(selector)})]"
        return int(self.value(f"{found}.filter(e => e.checkVisibility({{contentVisibilityAuto: true}})).length"))

    def picture(self, path: Path, whole: bool = True) -> None:
        """A PNG of the page, for people."""
        answer = self.call("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(answer["data"]))


class Browser:
    """A Chromium process with a profile of its own."""

    def __init__(self, profile: Path) -> None:
        assert CHROMIUM is not None
        reads, writes = os.pipe(), os.pipe()
        # Chromium reads commands from descriptor 3 and writes answers to 4; numbers from 10 on are not in their way.
        descriptors = [fcntl.fcntl(number, fcntl.F_DUPFD, 10) for number in (reads[0], writes[1])]
        placed = f'exec 3<&{descriptors[0]} 4>&{descriptors[1]}; exec "$@"'
        self.process = subprocess.Popen(
            ["bash", "-c", placed, "bash", CHROMIUM, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=descriptors,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for descriptor in (*descriptors, reads[0], writes[1]):
            os.close(descriptor)
        self.commands, self.answers = os.fdopen(reads[1], "wb"), os.fdopen(writes[0], "rb")
        self.pages: dict[str, Page] = {}
        self.number = 0
        self.rest = b""

    def call(self, method: str, page: Page | None = None, **parameters: object) -> dict[str, Any]:
        self.number += 1
        message: dict[str, object] = {"id": self.number, "method": method, "params": parameters}
        if page is not None:
            message["sessionId"] = page.session
            self.pages[page.session] = page
        self.commands.write(json.dumps(message).encode() + b"\0")
        self.commands.flush()
        while True:
            answer = self._next()
            if answer.get("id") == self.number:
                assert "error" not in answer, (method, answer["error"])
                result: dict[str, Any] = answer["result"]
                return result

    def wait_for(self, event: str, page: Page) -> None:
        while True:
            heard = self._next()
            if heard.get("method") == event and heard.get("sessionId") == page.session:
                return

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self.rest:
            piece = os.read(self.answers.fileno(), 1 << 16)
            if not piece:
                raise EOFError("Chromium ended")
            self.rest += piece
        line, _, self.rest = self.rest.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        page = self.pages.get(message.get("sessionId", ""))
        if page is not None and "method" in message:
            page.heard(message)
        return message

    def close(self) -> None:
        self.commands.close()
        self.answers.close()
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium, started once."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (on Debian: apt-get install chromium)")
    started = Browser(tmp_path_factory.mktemp("profile"))
    yield started
    started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty tab."""
    opened = Page(browser)
    yield opened
    opened.close()
