"""What an administrator is given to start with agrees with the program."""

import re
import subprocess

import pytest
from django.conf import settings

DEPLOY = settings.BASE_DIR / "deploy"
SCRIPTS = ["bin/run", "bin/test", "bin/lib.sh", ".ci/run", *(f"deploy/{path.name}" for path in DEPLOY.glob("*.sh"))]


def test_every_setting_from_the_environment_is_in_the_example() -> None:
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', (settings.BASE_DIR / "qms/settings.py").read_text()))
    read |= set(re.findall(r'os\.environ\.get\(\s*"(\w+)"', (DEPLOY / "gunicorn.conf.py").read_text()))
    explained = set(re.findall(r"^#?([A-Z0-9_]+)=", (DEPLOY / "qms.env.example").read_text(), re.M))
    assert explained == read


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_well_formed(script: str) -> None:
    assert subprocess.run(["bash", "-n", settings.BASE_DIR / script], check=False).returncode == 0


def test_the_files_that_the_units_name_exist() -> None:
    named = re.findall(
        r"/opt/qms/(deploy/\S+)|--config (\S+)", "".join(p.read_text() for p in DEPLOY.glob("*.service"))
    )
    paths = [first or second for first, second in named]
    assert sorted(paths) == ["deploy/backup.sh", "deploy/gunicorn.conf.py"]
    assert all((settings.BASE_DIR / path).is_file() for path in paths)


def test_what_the_example_says_is_read_as_systemd_reads_it() -> None:
    script = '. bin/lib.sh; load_env /dev/stdin; printf "%s|%s" "$PLAIN_VALUE" "$OTHER"'
    text = 'PLAIN_VALUE=a=$HOME b\n# NOTE=1\nOTHER="một hai"\n'
    said = subprocess.run(
        ["bash", "-c", script], cwd=settings.BASE_DIR, input=text, capture_output=True, text=True, check=True
    )
    assert said.stdout == "a=$HOME b|một hai"
