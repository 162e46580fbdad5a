"""Checks a request against the service model of botocore, as strictly as the service and with its error messages.

Members that the model does not know are let through, as the service does; they are reported to the caller,
so that tests can see what a client sent beyond the model.
"""
import functools

import regex
from botocore.loaders import Loader
from botocore.model import ServiceModel

from .errors import ServiceError, validation

# The JSON types of the model's types. In Python a bool is an int; the service tells them apart.
TYPES = {
    'structure': dict, 'map': dict, 'list': list, 'string': str, 'blob': str, 'boolean': bool,
    'integer': int, 'long': int, 'float': (int, float), 'double': (int, float), 'timestamp': (int, float),
}
JAVA_NAMES = {'integer': 'Integer', 'long': 'Long', 'float': 'Float', 'double': 'Double', 'boolean': 'Boolean',
              'string': 'String', 'timestamp': 'Date'}
TOKENS = {str: 'STRING_VALUE', bool: 'BOOLEAN_VALUE', int: 'NUMBER_VALUE', float: 'NUMBER_VALUE',
          dict: 'START_OBJECT', list: 'START_ARRAY'}


@functools.lru_cache(maxsize=None)
def service_model():
    return ServiceModel(Loader().load_service_model('sagemaker', 'service-2'), 'sagemaker')


def known_members(operation):
    """The members of the response of an operation."""
    return service_model().operation_model(operation).output_shape.members


def check_request(operation, request):
    """Raises the service's error for a request that it would reject. Returns the paths of unknown members."""
    shape = service_model().operation_model(operation).input_shape
    unknown = []
    _check_types(shape, request, '', unknown)
    problems = []
    _check_constraints(shape, request, '', problems)
    if problems:
        plural = 's' if len(problems) > 1 else ''
        raise validation(f'{len(problems)} validation error{plural} detected: {"; ".join(problems)}')
    return unknown


def _check_types(shape, value, path, unknown):
    """Checks types before constraints, as the service does: it deserialises the whole request first."""
    if value is None:
        return
    if not isinstance(value, TYPES[shape.type_name]) or (isinstance(value, bool) and shape.type_name != 'boolean'):
        expected = JAVA_NAMES.get(shape.type_name)
        message = f'{TOKENS[type(value)]} can not be converted to {expected}' if expected else 'Unexpected token in request'
        raise ServiceError('SerializationException', message)
    if shape.type_name == 'structure':
        for name, member in value.items():
            if name in shape.members:
                _check_types(shape.members[name], member, _join(path, name), unknown)
            else:
                unknown.append(_join(path, name))
    elif shape.type_name == 'list':
        for index, item in enumerate(value):
            _check_types(shape.member, item, f'{path}[{index}]', unknown)
    elif shape.type_name == 'map':
        for key, item in value.items():
            _check_types(shape.value, item, _join(path, key), unknown)


def _check_constraints(shape, value, path, problems):
    if shape.type_name == 'structure':
        for name in shape.required_members:
            if value.get(name) is None:
                problems.append(f"Value null at '{_java_path(path, name)}' failed to satisfy constraint: Member must not be null")
        for name, member in value.items():
            if name in shape.members and member is not None:
                _check_constraints(shape.members[name], member, _java_path(path, name), problems)
        return
    for broken in _broken_constraints(shape, value):
        problems.append(f"Value '{_java_text(value)}' at '{path}' failed to satisfy constraint: {broken}")
    if shape.type_name == 'list':
        for index, item in enumerate(value):
            _check_constraints(shape.member, item, f'{path}.{index + 1}.member', problems)
    elif shape.type_name == 'map':
        for what, part, items in (('keys', shape.key, value.keys()), ('value', shape.value, value.values())):
            broken = [text for item in items for text in _broken_constraints(part, item)]
            if broken:
                problems.append(f"Value '{_java_text(value)}' at '{path}' failed to satisfy constraint: "
                                f"Map {what} must satisfy constraint: [{', '.join(dict.fromkeys(broken))}]")


def _broken_constraints(shape, value):
    metadata = shape.metadata
    is_number = shape.type_name in ('integer', 'long', 'float', 'double')
    if is_number or shape.type_name in ('string', 'list', 'map'):
        size, what = (value, 'value') if is_number else (len(value), 'length')
        if 'max' in metadata and size > metadata['max']:
            yield f"Member must have {what} less than or equal to {metadata['max']}"
        if 'min' in metadata and size < metadata['min']:
            yield f"Member must have {what} greater than or equal to {metadata['min']}"
    if 'enum' in metadata and value not in metadata['enum']:
        yield f"Member must satisfy enum value set: [{', '.join(metadata['enum'])}]"
    # The service matches the whole text, whether or not the pattern has anchors.
    if 'pattern' in metadata and not regex.fullmatch(metadata['pattern'], value):
        yield f"Member must satisfy regular expression pattern: {metadata['pattern']}"


def _join(path, name):
    return f'{path}.{name}' if path else name


def _java_path(path, name):
    return _join(path, name[0].lower() + name[1:])


def _java_text(value):
    if isinstance(value, dict):
        return '{' + ', '.join(f'{key}={_java_text(item)}' for key, item in value.items()) + '}'
    if isinstance(value, list):
        return '[' + ', '.join(_java_text(item) for item in value) + ']'
    return str(value).lower() if isinstance(value, bool) else str(value)
