"""A firm's theme: names, colours, fonts, a logo, a line on confidentiality; read, judged, and put into CSS."""

from readiness.report.theme.records import Logo, Theme

__all__ = ["Logo", "Theme"]
