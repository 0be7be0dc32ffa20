"""A folder becomes a framework, or every fault in it at once, each with its line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.faults import FrameworkError
from readiness.framework.configurations import Calibration
from readiness.framework.loading import check, load
from readiness.framework.models import Framework

Write = Callable[..., Path]


def faults(folder: Path) -> list[tuple[str, int | None, str]]:
    return [(Path(fault.file).name, fault.line, fault.what) for fault in check(folder).faults]


def replaced(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_a_good_framework_has_neither_faults_nor_warnings(write: Write) -> None:
    checked = check(write())
    assert (checked.faults, checked.warnings) == ((), ())
    assert checked.framework is not None
    assert list(checked.framework.items) == ["CUL01", "CUL02", "CUL03"]
    assert checked.framework.indicators["lived"].title == {"en": "Lived", "fr": "Vécue"}


def test_what_is_loaded_is_what_the_models_accept(write: Write) -> None:
    framework = load(write())
    assert Framework.model_validate(framework.model_dump(by_alias=True)) == framework


def test_a_loaded_framework_cannot_be_changed(write: Write) -> None:
    framework = load(write())
    with pytest.raises(TypeError):
        framework.scales["other"] = framework.scales["agreement"]
    with pytest.raises(ValueError, match="frozen"):
        framework.id = "other"


TWELVE = {
    "framework.yaml": """\
        format: 1
        id: twelve
        version: 2
        languages: [en, fr]
        questionnaires: [culture.yaml]
        scenarios: scenarios.yaml
        context: {role: {options: {employee: {en: Employee, fr: Salarié}}}}
        scales:
          agreement:
            options: [{value: 1, label: {en: No, fr: Non}}, {value: 1, label: {en: Yes, fr: Oui}}, {value: 2}]
        """,
    "culture.yaml": """\
        dimension: culture
        wieght: 2
        indicators:
          lived:
            desired: hihg
            weight: heavy
            items:
              CUL01: {text: {fr: On aide.}, scale: agreement}
              CUL02: {text: We ask., scale: agrement}
              CUL03: {text: We tell., scale: agreement, roles: [employe]}
          pushed:
            desired: low
            items:
              CUL01: {text: We wait., scale: agreement}
              CUL04: {text: We go., scale: agreement, ask_if: {CUL05: {is: 2}}}
              CUL05: {text: We come., scale: agreement, ask_if: {CUL04: {is: 2}}}
        """,
    "scenarios.yaml": """\
        push:
          when:
            all:
              - {high: pusshed}
              - low: {indicator: lived, calibration: {out: 20, crossover: 40, in: 60}}
        """,
}


def test_twelve_different_faults_are_twelve_messages_with_their_lines(write: Write) -> None:
    assert faults(write(TWELVE)) == [
        ("framework.yaml", 3, "the framework: 'version' should be a text, found '2'"),
        ("framework.yaml", 10, "scale 'agreement': value 1 is there twice"),
        ("culture.yaml", 2, "the questionnaire: unknown key 'wieght'"),
        ("culture.yaml", 5, "indicator 'lived': 'desired' should be one of high, low, none, found 'hihg'"),
        ("culture.yaml", 6, "indicator 'lived': 'weight' should be a number, found 'heavy'"),
        ("culture.yaml", 8, "item 'CUL01': 'text' lacks en, which the other languages fall back on"),
        ("culture.yaml", 9, "item 'CUL02' names scale 'agrement', which does not exist"),
        ("culture.yaml", 10, "item 'CUL03' names role 'employe', which does not exist"),
        ("culture.yaml", 14, "item 'CUL01' is there twice, first on line 8"),
        ("culture.yaml", 15, "items wait for each other in 'ask_if': CUL04 → CUL05 → CUL04"),
        ("scenarios.yaml", 4, "scenario 'push', 'when' names indicator 'pusshed', which does not exist"),
        (
            "scenarios.yaml",
            5,
            "scenario 'push', 'when', the calibration of 'low lived': anchors 20, 40, 60 do not fall",
        ),
    ]


def test_every_fault_says_how_to_mend_it(write: Write) -> None:
    mends = {fault.line: fault.mend for fault in check(write(TWELVE)).faults if fault.file.endswith("culture.yaml")}
    assert mends[2] == "did you mean 'weight'?"
    assert mends[9] == "did you mean 'agreement'?"
    assert all(fault.mend for fault in check(write(TWELVE)).faults)


def test_load_raises_all_faults_at_once(write: Write) -> None:
    with pytest.raises(FrameworkError) as caught:
        load(write(TWELVE))
    assert len(caught.value.faults) == 12
    assert "culture.yaml, line 9: item 'CUL02' names scale 'agrement'" in str(caught.value)


def test_a_broken_file_does_not_hide_faults_in_others(write: Write, good: dict[str, str]) -> None:
    scenarios = replaced(good["scenarios.yaml"], "contrast:", "contrats:")
    found = faults(write(culture="dimension: [culture\n", scenarios=scenarios))
    assert [(file, line) for file, line, _ in found] == [("culture.yaml", 2), ("scenarios.yaml", 8)]


def test_what_a_broken_file_may_define_is_not_called_unknown(write: Write) -> None:
    assert len(faults(write(culture="dimension: culture\nindicators: [\n"))) == 1


def test_an_item_that_could_not_be_read_is_not_called_unknown_elsewhere(write: Write, good: dict[str, str]) -> None:
    culture = replaced(good["culture.yaml"], "{text: {en: We help., fr: On aide.}, scale: agreement}", "We help.")
    assert [line for _, line, _ in faults(write(culture=culture))] == [10]


def test_there_is_no_such_folder(tmp_path: Path) -> None:
    assert faults(tmp_path / "none") == [("framework.yaml", None, "there is no such folder")]


def test_a_folder_without_a_framework(tmp_path: Path) -> None:
    assert faults(tmp_path) == [("framework.yaml", None, "there is no such file")]


@pytest.mark.parametrize(
    "name", ["../culture.yaml", "/etc/passwd", "a/../../culture.yaml", "..\\\\culture.yaml", "a\\0b"]
)
def test_no_file_outside_the_folder_is_read(write: Write, good: dict[str, str], name: str) -> None:
    header = replaced(good["framework.yaml"], "[culture.yaml]", f'["{name}"]')
    found = faults(write(framework=header))
    assert len(found) == 1
    assert found[0][:2] == ("framework.yaml", 6)


def test_a_link_out_of_the_folder_is_not_followed(write: Write, tmp_path: Path) -> None:
    folder = write()
    shutil.move(folder / "culture.yaml", tmp_path / "culture.yaml")
    (folder / "culture.yaml").symlink_to(tmp_path / "culture.yaml")
    assert "leads out of the framework's folder" in faults(folder)[0][2]


def test_a_missing_questionnaire_names_the_nearest_file(write: Write, good: dict[str, str]) -> None:
    header = replaced(good["framework.yaml"], "[culture.yaml]", "[cultur.yaml]")
    fault = check(write(framework=header)).faults[0]
    assert (fault.line, fault.what) == (6, "file 'cultur.yaml' does not exist")
    assert fault.mend == "did you mean 'culture.yaml'?"


def test_a_file_that_is_not_named_is_a_warning(write: Write) -> None:
    checked = check(write(trust="dimension: trust\n"))
    assert [warning.what for warning in checked.warnings] == ["file 'trust.yaml' is in the folder but not named"]


def test_all_files_together_are_bounded(write: Write, good: dict[str, str]) -> None:
    names = [f"many{number}" for number in range(4)]
    header = replaced(good["framework.yaml"], "[culture.yaml]", f"[{', '.join(f'{name}.yaml' for name in names)}]")
    found = faults(write(framework=header, **dict.fromkeys(names, f"dimension: a\nabout: [{'a,' * 45_000}]\n")))
    assert [what for _, _, what in found if "hold" in what] == ["the files up to here hold more than 150000 values"]


def test_more_faults_than_anyone_reads_are_cut_short(write: Write) -> None:
    found = faults(write(culture="dimension: a\n" + "".join(f"key{number}: 1\n" for number in range(5_000))))
    assert len(found) < 400
    assert found[-1][2] == "there are more faults than are listed"


def test_only_what_has_no_default_is_required(questionnaire: Callable[..., Path]) -> None:
    header = """\
        format: 1
        id: least
        version: "1"
        languages: [en]
        questionnaires: [culture.yaml]
        scales: {yes_no: {options: [{value: 0}, {value: 1}]}}
        """
    text = "dimension: culture\nindicators: {lived: {desired: high, items: {A: {text: We help., scale: yes_no}}}}\n"
    checked = check(questionnaire(text, header))
    assert checked.faults == ()
    framework = checked.framework
    assert framework is not None
    assert framework.title == {"": "least"}
    assert framework.indicators["lived"].title == {"": "lived"}
    assert framework.missing.dk == {"en": "Don't know"}
    assert framework.defaults.calibration == Calibration(out=30, crossover=55, in_=80, log_odds=3)
    assert "indicator 'lived' has no 'title'" in [warning.what for warning in checked.warnings]


@pytest.mark.parametrize("key", ["format", "id", "version", "languages", "questionnaires", "scales"])
def test_a_missing_required_key_is_named(write: Write, good: dict[str, str], key: str) -> None:
    lines = good["framework.yaml"].splitlines(keepends=True)
    kept = "".join(
        line for line in lines if not line.startswith(f"{key}:") and not (key == "scales" and line[0] == " ")
    )
    assert ("framework.yaml", 1, f"the framework has no '{key}'") in faults(write(framework=kept))


def test_a_misspelt_key_is_one_fault_and_what_stands_under_it_is_read(write: Write, good: dict[str, str]) -> None:
    culture = replaced(good["culture.yaml"], "indicators:", "indicatros:")
    culture = replaced(culture, "scale: agreement", "scale: agrement")
    assert [(line, what) for _, line, what in faults(write(culture=culture))] == [
        (4, "the questionnaire: unknown key 'indicatros'"),
        (10, "item 'CUL01' names scale 'agrement', which does not exist"),
    ]


def test_a_misspelt_required_key_is_not_called_missing_as_well(write: Write, good: dict[str, str]) -> None:
    culture = replaced(good["culture.yaml"], "desired: high", "desird: high")
    culture = replaced(culture, "scale: agreement", "scal: agreement")
    header = replaced(good["framework.yaml"], "scales:", "scale:")
    assert [line for _, line, _ in faults(write(framework=header, culture=culture))] == [12, 6, 10]
