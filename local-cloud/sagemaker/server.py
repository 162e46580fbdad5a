"""The HTTP side: the AWS JSON 1.1 protocol, and the control requests."""
import json
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .errors import ServiceError
from .faults import ConnectionLost

TARGET = 'SageMaker.'
CONTROL = '/_control/'


class Server(ThreadingHTTPServer):
    daemon_threads = True
    # With a template of hundreds of jobs, many Lambda functions connect at the same time.
    request_queue_size = 128

    def __init__(self, address, operations, faults, control):
        super().__init__(address, Handler)
        self.operations = operations
        self.faults = faults
        self.control = control


class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    # Send head and body in one packet. In two, the second waits for the acknowledgement of the first.
    wbufsize = -1

    def do_GET(self):
        self._control('GET', {})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get('Content-Length', 0)))
        if self.path.startswith(CONTROL):
            self._control('POST', json.loads(body or b'{}'))
        else:
            self._api(body)

    def log_message(self, format, *args):
        """Prints nothing: the call log of the control requests says more."""

    def _control(self, method, body):
        answer = self.server.control.answer(method, self.path.removeprefix(CONTROL), body)
        if answer is None:
            self._send(404, {'message': f'{method} {self.path} is not known'})
        else:
            self._send(200, answer)

    def _api(self, body):
        operation = self.headers.get('X-Amz-Target', '').removeprefix(TARGET)
        request = None
        try:
            request = self._parse(body)
            self.server.faults.check(operation, 'before')
            response = self.server.operations.call(operation, request, self._role_arn())
            self.server.faults.check(operation, 'after')
        except ConnectionLost:
            self.server.control.record_call(operation, request, 'ConnectionLost')
            self.close_connection = True
        except ServiceError as error:
            self.server.control.record_call(operation, request, error.code)
            self._send(error.status, error.body())
        else:
            self.server.control.record_call(operation, request)
            # Operations without an output answer with an empty body.
            self._send(200, response)

    def _role_arn(self):
        """Roles send their ARN as the session token."""
        token = self.headers.get('X-Amz-Security-Token', '')
        return token if ':role/' in token else None

    def _parse(self, body):
        try:
            request = json.loads(body)
        except ValueError:
            request = None
        if not isinstance(request, dict):
            raise ServiceError('SerializationException', 'The request body is not a JSON object')
        return request

    def _send(self, status, body):
        content = b'' if body is None else json.dumps(body).encode()
        self.send_response(status)
        self.send_header('Content-Type', 'application/x-amz-json-1.1')
        self.send_header('Content-Length', str(len(content)))
        self.send_header('x-amzn-RequestId', str(uuid.uuid4()))
        self.end_headers()
        self.wfile.write(content)
