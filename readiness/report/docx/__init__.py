"""The report as a Word document, because consultants edit what they send. It comes with the extra `docx`.

It is read from the page in Markdown, and so says the same things in the same order; charts are its pictures.
"""

from readiness.report.docx.document import judge_installed, render_docx
from readiness.report.docx.model import fetched_by
from readiness.report.docx.pictures import can_letter

__all__ = ["can_letter", "fetched_by", "judge_installed", "render_docx"]
