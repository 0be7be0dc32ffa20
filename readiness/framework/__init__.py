"""YAML in, checked and frozen models out. Knows no dataframe, no response and no file but the framework's own."""
