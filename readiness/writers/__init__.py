"""A result, or every respondent's scores, out into files that other programs read: CSV, XLSX, Parquet, JSON Lines."""
