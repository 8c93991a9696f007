"""The same files in an S3-compatible store: a real server over HTTP, spoken to by the real client."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from django.conf import settings as project
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from moto.server import ThreadedMotoServer

from qms.files.actions import store_file, sweep_orphans
from qms.files.models import StoredFile
from qms.organisation.tests.cast import NOW, House, found_house

TEXT = "Kết quả: đạt\n".encode()
KEYS = {"access_key": "thu", "secret_key": "thu-bi-mat"}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a store that lives as long as this module."""
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    yield "http://{}:{}".format(*running.get_host_and_port())
    running.stop()


@pytest.fixture
def bucket(server: str, settings) -> Iterator[object]:
    """An empty bucket, which the project now uses."""
    s3 = boto3.resource(
        "s3", endpoint_url=server, region_name="us-east-1",
        aws_access_key_id=KEYS["access_key"], aws_secret_access_key=KEYS["secret_key"],
    )  # fmt: skip
    made = s3.create_bucket(Bucket="qms")
    options = {"bucket_name": "qms", "endpoint_url": server, "region_name": "us-east-1", "location": "so", **KEYS}
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options},
    }
    yield made
    made.objects.delete()
    made.delete()


@pytest.fixture
def house(db: None) -> House:
    return found_house()


def keep(house: House) -> StoredFile:
    upload = SimpleUploadedFile("kết quả.txt", TEXT)
    return store_file(upload, agency=house.agency, actor=house["truong"], at=NOW)


def test_a_file_goes_to_the_bucket_and_comes_back(bucket, house: House) -> None:
    stored = keep(house)
    assert [one.key for one in bucket.objects.all()] == [f"so/{stored.file.name}"]
    with stored.file.open() as file:
        assert file.read() == TEXT
    assert not Path(project.MEDIA_ROOT).exists()


def test_a_file_without_a_row_is_taken_back_from_the_bucket(bucket, house: House) -> None:
    house.agency.pk = None
    with pytest.raises(ValueError, match="unsaved related object"):
        keep(house)
    assert list(bucket.objects.all()) == []


def test_the_bucket_is_swept(bucket, house: House) -> None:
    stored = keep(house)
    bucket.put_object(Key="so/evidence/ab/left", Body=b"x")
    assert sweep_orphans(at=timezone.now()) == 0
    assert sweep_orphans(at=timezone.now() + timezone.timedelta(days=2)) == 1
    assert [one.key for one in bucket.objects.all()] == [f"so/{stored.file.name}"]


def test_a_lost_file_is_missed(bucket, house: House) -> None:
    stored = keep(house)
    default_storage.delete(stored.file.name)
    with pytest.raises(FileNotFoundError):
        stored.file.open()


def test_the_environment_alone_turns_it_on(server: str, tmp_path: Path) -> None:
    environment = {
        "S3_BUCKET": "thu", "S3_ENDPOINT_URL": server, "S3_ACCESS_KEY": "thu", "S3_SECRET_KEY": "bi-mat",
        "S3_REGION": "us-east-1", "S3_PREFIX": "so", "DEBUG": "1", "QMS_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "qms.settings",
    }  # fmt: skip
    code = (
        "import boto3, django; django.setup()\n"
        "from django.core.files.base import ContentFile\n"
        "from django.core.files.storage import default_storage as store\n"
        "store.connection.create_bucket(Bucket='thu')\n"
        "print(store.open(store.save('evidence/a', ContentFile(b'x'))).read(), store.bucket.name, store.location)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=project.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert said.stdout == "b'x' thu so\n"
