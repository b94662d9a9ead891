"""A synthetic organisation whose measured figures are those of the published papers.

No record is of a real person, case or team. The published figures are met because the records add up to
them (`targets`): cases come in (`receipts`) and go out against exact stocks (`public_law`, `private_law`), are
allocated (`casework`) and held (`holders`) by staff (`people`), who file reports (`court`) and are
audited (`audits`). What people write down by hand is retold (`registers`).

Older and later papers have tables of their own in folders beside (`pack_2017_18` and the others): each draws from a
random generator of its own, so that no figure of one moves with another.
"""

from __future__ import annotations

from pathlib import Path

from cafcass_reports.extracts.demo import pack_2017_18, pack_2019_20, pack_2022_23
from cafcass_reports.extracts.demo.files import write_tables
from cafcass_reports.extracts.demo.tables import tables

__all__ = ["write"]

_NOTE = """\
SYNTHETIC DATA

Everything in this folder is synthetic. It was made by a program (cafcass-reports demo), seed {seed}.
No row describes a real child, case, worker or team; identifiers are random digits.
The records are made so that the figures measured from them are those of the board paper of 20 January 2021.
What that paper does not print (differences between areas, history, reasons of absence) is invented.
Three registers (reflections, improvement_plan, strategy) retell in other words what the paper says of them;
their days and owners are invented, and a row says so where the paper does not name what it stands for.
What teams say (team_reviews), risks and feedback are invented; of risks the paper prints that Covid-19 is at the
gravest, of feedback the number of interviews, the adults' score and the share of children who were helped.
What regions return each week is invented too, but for colleagues absent and isolating in the weeks to 8 and 15 January
2021, how many regions prioritise or are at risk, and which part of a region prioritises.

The extract ends on 31 December 2020. From April 2018 all cases are held; of the years before, what was still
open then, and a part of what was closed. Reports and national audits go back to October 2015 and April 2016.
Dates are year-month-day, an empty field is a missing value, files are UTF-8.
"""

_OF_OTHER_PACKS = {"2017-18": pack_2017_18, "2019-20": pack_2019_20, "2022-23": pack_2022_23}


def write(folder: Path, *, seed: int = 2021) -> list[Path]:
    """Write one CSV file for each table, and ``SYNTHETIC.txt``, which says what they are.

    The tables of the board meetings of 2020 and 2021 lie in the folder itself, those of other years in folders below
    it: ``2017-18``, ``2019-20`` and ``2022-23``.

    Parameters
    ----------
    folder
        Where to write; made where it does not exist. Files of the same names are replaced.
    seed
        Another seed gives other records with the same published figures; the same seed gives the same bytes.

    Returns
    -------
    list of Path
        The CSV files, folder by folder.

    Raises
    ------
    ExtractError
        The folder cannot be written to.

    Examples
    --------
    >>> files = write(Path("extracts"))  # doctest: +SKIP
    >>> files[0].name  # doctest: +SKIP
    'areas.csv'
    """
    files = write_tables(folder, tables(seed), _NOTE.format(seed=seed))
    for name, pack in _OF_OTHER_PACKS.items():
        files += write_tables(folder / name, pack.tables(seed), pack.NOTE.format(seed=seed))
    return files
