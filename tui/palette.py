"""The palette: all commands of the table by name, on whatever layout the name was typed."""

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from tui.commands import ANYWHERE, COMMANDS, Command, key_name
from tui.content import composed
from tui.layouts import twin_text


class Commands(Provider):
    """The commands that the screen below the palette has actions for, and those of every screen."""

    def _commands(self) -> tuple[Command, ...]:
        return tuple(c for c in COMMANDS if hasattr(self.screen, f"action_{c.action}") or self._of_all(c))

    def _of_all(self, command: Command) -> bool:
        return command.pane == ANYWHERE and hasattr(self.app, f"action_{command.action}")

    async def discover(self) -> Hits:
        """All commands, in the order of the table."""
        for command in self._commands():
            yield DiscoveryHit(command.title, partial(self._run, command), help=_help(command))

    async def search(self, query: str) -> Hits:
        """The commands whose title matches, as typed or as typed with the Latin layout on."""
        for command in self._commands():
            best = max(
                ((matcher.match(command.title), matcher) for matcher in map(self.matcher, {query, twin_text(query)})),
                key=lambda pair: pair[0],
            )
            if best[0] > 0:
                shown = composed(command.title)
                yield Hit(best[0], shown, partial(self._run, command), text=command.title, help=_help(command))

    async def _run(self, command: Command) -> None:
        if hasattr(self.screen, f"action_{command.action}"):
            await self.screen.run_action(f"run({command.id!r})")
        else:
            await self.app.run_action(command.action)


def _help(command: Command) -> str:
    keys = ", ".join(key_name(key) for key in (*command.keys, *command.letters))
    return f"{command.help}  {keys}" if keys else command.help
