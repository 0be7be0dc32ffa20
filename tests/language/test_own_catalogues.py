"""A language of one's own: a catalogue in a folder is enough, and nothing it says can break a page."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from readiness.faults import EditionError, UsageError
from readiness.language.catalogues import LOCALES, OWN, known_messages, never_said, words_of
from readiness.language.speech import FOREIGN, marking_foreign, speak, spoken
from readiness.language.translating import to_translate

ITALIAN = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "In brief"
msgstr "In breve"

#, fuzzy
msgid "Contents"
msgstr "Forse"

msgid "%(n)s respondent"
msgid_plural "%(n)s respondents"
msgstr[0] "una persona ha risposto"
msgstr[1] "%(n)s persone hanno risposto"

msgid "%(n)s family"
msgid_plural "%(n)s families"
msgstr[0] "una famiglia"
msgstr[1] ""
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(OWN, str(tmp_path))
    words_of.cache_clear()
    return tmp_path


def put(folder: Path, text: str, name: str = "it.po") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_a_catalogue_in_a_folder_is_a_language(folder: Path) -> None:
    put(folder, ITALIAN)
    italian = speak("it")
    assert "it" in spoken()
    assert italian.gettext("In brief") == "In breve"
    assert italian.ngettext("%(n)s respondent", "%(n)s respondents", 2) == "%(n)s persone hanno risposto"
    assert italian.number(1234.5, 1) == "1.234,5"
    assert italian.date(datetime.date(2026, 3, 5)) == "5 marzo 2026"
    assert italian.listed(["a", "b", "c"]) == "a, b e c"


def test_what_is_not_translated_or_only_in_part_is_english(folder: Path) -> None:
    put(folder, ITALIAN)
    italian = speak("it")
    assert italian.gettext("Contents") == "Contents"
    assert italian.ngettext("%(n)s family", "%(n)s families", 1) == "%(n)s family"
    assert italian.untranslated("it") == len(known_messages()) - 2


def test_own_words_stand_before_ours_and_ours_stand_in_for_what_they_leave_out(folder: Path) -> None:
    put(folder, ITALIAN.replace("In breve", "L’essentiel"), "fr.po")
    assert speak("fr").gettext("In brief") == "L’essentiel"
    assert speak("fr").gettext("Sources") == "Sources"
    assert speak("fr").gettext("The way out") != "The way out"


def test_english_can_be_worded_otherwise_message_by_message(folder: Path) -> None:
    words = (
        'msgid "%(n)s respondent"\nmsgid_plural "%(n)s respondents"\nmsgstr[0] "one voice"\nmsgstr[1] "%(n)s voices"\n'
    )
    put(folder, f'msgid "In brief"\nmsgstr "At a glance"\n\n{words}', "en.po")
    english = speak("en-GB")
    assert (english.gettext("In brief"), english.gettext("Contents")) == ("At a glance", "Contents")
    assert [english.ngettext("%(n)s respondent", "%(n)s respondents", n) for n in (1, 2)] == [
        "one voice",
        "%(n)s voices",
    ]
    with marking_foreign():
        assert english.gettext("In brief") == "At a glance"
    assert english.untranslated("en") == 0
    assert 'msgid "In brief"\nmsgstr "At a glance"\n' in to_translate("en")


def test_words_for_what_nobody_says_are_named(folder: Path) -> None:
    assert list(never_said("en")) == []
    one = 'msgid "%(n)s respondent"\nmsgstr "one voice of %(n)s"\n'  # which has a plural
    put(folder, f'msgid "In brief"\nmsgstr "At a glance"\n\nmsgid "In breif"\nmsgstr "Glance"\n\n{one}', "en.po")
    [fault] = never_said("en")
    assert (fault.line, fault.what) == (4, "'In breif' is no message of ours (and 1 more)")
    assert list(never_said("fr")) == []


def test_a_region_has_a_catalogue_of_its_own(folder: Path) -> None:
    put(folder, ITALIAN, "pt_BR.po")
    assert speak("pt-BR").gettext("In brief") == "In breve"
    assert speak("pt-BR").language == "pt-BR"
    assert speak("pt").language == "en"


def test_languages_that_run_leftward_are_known(folder: Path) -> None:
    put(folder, ITALIAN.partition("#, fuzzy")[0], "ar.po")
    assert speak("ar").leftward
    assert not speak("fr").leftward


def test_english_words_are_marked_where_a_page_asks_for_it(folder: Path) -> None:
    put(folder, ITALIAN)
    with marking_foreign():
        assert speak("it").gettext("Contents") == "Contents".join(FOREIGN)
        assert speak("it").gettext("In brief") == "In breve"
        assert speak("en").gettext("Contents") == "Contents"
    assert speak("it").gettext("Contents") == "Contents"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('msgid "In brief"\nmsgstr "In breve\n', 2, "no line of a catalogue"),
        ('\nmsgsrt "x"\n', 2, "no line of a catalogue"),
        ('msgid "a"\nmsgid "b"\nmsgstr "c"\n', 1, "no catalogue"),
        ('\nmsgid "%(n)s of %(m)s"\nmsgstr "%(n)s di %(k)s"\n', 2, "%(k)s stands for no value here"),
        ('\nmsgid "%(n)s of %(m)s"\nmsgstr "%(n)s"\n', 2, "lacks %(m)s"),
        ('\nmsgid "%(n)s of all"\nmsgstr "%(n)s: 100 % di tutti"\n', 2, "begins no value"),
        ('msgid "In brief"\nmsgstr "<script>alert(1)</script>"\n', 1, "holds '<'"),
        ('msgid "In brief"\nmsgstr "detto \\"in breve\\""\n', 1, "holds '\"'"),
        (
            'msgid ""\nmsgstr ""\n"Language: it\\n"\n"Plural-Forms: nplurals=2; plural=n/0;\\n"\n',
            4,
            "divides by nothing",
        ),
        ('#\nmsgid ""\nmsgstr "PO-Revision-Date: soon\\n"\n', 2, "this header cannot be read"),
    ],
)
def test_what_would_break_a_page_is_refused_with_its_line(folder: Path, text: str, line: int, what: str) -> None:
    file = put(folder, text)
    with pytest.raises(EditionError) as caught:
        speak("it").gettext("In brief")
    [fault] = caught.value.faults
    assert (fault.file, fault.line) == (file.as_posix(), line)
    assert what in fault.what
    assert fault.mend


def test_a_file_that_no_language_is_called_by_is_named(folder: Path) -> None:
    put(folder, ITALIAN, "xq.po")
    with pytest.raises(EditionError, match="no language is called 'xq'"):
        speak("xq").gettext("In brief")


def as_a_pipe(path: Path) -> None:
    os.mkfifo(path)


def as_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("made", [as_a_pipe, as_a_device, Path.mkdir])
def test_what_is_no_file_is_never_read(folder: Path, made: Callable[[Path], None]) -> None:
    made(folder / "it.po")
    with pytest.raises(EditionError, match="this is no file; take it away") as caught:
        list(never_said("it"))
    assert [fault.file for fault in caught.value.faults] == [(folder / "it.po").as_posix()]


def test_a_catalogue_is_utf_8_whatever_its_header_says(folder: Path) -> None:
    put(folder, 'msgid ""\nmsgstr "Content-Type: text/plain; charset=klingon\\n"\n\nmsgid "In brief"\nmsgstr "È"\n')
    assert speak("it").gettext("In brief") == "È"


def test_a_folder_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(OWN, str(tmp_path / "nowhere"))
    with pytest.raises(EditionError, match="there is no such folder"):
        spoken()


def test_what_is_to_be_translated_is_every_message_in_as_many_forms_as_the_language_has(folder: Path) -> None:
    (folder / "to.po").write_text(to_translate("pl"), encoding="utf-8")
    with (folder / "to.po").open("rb") as file:
        catalogue = read_po(file)
    assert len(catalogue) == len(known_messages())
    assert catalogue.num_plurals > 2
    assert not any(any(message.string or ()) for message in catalogue if message.id)


def test_what_was_translated_is_in_the_next_one_already(folder: Path) -> None:
    put(folder, ITALIAN)
    again = to_translate("it")
    put(folder, again)
    words_of.cache_clear()
    assert 'msgstr "In breve"' in again
    assert to_translate("it") == again


def test_ours_can_be_printed_whole() -> None:
    with (LOCALES / "fr.po").open("rb") as file:
        ours = {message.id: message.string for message in read_po(file) if message.id}
    printed = {message.id: message.string for message in read_po(to_translate("fr").encode().splitlines(keepends=True))}
    assert {id_: printed[id_] for id_ in ours} == ours


def test_a_catalogue_of_no_language_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="no language is called so"):
        to_translate("no language")


@given(st.text(max_size=30))
def test_no_tag_reads_a_file_outside_the_folders(tag: str) -> None:
    assert speak(tag).language in spoken()
