"""Pieces of screens. Text reaches them only through tui.safe_text."""
