// Faults of the bare connection: no HTTP answer at all, or none that parses.
import type { Fault } from './fault.ts';

export const connectionFaults: readonly Fault[] = [
  { name: 'no-headers', rows: [37], about: 'the request is taken, nothing ever comes', stage: 'socket', act: () => true },
  { name: 'reset-before-headers', rows: [33], about: 'connection reset before the headers', stage: 'socket', act: (request) => Boolean(request.socket.resetAndDestroy()) },
  { name: 'close-before-headers', rows: [33], about: 'connection closed before the headers', stage: 'socket', act: (request) => Boolean(request.socket.end()) },
  {
    name: 'close-reused-socket', rows: [53], about: 'a kept-alive connection is closed as its next request arrives; a fresh one works', stage: 'socket',
    act: (request) => usedBefore(request.socket) && Boolean(request.socket.destroy()),
  },
  {
    name: 'slow-headers', rows: [38], about: 'the headers come at one byte a second (option milliseconds), then never a body', stage: 'socket',
    act(request, _response, { options }) {
      const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n';
      let at = 0;
      const timer = setInterval(() => {
        if (at < head.length) request.socket.write(head.charAt(at++));
      }, options.milliseconds ?? 1000);
      request.socket.once('close', () => clearInterval(timer));
      return true;
    },
  },
  { name: 'not-http', rows: [5], about: 'bytes that are no HTTP', stage: 'socket', act: (request) => raw(request.socket, '220 mail.example ESMTP ready\r\n') },
  { name: 'bad-chunk-size', rows: [5, 33], about: 'HTTP whose chunk sizes are garbage', stage: 'socket', act: (request) => raw(request.socket, 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\nzz\r\noops\r\n') },
  { name: 'short-content-length', rows: [34], about: 'content-length promises more than comes', stage: 'socket', act: (request) => raw(request.socket, 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{"choices":[{"index":0,"mess') },
];

const requestCounts = new WeakMap<object, number>();

/** Counts the requests of each connection; the gateway calls it once for every request. */
export function countSocketRequest(socket: object): void {
  requestCounts.set(socket, (requestCounts.get(socket) ?? 0) + 1);
}

function usedBefore(socket: object): boolean {
  return (requestCounts.get(socket) ?? 0) > 1;
}

function raw(socket: { end(text: string): unknown }, text: string): boolean {
  socket.end(text);
  return true;
}
