import { AddressInfo, createServer, Server } from 'net';

/** Finds free ports of 127.0.0.1. */
export async function freePorts(count: number): Promise<number[]> {
  // Hold all ports at the same time, so that none is returned twice.
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
