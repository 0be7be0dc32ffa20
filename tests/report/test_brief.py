"""The sentence that opens the report says how many of the known ways to fail are present; it fits one as well."""

import pytest

from readiness.language.speech import speak
from readiness.report.brief import standing


@pytest.mark.parametrize(
    ("known", "present", "open_", "english", "french"),
    [
        (1, 1, 0, "The one known way to fail is present.", "Le scénario d’échec connu est présent."),
        (1, 0, 0, "The one known way to fail is not present.", "Le scénario d’échec connu n’est pas présent."),
        (
            1,
            0,
            1,
            "Whether any of the known ways to fail is present cannot be told yet.",
            "On ne peut pas encore dire si l’un des scénarios d’échec connus est présent.",
        ),
        (
            16,
            1,
            4,
            "1 of the 16 known ways to fail is present.",
            "1 des 16 scénarios d’échec connus est présent.",
        ),
        (
            16,
            2,
            0,
            "2 of the 16 known ways to fail are present.",
            "2 des 16 scénarios d’échec connus sont présents.",
        ),
        (
            16,
            0,
            0,
            "None of the 16 known ways to fail is present.",
            "Aucun des 16 scénarios d’échec connus n’est présent.",
        ),
        (
            16,
            0,
            1,
            "None of the known ways to fail shows so far; 1 of 16 cannot be told yet.",
            "Aucun des scénarios d’échec connus n’apparaît à ce stade ; 1 sur 16 ne peut pas encore être tranché.",
        ),
    ],
)
def test_the_opening_sentence_fits_the_count(known: int, present: int, open_: int, english: str, french: str) -> None:
    assert standing(speak("en"), known, present, open_) == english
    assert (
        standing(speak("fr"), known, present, open_).replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ") == french
    )
