"""Whole screens: the workbench, the quotes, the terms, and the small questions between them."""
