"""Data between S3 and the folders of a job."""
import json

from botocore.exceptions import ClientError


class DataError(Exception):
    """The data of a job does not exist. The job fails, as it does in the service."""


class S3Data:
    def __init__(self, client):
        self._client = client

    def download(self, source, folder):
        """Downloads what an S3Input names: all keys with the prefix, or the objects that a manifest lists."""
        folder.mkdir(parents=True, exist_ok=True)
        if source['S3DataType'] == 'ManifestFile':
            objects = self._manifest(source['S3Uri'])
        else:
            objects = self._prefix(source['S3Uri'])
        if not objects:
            raise DataError(f"No S3 objects found under S3 URL \"{source['S3Uri']}\" given in input data source. "
                            'Please ensure that the bucket exists in the selected region and that objects exist under that S3 prefix')
        for bucket, key, name in objects:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            self._client.download_file(bucket, key, str(target))

    def download_listed(self, uri, folder):
        """Downloads the objects that an augmented manifest lists. Returns each file with what its line says."""
        bucket, key = _split(uri)
        try:
            lines = self._client.get_object(Bucket=bucket, Key=key)['Body'].read().decode().splitlines()
            entries = [json.loads(line) for line in lines if line.strip()]
        except (self._client.exceptions.NoSuchKey, self._client.exceptions.NoSuchBucket, ValueError) as error:
            raise DataError(f'The augmented manifest {uri} could not be read: {error}') from error
        folder.mkdir(parents=True, exist_ok=True)
        for number, entry in enumerate(entries):
            if 'source-ref' not in entry:
                raise DataError(f'Line {number + 1} of the augmented manifest {uri} has no source-ref')
            file = folder / f"{number}-{entry['source-ref'].rsplit('/', 1)[-1]}"
            self.download_object(entry['source-ref'], file)
            yield file, entry

    def exists(self, uri):
        bucket, key = _split(uri)
        try:
            self._client.head_object(Bucket=bucket, Key=key)
        except ClientError:
            return False
        return True

    def download_object(self, uri, file):
        self._client.download_file(*_split(uri), str(file))

    def upload_file(self, file, uri):
        self._client.upload_file(str(file), *_split(uri))

    def upload(self, folder, uri):
        bucket, prefix = _split(uri)
        for file in sorted(folder.rglob('*')):
            if file.is_file():
                key = '/'.join(part for part in (prefix.strip('/'), file.relative_to(folder).as_posix()) if part)
                self._client.upload_file(str(file), bucket, key)

    def _prefix(self, uri):
        bucket, prefix = _split(uri)
        try:
            pages = self._client.get_paginator('list_objects_v2').paginate(Bucket=bucket, Prefix=prefix)
            keys = [item['Key'] for page in pages for item in page.get('Contents', [])]
        except self._client.exceptions.NoSuchBucket:
            return []
        if prefix in keys:
            return [(bucket, prefix, prefix.rsplit('/', 1)[-1])]
        # File names are relative to the last complete folder of the prefix.
        base = prefix if prefix.endswith('/') else f'{prefix}/'
        if not all(key.startswith(base) for key in keys):
            base = prefix[:prefix.rfind('/') + 1]
        return [(bucket, key, key[len(base):]) for key in keys if not key.endswith('/')]

    def _manifest(self, uri):
        bucket, key = _split(uri)
        first, *names = json.load(self._client.get_object(Bucket=bucket, Key=key)['Body'])
        data_bucket, prefix = _split(first['prefix'])
        return [(data_bucket, prefix + name, name) for name in names]


def _split(uri):
    bucket, _, key = uri.removeprefix('s3://').partition('/')
    return bucket, key
