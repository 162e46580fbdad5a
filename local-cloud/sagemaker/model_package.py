"""A group of model packages, and a package, which is one version of its group."""
import time


class ModelPackageGroup:
    def __init__(self, arn, request):
        self.name = request['ModelPackageGroupName']
        self.arn = arn
        self.tags = {tag['Key']: tag['Value'] for tag in request.get('Tags') or []}
        self.created = time.time()
        self.versions = 0

    def summary(self):
        return {'ModelPackageGroupName': self.name, 'ModelPackageGroupArn': self.arn, 'CreationTime': self.created,
                'ModelPackageGroupStatus': 'Completed'}


class ModelPackage:
    def __init__(self, arn, request, group, unknown_members=()):
        self.arn = arn
        self.group = group
        self.version = group.versions
        self.tags = {tag['Key']: tag['Value'] for tag in request.get('Tags') or []}
        self.request = {key: value for key, value in request.items() if key != 'Tags'}
        self.unknown_members = list(unknown_members)
        self.created = time.time()

    def description(self):
        return {**self.request, 'ModelPackageArn': self.arn, 'ModelPackageVersion': self.version, 'ModelPackageStatus': 'Completed',
                'ModelPackageStatusDetails': {'ValidationStatuses': []}, 'CreationTime': self.created}

    def record(self):
        """All data of the package, for tests."""
        return {'ModelPackageArn': self.arn, 'ModelPackageVersion': self.version, 'Request': self.request, 'Tags': self.tags,
                'UnknownMembers': self.unknown_members}
