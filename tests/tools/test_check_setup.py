"""The set-up check: silent where all is well, and it says what to do where it is not."""

import check_setup
import pytest


@pytest.mark.parametrize("name", check_setup.CHECKS)
def test_this_machine_is_ready(name):
    assert check_setup.CHECKS[name]() == ""


def test_a_package_of_another_version_is_named_with_what_to_do(monkeypatch):
    monkeypatch.setattr(check_setup, "installed", lambda name: "" if name == "spacy" else "0")
    advice = check_setup.packages()
    assert "spacy 3." in advice
    assert "make clean" in advice


def test_a_full_disk_is_said(monkeypatch):
    monkeypatch.setattr(check_setup, "SPACE", 10**12)
    assert "make room" in check_setup.disk()


def test_an_old_python_is_said(monkeypatch):
    monkeypatch.setattr(check_setup, "OLDEST_PYTHON", (9, 9))
    assert "install 3.11 or newer" in check_setup.python()


def test_a_check_that_breaks_is_a_finding_and_no_traceback(monkeypatch, capsys):
    def broken():
        raise RuntimeError("no kernel")

    monkeypatch.setattr(check_setup, "CHECKS", {"kernel": broken, "disk": lambda: ""})
    with pytest.raises(SystemExit) as leaving:
        check_setup.main()
    assert leaving.value.code == 1
    said = capsys.readouterr().out
    assert "MEND  kernel\n      The check itself stopped with RuntimeError: no kernel." in said
    assert "1 to mend before the lessons." in said
