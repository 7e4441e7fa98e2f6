import { createServer } from 'node:http';
import { createServer as createSocketServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createConnectionWatch } from '../../../src/host/connectionWatch.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server on a TCP port has an AddressInfo, never a pipe's name.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('createConnectionWatch', () => {
  it('reports a request that is sent before its answer comes', async () => {
    const watch = createConnectionWatch();
    const order: string[] = [];
    const address = await listen(createServer((_, response) => setTimeout(() => response.end('ok'), 30)));
    await watch.observe(() => fetch(address), () => order.push('connected')).then(() => order.push('answered'));
    expect(order).toEqual(['connected', 'answered']);
    watch.dispose();
  });

  it('reports nothing for a request whose connection is refused', async () => {
    const watch = createConnectionWatch();
    const address = await listen(createSocketServer());
    await new Promise((resolve) => servers.pop()?.close(resolve));
    let isConnected = false;
    await expect(watch.observe(() => fetch(address), () => (isConnected = true))).rejects.toThrow('fetch failed');
    expect(isConnected).toBe(false);
    watch.dispose();
  });

  it('keeps two requests at once apart', async () => {
    const watch = createConnectionWatch();
    const connected: string[] = [];
    const address = await listen(createServer((_, response) => response.end('ok')));
    await Promise.all(['a', 'b'].map((name) => watch.observe(() => fetch(address + name), () => connected.push(name))));
    expect(connected.toSorted()).toEqual(['a', 'b']);
    watch.dispose();
  });

  it('counts a fetch that does not report as connected, so that no limit ends it', async () => {
    const watch = createConnectionWatch();
    let isConnected = false;
    const slow = async (): Promise<Response> => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      return new Response('ok');
    };
    await watch.observe(slow, () => (isConnected = true));
    expect(isConnected).toBe(true);
    watch.dispose();
  });
});
