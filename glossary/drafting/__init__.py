"""Drafts by machine that a translator can start from: Argos packages, CTranslate2, terms kept, quotes left open."""
