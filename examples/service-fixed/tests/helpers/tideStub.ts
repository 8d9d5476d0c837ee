import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers like the tide service, with the given readings. Whoever starts it closes it. */
export async function startTideStub(centimetres: readonly number[]): Promise<{ server: Server; url: string }> {
  const server = createServer((_req, res) => {
    const readings = centimetres.map((value, hour) => ({
      at: new Date(Date.UTC(2026, 4, 1, hour)).toISOString(),
      centimetres: value,
    }));
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify({ station: 'stub', readings }));
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
}
