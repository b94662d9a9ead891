"""Parameter files: YAML, read strictly, with errors that name file, line, key and what is valid."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from cafcass_reports.errors import CafcassReportsError, nearest

Model = TypeVar("Model", bound=BaseModel)

_FAST: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # by libyaml, ten times as fast
_DEEPEST = 100  # levels; libyaml would go on until its stack overflows, which ends the process


class Strict(BaseModel):
    """A parameter that refuses what it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _UniqueKeys(_FAST):  # type: ignore[misc, valid-type]  # which one it is depends on how PyYAML was built
    """PyYAML keeps the last of two equal keys in silence; a parameter given twice is a mistake.

    It also lets Python's own error through where a value only looks like a date, such as 31 November.
    """

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except ValueError as problem:
            raise yaml.constructor.ConstructorError(None, None, f"{node.value}: {problem}", node.start_mark) from None

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable) and key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key!r} stands twice", key_node.start_mark)
            if isinstance(key, Hashable):
                seen.add(key)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


def read_yaml(path: Path, error: type[CafcassReportsError]) -> dict[str, Any]:
    """Read a YAML file that holds a mapping.

    Parameters
    ----------
    path
        The file, UTF-8.
    error
        The error to raise where it cannot be read, is not YAML or holds no mapping.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as problem:
        raise error(f"{path} cannot be read: {problem.strerror}.", next_step="Check the name and the folder.") from None
    except UnicodeDecodeError:
        raise error(f"{path} is not UTF-8 text.", next_step="Save it as UTF-8.") from None
    return parse_yaml(text, str(path), error)


def parse_yaml(text: str, where: str, error: type[CafcassReportsError]) -> dict[str, Any]:
    """Parse YAML that holds a mapping; errors name ``where`` and the line."""
    try:
        if _too_deep(text):
            raise error(f"{where} is nested too deeply to be read.", valid=f"At most {_DEEPEST} levels.")
        content = yaml.load(text, Loader=_UniqueKeys)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        what = getattr(problem, "problem", None) or str(problem)
        raise error(f"{where}{line}: {what}.", valid="YAML, each key once.") from None
    if not isinstance(content, dict):
        raise error(f"{where} holds no keys.", valid="A YAML mapping: 'key: value' lines.")
    return content


def _too_deep(text: str) -> bool:
    """Whether lists and mappings stand in each other beyond what is read."""
    depth = 0
    for event in yaml.parse(text, Loader=_FAST):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return True
    return False


def build(model: type[Model], content: dict[str, Any], where: str, error: type[CafcassReportsError]) -> Model:
    """Turn a mapping into a strict model.

    Parameters
    ----------
    model
        The pydantic model.
    content
        What the file holds.
    where
        The file (and entry) named in errors.
    error
        The error to raise; it lists every wrong key with what was given.
    """
    try:
        return model.model_validate(content)
    except ValidationError as problem:
        lines = []
        faults = problem.errors()
        for fault in faults:
            place = fault["loc"]
            key = ".".join(str(part) for part in place)
            if fault["type"] == "too_short" and any(f["loc"][:-1][: len(place)] == place for f in faults):
                continue  # pydantic counts the entries that are right; what is wrong with the others is said already
            if fault["type"] == "extra_forbidden":
                lines.append(f"{key}: there is no such key. {nearest(place[-1], _keys(model, place[:-1]))}")
            elif fault["type"] == "missing":
                lines.append(f"{key}: is missing.")
            elif not key:
                lines.append(f"{_reason(fault['msg'])}.")
            else:
                lines.append(f"{key}: {_reason(fault['msg'])}; given {_given(fault['input'])}.")
        raise error(f"{where}: " + " ".join(lines), next_step="Correct the file and run again.") from None


def _keys(model: type[BaseModel], place: Iterable[str | int]) -> list[str]:
    """The keys of the model that stands at a place below another."""
    for part in place:
        for name, field in model.model_fields.items():
            if part in (name, field.alias):
                kinds = (field.annotation, *get_args(field.annotation))
                model = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), model)
                break
    return [field.alias or name for name, field in model.model_fields.items()]


def _given(value: object) -> str:
    """A value as it stands in the file."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_given(of)}" for key, of in value.items())
    return value.isoformat() if isinstance(value, date) else repr(value)


def _reason(message: str) -> str:
    text = message.removeprefix("Value error, ")
    return text[:1].lower() + text[1:]
