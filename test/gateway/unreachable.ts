// Addresses at which no RunAPI answers: faults that need no HTTP.
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { createSelfSigned } from './certificate.ts';

export interface Unreachable {
  readonly origin: string;
  close(): Promise<void>;
}

/** A port that nothing listens on. */
export async function refusedAddress(): Promise<Unreachable> {
  const server = createServer();
  const port = await listen(server);
  await close(server, new Set());
  return { origin: `http://127.0.0.1:${port}`, close: () => Promise.resolve() };
}

/**
 * Takes no connection and refuses none: the handshake never ends. A thread listens and then sleeps, and its queue is filled
 * (Linux drops the packets of further clients; other systems may accept a few more).
 */
export async function startBlackhole(): Promise<Unreachable> {
  const worker = new Worker(
    `const { workerData, parentPort } = require('node:worker_threads');
     const server = require('node:net').createServer();
     server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
       parentPort.postMessage(server.address().port);
       setImmediate(() => Atomics.wait(new Int32Array(workerData), 0, 0));
     });`,
    { eval: true, workerData: new SharedArrayBuffer(4) },
  );
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  const fillers = Array.from({ length: 4 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  await new Promise((resolve) => { setTimeout(resolve, 100); });
  return {
    origin: `http://127.0.0.1:${port}`,
    async close() {
      for (const socket of fillers) socket.destroy();
      await worker.terminate();
    },
  };
}

export type TlsFault = 'self-signed' | 'expired' | 'wrong-host';

/** An HTTPS server whose certificate no client should accept. */
export async function startBadTls(fault: TlsFault): Promise<Unreachable> {
  const year = new Date().getUTCFullYear();
  const certificate = createSelfSigned({
    host: fault === 'wrong-host' ? 'other.example' : '127.0.0.1',
    notBefore: new Date(Date.UTC(year - 3, 0)),
    notAfter: new Date(Date.UTC(fault === 'expired' ? year - 1 : year + 3, 0)),
  });
  return serve(createTlsServer(certificate, (_request, response) => { response.end('{}'); }), 'https');
}

/** Speaks plain HTTP: asked with https:// it is no TLS. */
export async function startPlainOnTls(): Promise<Unreachable> {
  return serve(createServer((socket) => { socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n'); }), 'https');
}

/** Writes down whatever arrives: nothing ever should. */
export async function startSink(): Promise<Unreachable & { readonly received: readonly string[] }> {
  const received: string[] = [];
  const started = await serve(createServer((socket) => {
    received.push('(connected)');
    socket.on('data', (bytes) => {
      received.push(bytes.toString('latin1'));
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-type: application/json\r\n\r\n{}');
    });
  }), 'http');
  return { ...started, received };
}

async function serve(server: Server, scheme: 'http' | 'https'): Promise<Unreachable> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.once('close', () => sockets.delete(socket));
  });
  const port = await listen(server);
  return { origin: `${scheme}://127.0.0.1:${port}`, close: () => close(server, sockets) };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // A TCP server's address is never a string or null while it listens.
  return (server.address() as AddressInfo).port;
}

async function close(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise<void>((resolve) => { server.close(() => resolve()); });
  for (const socket of sockets) socket.destroy();
  await closed;
}
