"""What the records are made of: mappings that cannot be changed, and texts in several languages."""

from __future__ import annotations

from typing import NoReturn, TypeVar

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


EMPTY = Text()
