"""Faults of accessibility for planting: written from docs/accessibility.md by somebody who had not read the checker.

Each fault stands alone in a copy of a good file. They are frozen: the checker is mended to them, never they to it.
"""
