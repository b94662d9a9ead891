"""Packs: plan, execute, publish whole."""
