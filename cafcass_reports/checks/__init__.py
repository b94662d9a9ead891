"""Checks of what people wrote and of what was written from it: one report, one gate."""
