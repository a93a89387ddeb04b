"""The room is for this machine alone, and never stands beside a real bot."""

import os
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection

import pytest


@pytest.mark.parametrize(
    "headers", [{"Host": "doorstep.example"}, {"Origin": "https://doorstep.example"}, {"Origin": "null"}]
)
def test_other_sites_order_nothing(room: str, headers: dict[str, str]) -> None:
    """A name that somebody lets lead here, and a page from elsewhere, are refused before anything is done."""
    with closing(HTTPConnection(room.rstrip("/"))) as connection:
        connection.request("POST", "/room/faults", body='{"crash": true}', headers=headers)
        response = connection.getresponse()
        said = response.read()

    assert response.status == 403
    assert b"local tool" in said


def test_beside_a_real_token_it_does_not_start() -> None:
    """With a token of a real bot in the environment the command says so and ends."""
    place = {**os.environ, "DOORSTEP_TOKEN": "1234567:a-real-one"}
    command = [sys.executable, "-m", "bot", "demo", "--no-open", "--port", "0"]
    done = subprocess.run(command, env=place, check=False, capture_output=True, text=True, timeout=60)

    assert done.returncode != 0
    assert "does not run beside a real bot" in done.stderr
    assert "a-real-one" not in done.stdout + done.stderr
