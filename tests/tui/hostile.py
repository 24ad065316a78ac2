"""What a scraped or pasted article may hold: terminal commands, controls, markup. Shared by two tests."""

PAYLOADS = (
    "\x1b]0;PWNED\x07", "\x1b]0;PWNED\x1b\\", "\x1b]2;PWNED\x07", "\x1b]52;c;UFdORUQ=\x07", "\x1b[2J",
    "\x1b[H", "\x1b[31mred", "\x1b[?1049l", "\x1b[?25l", "\x1bc", "\x1b[6n", "\x1b[5n",
    "\x1b]8;;http://x\x07link\x1b]8;;\x07", "\x1bP$q\x1b\\", "\x1b_Gq\x1b\\", "\x1b^x\x1b\\", "\x1bX\x1b\\",
    "\x1b(0", "\x9b2J", "\x9d0;PWNED\x9c", "\x90x\x9c", "\x85next", "\x00nul", "\x07bell", "\x08\x08\x08back",
    "\x0bvt", "\x0cff", "\rreturn", "\x0eso\x0fsi", "\x7fdel", "\x1a\x04", "\u202eright",
    "\u202a\u202b\u202c\u202d", "\u2066\u2067\u2068\u2069", "\u200e\u200f\u061c",
    "zero\u200bwidth\u200cjoin\u200d", "\ufeffbom", "soft\xadhyphen", "\u2028line\u2029par", "\ud800lone",
    "\udfffpair", "\U000e0041tag", "\ufff9an\ufffaot\ufffb", "[sic]", "[/]", "[bold]x", "[/bold]",
    "[@click=app.quit]x[/]", "[link=http://x]y[/link]", "[$error]z", "\\[w]", "[[x]]", "{message}", "%s %d",
    "$accent", ":smile:",
)  # fmt: skip
MARKUP = (
    "[sic]",
    "[/]",
    "[bold]x",
    "[/bold]",
    "[@click=app.quit]x[/]",
    "[link=http://x]y[/link]",
    "[$error]z",
    "[[x]]",
)
