"""Calm pages with one accent: light, dark, high contrast; and one without colours, where weight and glyphs tell.

With NO_COLOR, Textual turns every colour grey; colours of one lightness would all be one dim grey then, so that one
begins with the page that has none.
"""

from textual.theme import Theme

_SHARED = {"footer-key-foreground": "$accent"}

LIGHT = Theme(
    name="tolmach-light",
    primary="#2f5d8a",
    secondary="#5b6770",
    accent="#1f6f8b",
    foreground="#22262a",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e7e4dc",
    success="#3f7d4e",
    warning="#9a6700",
    error="#b3261e",
    dark=False,
    variables={"text-muted": "#6b7177", **_SHARED},
)
DARK = Theme(
    name="tolmach-dark",
    primary="#8fb8de",
    secondary="#8a949e",
    accent="#6cc0c8",
    foreground="#d5d9dd",
    background="#16191d",
    surface="#1c2025",
    panel="#272c33",
    success="#86c08f",
    warning="#dcb35c",
    error="#ec7f77",
    dark=True,
    variables={"text-muted": "#858d96", **_SHARED},
)
CONTRAST = Theme(
    name="tolmach-contrast",
    primary="#9ecbff",
    secondary="#ffffff",
    accent="#00e5ff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#303030",
    success="#7dff7d",
    warning="#ffd400",
    error="#ff7b72",
    dark=True,
    variables={
        "text-muted": "#d0d0d0",
        "text-error": "#ff7b72",
        "text-warning": "#ffd400",
        "text-success": "#7dff7d",
        "text-primary": "#9ecbff",
        **_SHARED,
    },
)
MONO = Theme(
    name="tolmach-mono",
    primary="#ffffff",
    secondary="#ffffff",
    accent="#ffffff",
    foreground="#dcdcdc",
    background="#141414",
    surface="#1c1c1c",
    panel="#333333",
    success="#ffffff",
    warning="#ffffff",
    error="#ffffff",
    dark=True,
    variables={
        "text-muted": "#9a9a9a",
        "text-error": "#ffffff",
        "text-warning": "#ffffff",
        "text-success": "#ffffff",
        "text-primary": "#ffffff",
        **_SHARED,
    },
)
THEMES = (DARK, LIGHT, CONTRAST, MONO)
