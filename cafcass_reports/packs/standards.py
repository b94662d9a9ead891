"""What a pack's processes are held against: ``params/targets.yml`` and the rebases of ``pack.yml``."""

from __future__ import annotations

from cafcass_reports.errors import PackError
from cafcass_reports.metrics.catalogue import Catalogue
from cafcass_reports.metrics.standards import Standards, Target, check_rebases, check_targets
from cafcass_reports.packs.parameters import Pack
from cafcass_reports.parameters import build, read_yaml

TARGETS = "targets.yml"


def standards_of(pack: Pack, catalogue: Catalogue) -> Standards:
    """Read the targets of a pack's project and its own rebases; a project without the file has no targets.

    Raises
    ------
    PackError
        Where a target or rebase is not whole, or its metric is not known or can have none.
    """
    file = pack.project / "params" / TARGETS
    entries = read_yaml(file, PackError) if file.is_file() else {}
    targets = {}
    for name, entry in entries.items():
        where = f"{file}, {name}"
        if not isinstance(entry, dict):
            raise PackError(f"{where} holds no keys.", valid="target, illustrative, from, owner and source.")
        targets[name] = build(Target, entry, where, PackError)
    # Targets are the project's: a pack that does not read what some are of has none of these.
    targets = {name: target for name, target in targets.items() if name not in catalogue.unread}
    check_targets(targets, catalogue, PackError)
    check_rebases(pack.parameters.rebases, catalogue, PackError)
    return Standards(targets, pack.parameters.rebases)
