"""The mapping as tables for people, as CSV files, as a workbook and as a brief."""

from helpers.export.comparison import comparison_tables, differing_places
from helpers.export.tables import export_tables, write_csv

__all__ = ["comparison_tables", "differing_places", "export_tables", "write_csv"]
