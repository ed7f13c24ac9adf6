"""The mapping as tables for people, as CSV files and as a workbook."""

from helpers.export.tables import export_tables, write_csv

__all__ = ["export_tables", "write_csv"]
