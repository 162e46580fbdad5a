"""The errors of the service."""


class ServiceError(Exception):
    """An error response. The SDKs take `code` as the name of the error."""

    def __init__(self, code, message, status=400):
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status

    def body(self):
        # Errors that the service model describes spell the member as the model does.
        member = 'Message' if self.code in ('ResourceInUse', 'ResourceNotFound', 'ResourceLimitExceeded') else 'message'
        return {'__type': self.code, member: self.message}


def validation(message):
    return ServiceError('ValidationException', message)
