"""The operations of the API on groups of model packages, and on the packages in them, which have versions."""
from .errors import validation
from .model_package import ModelPackage, ModelPackageGroup


class ModelPackageOperations:
    def __init__(self, arn_prefix, object_exists):
        self.groups = {}
        self.packages = {}
        self._arn_prefix = arn_prefix
        self._object_exists = object_exists
        self.handlers = {
            'CreateModelPackageGroup': self._create_group,
            'DescribeModelPackageGroup': lambda request, _: self._group(request).summary(),
            'DeleteModelPackageGroup': self._delete_group,
            'CreateModelPackage': self._create,
            'DescribeModelPackage': lambda request, _: self._package(request).description(),
        }

    def _create_group(self, request, _):
        name = request['ModelPackageGroupName']
        if name in self.groups:
            raise validation(f'Model Package Group already exists: {self.groups[name].arn}')
        group = self.groups[name] = ModelPackageGroup(f'{self._arn_prefix}:model-package-group/{name}', request)
        return {'ModelPackageGroupArn': group.arn}

    def _delete_group(self, request, _):
        group = self._group(request)
        if any(package.group is group for package in self.packages.values()):
            raise validation(f'Model Package Group {group.arn} cannot be deleted because it contains model packages.')
        del self.groups[group.name]

    def _create(self, request, unknown_members):
        if 'ModelPackageGroupName' not in request:
            raise validation('The local cloud has only model packages of a group')
        group = self._group(request)
        for container in (request.get('InferenceSpecification') or {}).get('Containers', []):
            uri = container.get('ModelDataUrl')
            if uri and not self._object_exists(uri):
                raise validation(f'Could not find model data at {uri}.')
        group.versions += 1
        package = ModelPackage(f'{self._arn_prefix}:model-package/{group.name.lower()}/{group.versions}', request, group, unknown_members)
        self.packages[package.arn] = package
        return {'ModelPackageArn': package.arn}

    def _group(self, request):
        name = request['ModelPackageGroupName'].rsplit('/', 1)[-1]
        if name not in self.groups:
            raise validation(f'Model Package Group {name} does not exist')
        return self.groups[name]

    def _package(self, request):
        package = self.packages.get(request['ModelPackageName'])
        if package is None:
            raise validation(f"Model Package {request['ModelPackageName']} does not exist")
        return package
