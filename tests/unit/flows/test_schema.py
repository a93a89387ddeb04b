"""The JSON Schema that editors get: the one of this version, and true of every script."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from flows.script.document import compose, plain
from flows.script.schema import WORDS, schema
from flows.script.schema.values import VALUES

SCRIPTS = Path(__file__).parents[3] / "flows" / "scripts"
BROKEN = Path(__file__).parent / "broken"
# What a schema can tell; the others are no YAML, or about two places at once.
TOLD = sorted(
    path
    for code in (104, 105, 106, 108, 110, 111, 112, 113, 114, 115, 116)
    for path in BROKEN.glob(f"FV{code}_*.yaml")
)


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


def read(path: Path) -> object:
    return plain(compose(path.read_text("utf-8"), path.name))


def test_the_file_is_the_schema_of_this_version() -> None:
    """`doorstep flows schema > flows/scripts/script.schema.json` was run after the last change."""
    assert json.loads((SCRIPTS / "script.schema.json").read_text("utf-8")) == schema()


def test_it_is_a_schema() -> None:
    """Editors can use it."""
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*/v*.yaml")), ids=lambda path: path.parent.name)
def test_a_released_script_fits(path: Path, validator: Draft202012Validator) -> None:
    """No editor marks anything in a script that was released."""
    assert [error.message for error in validator.iter_errors(read(path))] == []


@pytest.mark.parametrize("path", TOLD, ids=lambda path: path.stem)
def test_a_broken_script_does_not(path: Path, validator: Draft202012Validator) -> None:
    """A fault of the format is marked while one writes."""
    assert not validator.is_valid(read(path))


def test_every_kind_of_fault_of_the_format_was_looked_at() -> None:
    """The list above names every script that it is about."""
    assert len(TOLD) == 11


def test_every_key_has_its_words() -> None:
    """An editor says what each key means, and nothing of keys that there are not."""
    assert set(WORDS) == set(VALUES)
