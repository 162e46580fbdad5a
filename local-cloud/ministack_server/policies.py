"""What the statements of identity policies allow: as much of IAM as the policies of this library need.

It knows fewer condition operators than IAM. A condition that it does not know is not met, so that it refuses rather than lets pass.
"""
import functools
import re


def allows(statements, action, resource, context):
    """Whether an action is allowed on a resource, with the condition keys of the request."""
    return effects(statements, action, resource, context) == {'Allow'}


def effects(statements, action, resource, context):
    """What the statements say that apply to an action on a resource: Allow, Deny, both or nothing."""
    return {statement['Effect'] for statement in statements if _matches(statement, action, resource, context)}


def _matches(statement, action, resource, context):
    return any(_is_like(pattern.lower(), action.lower()) for pattern in _list(statement['Action'])) \
        and any(_is_like(pattern, resource) for pattern in _list(statement['Resource'])) \
        and all(_is_met(operator, context.get(key), _list(values))
                for operator, keys in statement.get('Condition', {}).items() for key, values in keys.items())


def _is_met(operator, value, expected):
    if operator == 'Null':
        return [str(value is None).lower()] == [str(each).lower() for each in expected]
    if value is None:
        return False
    if operator in ('StringLike', 'ArnLike', 'ArnEquals'):
        return any(_is_like(pattern, value) for pattern in expected)
    if operator in ('StringEquals', 'Bool'):
        return value in [str(each) for each in expected]
    return operator == 'StringNotEquals' and value not in expected


def _is_like(pattern, value):
    return _expression_of(pattern).fullmatch(value) is not None


@functools.lru_cache(maxsize=4096)
def _expression_of(pattern):
    """In a pattern, * stands for any text and ? for one character."""
    parts = {'*': '.*', '?': '.'}
    return re.compile(''.join(parts.get(part, re.escape(part)) for part in pattern), re.DOTALL)


def _list(value):
    return value if isinstance(value, list) else [value]
