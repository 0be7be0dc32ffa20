"""The report as PDF: the HTML page, printed by a Chromium that is installed here. Nothing is fetched from anywhere.

Chromium writes the time into the file; it is replaced by a fixed one, so that the same page gives the same bytes.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from readiness.faults import Fault, InputError, UsageError
from readiness.report.edition import PLAIN, Edition
from readiness.report.html import render_html
from readiness.report.running import NoEndError, room, run
from readiness.scoring.result import Result

VARIABLE = "CHROMIUM"  # of the environment: which program to take
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
ELSEWHERE = (  # where the installers of macOS and Windows put them, in no folder of PATH
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "%ProgramFiles%/Google/Chrome/Application/chrome.exe",
    "%ProgramFiles(x86)%/Google/Chrome/Application/chrome.exe",
    "%LocalAppData%/Google/Chrome/Application/chrome.exe",
    "%ProgramFiles(x86)%/Microsoft/Edge/Application/msedge.exe",
    "%ProgramFiles%/Microsoft/Edge/Application/msedge.exe",
)
QUIET = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-dev-shm-usage",  # which is too small in many containers
    "--password-store=basic",
    "--use-mock-keychain",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # no name is looked up, so nothing is sent
)
PRINTING = ("--no-pdf-header-footer", "--generate-pdf-document-outline", "--export-tagged-pdf")
PATIENCE = 120  # seconds that printing may take; a page of sixty units takes an eighth of that
SANDBOXED = Path("snap/chromium/common")  # of the home folder: all that Ubuntu's Chromium sees of the system's files
_DATE = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)(\d{14})([^)]*\))")
FIXED = b"19800101000000"


def render_pdf(result: Result, language: str, edition: Edition = PLAIN) -> bytes:
    """A result as a PDF in `language`: tagged, with bookmarks, the language and the title set.

    Raises:
        UsageError: no Chromium is installed.
        InputError: it could not print.
        jinja2.TemplateError: an own template has a fault.
    """
    browser = installed()
    return printed(render_html(result, language, edition), browser)


def installed() -> str:
    """The Chromium to print with: the one that `CHROMIUM` names, or the first that is found.

    Raises:
        UsageError: there is none.
    """
    named = os.environ.get(VARIABLE)
    if named:
        found = shutil.which(named)
        if found is None:
            mend = "give the path of a Chromium, Chrome or Edge, or unset it"
            raise UsageError([Fault(VARIABLE, None, f"{named} is no program that can be run", mend)])
        return found
    paths = (os.path.expandvars(path) for path in ELSEWHERE)
    found = next(filter(None, map(shutil.which, (*NAMES, *paths))), None)
    if found is None:
        what = f"no Chromium is installed here (looked for {', '.join(NAMES)})"
        mend = (
            f"install one, name it in {VARIABLE}, or print a report.html from any browser, which gives the same pages"
        )
        raise UsageError([Fault("PDF", None, what, mend)])
    return found


def printed(page: str, browser: str, patience: float = PATIENCE) -> bytes:
    """A page printed. patience: after how many seconds it is given up.

    Raises:
        InputError: it could not be printed.
    """
    with room(_shared(browser)) as folder:
        (folder / "report.html").write_text(page, encoding="utf-8", errors="replace", newline="\n")
        out = folder / "report.pdf"
        said = _run(_command(browser, folder, out), folder, patience)
        content = out.read_bytes() if out.is_file() else b""
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-32:]:
        last = next((line for line in reversed(said.splitlines()) if line.strip()), "it said nothing")
        raise _failed(browser, f"it printed nothing ({last.strip()})")
    return dated(content)


def dated(content: bytes) -> bytes:
    """A PDF with a fixed date, of the same length, so that every place in it stays where it was."""
    return _DATE.sub(lambda found: found[1] + FIXED + found[3], content)


def _command(browser: str, folder: Path, out: Path) -> list[str]:
    command = [browser, *QUIET, *PRINTING, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={out}"]
    if sys.platform == "linux" and os.geteuid() == 0:
        command.append("--no-sandbox")  # which root cannot have; the page is our own, and its policy lets no script in
    return [*command, (folder / "report.html").as_uri()]


def _shared(browser: str) -> Path | None:
    """Where a browser that sees few of the system's files can find a page; None where any place will do."""
    shared = Path.home() / SANDBOXED
    snapped = shared.is_dir() and (browser.startswith("/snap/") or Path(browser).name == "chromium-browser")
    return shared if snapped else None


def _run(command: list[str], folder: Path, patience: float) -> str:
    """Run a browser to its end, and return what it said.

    Raises:
        InputError: it could not be started, or took too long.
    """
    try:
        return run(command, folder, patience)
    except NoEndError as error:
        raise _failed(command[0], f"it did not finish within {patience:g} seconds") from error
    except OSError as error:
        raise _failed(command[0], f"it cannot be started ({error.strerror or error})") from error


def _failed(browser: str, what: str) -> InputError:
    mend = f"name another browser in {VARIABLE}, or print a report.html from any browser, which gives the same pages"
    return InputError([Fault(browser, None, what, mend)])
