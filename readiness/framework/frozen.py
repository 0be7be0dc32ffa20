"""What the records are made of: mappings that cannot be changed, texts in several languages, frozen models."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict

K = TypeVar("K")
V = TypeVar("V")


class Frozen(dict[K, V]):
    """A dict that cannot be changed: `frozen=True` on a model does not freeze a dict inside it."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a framework cannot be changed once it is loaded")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self.items()))

    def __copy__(self) -> Frozen[K, V]:
        return self

    def __deepcopy__(self, memo: object) -> Frozen[K, V]:
        return self

    def __reduce__(self) -> tuple[type[Frozen[K, V]], tuple[dict[K, V]]]:
        return type(self), (dict(self),)


class Text(Frozen[str, str]):
    """One string in several languages: `{language: text}`, the framework's first language first.

    A string that is the same in every language is stored under the key `""`.
    """

    def in_(self, language: str) -> str:
        """The text in `language`, else in the framework's first language, else ""."""
        found = self.get(language)
        if found is None:
            found = next(iter(self.values()), "")
        return found


def frozen_as(kind: type[Any]) -> Callable[[Any], Any]:
    """A validator that puts what it is given into this kind of mapping."""

    def freeze(value: Any) -> Any:
        return value if type(value) is kind else kind(value)

    return freeze


if TYPE_CHECKING:
    Words = Text
else:
    Words = Annotated[dict[str, str], AfterValidator(frozen_as(Text))]
EMPTY = Text()


class Record(BaseModel):
    """Base of every record: frozen, and no key that is not declared."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, defer_build=True, ignored_types=(cached_property,)
    )
