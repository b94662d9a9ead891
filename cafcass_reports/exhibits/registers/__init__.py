"""Registers that people keep by hand, shown as tables: a module a topic, and :class:`RegisterBook` for notebooks.

But for team reviews a register speaks for the nation, whatever area a paper is about. It is read as it stood on the
pack's snapshot: what was finished later is not yet finished. What is returned each week, and a single risk, is told up
to the paper's own date.
"""

from cafcass_reports.exhibits.registers.book import RegisterBook
from cafcass_reports.exhibits.registers.rows import Registers

__all__ = ["RegisterBook", "Registers"]
