"""A model: containers with their artefacts. It has no states."""
import time


class Model:
    def __init__(self, arn, request, unknown_members=()):
        self.name = request['ModelName']
        self.arn = arn
        self.tags = {tag['Key']: tag['Value'] for tag in request.get('Tags') or []}
        self.request = {key: value for key, value in request.items() if key != 'Tags'}
        self.unknown_members = list(unknown_members)
        self.created = time.time()

    def summary(self):
        return {'ModelName': self.name, 'ModelArn': self.arn, 'CreationTime': self.created}

    def description(self, known_members):
        request = {key: value for key, value in self.request.items() if key in known_members}
        return {'EnableNetworkIsolation': False, **request, **self.summary()}

    def record(self):
        """All data of the model, for tests."""
        return {**self.summary(), 'Request': self.request, 'Tags': self.tags, 'UnknownMembers': self.unknown_members}
