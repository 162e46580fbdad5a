"""The operations of the API on models."""
from .errors import validation
from .model import Model
from .request_check import known_members
from .rules import check_model


class ModelOperations:
    def __init__(self, arn_prefix, object_exists):
        self.models = {}
        self._arn_prefix = f'{arn_prefix}:model/'
        self._object_exists = object_exists
        self.handlers = {
            'CreateModel': self._create,
            'DescribeModel': lambda request, _: self._model(request).description(known_members('DescribeModel')),
            'DeleteModel': self._delete,
        }

    def _create(self, request, unknown_members):
        check_model(request)
        name = request['ModelName']
        if name in self.models:
            raise validation(f'Cannot create already existing model "{self.models[name].arn}".')
        for container in request.get('Containers') or [request['PrimaryContainer']]:
            uri = container.get('ModelDataUrl')
            if uri and not self._object_exists(uri):
                raise validation(f'Could not find model data at {uri}.')
        model = self.models[name] = Model(self._arn(name), request, unknown_members)
        return {'ModelArn': model.arn}

    def _delete(self, request, _):
        del self.models[self._model(request).name]

    def _model(self, request):
        model = self.models.get(request['ModelName'])
        if model is None:
            raise validation(f"Could not find model \"{self._arn(request['ModelName'])}\".")
        return model

    def _arn(self, name):
        return self._arn_prefix + name.lower()
