import { AddressInfo, createServer, Server } from 'net';

/** As many ports of 127.0.0.1 as asked for that nothing listens on. */
export async function freePorts(count: number): Promise<number[]> {
  // All are held at once, so that none is given twice.
  const servers = await Promise.all(Array.from({ length: count }, listen));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

async function listen(): Promise<Server> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => done(server));
  });
}
