import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';
import { S3Files } from '../../local-cloud/s3-files';

let server: Server;
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});

afterAll(() => server.close());

function files(): S3Files {
  return new S3Files(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

test('lists objects by their URIs, with names as they are', async () => {
  answer = (request, response) => {
    expect(request.url).toBe('/penguins?list-type=2&prefix=train%2F');
    response.end('<ListBucketResult><Name>penguins</Name><Contents><Key>train/a&amp;b.csv</Key></Contents></ListBucketResult>');
  };
  expect(await files().list('s3://penguins/train/')).toEqual(['s3://penguins/train/a&b.csv']);
});

test('asks for an object by its escaped name', async () => {
  answer = (request, response) => {
    expect(request.url).toBe('/penguins/train/a%20b.csv');
    response.end('species,sex');
  };
  expect(await files().read('s3://penguins/train/a b.csv')).toBe('species,sex');
});

test('says what S3 answered when it refuses', async () => {
  answer = (_, response) => {
    response.statusCode = 404;
    response.end('NoSuchKey');
  };
  await expect(files().read('s3://penguins/gone')).rejects.toThrow('GET /penguins/gone: 404 NoSuchKey');
});

test('refuses what is not an S3 URI', async () => {
  await expect(files().read('/penguins/train.csv')).rejects.toThrow('Not an S3 URI: /penguins/train.csv');
});
