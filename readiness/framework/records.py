"""Records: frozen models, checked as they are made."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict

from readiness.framework.frozen import Text


def frozen_as(kind: type[Any]) -> Callable[[Any], Any]:
    """A validator that puts what it is given into this kind of mapping."""

    def freeze(value: Any) -> Any:
        return value if type(value) is kind else kind(value)

    return freeze


if TYPE_CHECKING:
    Words = Text
else:
    Words = Annotated[dict[str, str], AfterValidator(frozen_as(Text))]


class Record(BaseModel):
    """Base of every record: frozen, and no key that is not declared."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, defer_build=True, ignored_types=(cached_property,)
    )
