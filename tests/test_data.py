"""The data folder: every file described, every table as described."""

import json

import pytest
from frictionless import validate

from helpers.resources import DATA

PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
README = (DATA / "README.md").read_text(encoding="utf-8")
FILES = sorted(
    path.relative_to(DATA).as_posix()
    for path in DATA.rglob("*")
    if path.is_file() and "__pycache__" not in path.parts
)


def test_the_data_package_is_valid_and_its_files_are_as_it_says():
    outcome = validate(DATA / "datapackage.json")
    assert outcome.valid, outcome.to_summary()


TABLES = [file for file in FILES if file.endswith(".csv") and not file.startswith("gold/")]


@pytest.mark.parametrize("path", TABLES)
def test_every_table_is_in_the_data_package(path):
    assert path in [resource["path"] for resource in PACKAGE["resources"]]


@pytest.mark.parametrize("path", [f for f in FILES if f not in {"README.md", "datapackage.json"}])
def test_every_file_is_explained(path):
    folder, _, name = path.rpartition("/")
    assert path in README or (f"`{folder}/`" in README and f"`{name}`" in README)


@pytest.mark.parametrize("resource", PACKAGE["resources"], ids=lambda resource: resource["name"])
def test_every_resource_has_a_licence(resource):
    assert resource["licenses"]
