import WebSocket from 'ws';
import { serveOrders } from './process.ts';

/** A page that is open: what it is subscribed to, and as whom. */
export type Page = { token: string; query: string; variables: object };

/** Open so many pages besides those that are; wait for a text in what each is sent, from now on; tell when all had it; close all. */
export type ListenOrder =
  | { open: readonly Page[]; url: string }
  | { expect: string }
  | { collect: true; withinMs: number }
  | { close: true };

export type ListenReport = {
  /** When each page was sent the text, in ms since 1970; those that were not are missing. */
  arrivals: number[];
  /** Pages that are open and were not sent the text. */
  waiting: number;
  /** Subscriptions that were refused or ended, and answers with errors, since the last report. */
  errors: string[];
  messages: number;
  bytes: number;
};

type Listening = { socket: WebSocket; begun: boolean; ended: boolean; arrived: number | undefined };

const openMs = 60_000;
/** Pages that are opened together: a team does not arrive in one moment. */
const atOnce = 20;
const pages: Listening[] = [];
const isWaiting = ({ ended, arrived }: Listening) => !ended && arrived === undefined;
let closing = false;
let expected: string | undefined;
let onChange = () => {};
let since = { errors: [] as string[], messages: 0, bytes: 0 };

async function carryOut(order: ListenOrder): Promise<ListenReport> {
  if ('open' in order) {
    const deadline = performance.now() + openMs;
    const opened: Listening[] = [];
    for (let first = 0; first < order.open.length; first += atOnce) {
      const some = order.open.slice(first, first + atOnce).map((page) => open(order.url, page));
      opened.push(...some);
      pages.push(...some);
      await until(() => some.every(({ begun, ended }) => begun || ended), deadline - performance.now());
    }
    const silent = opened.filter(({ begun, ended }) => !begun && !ended).length;
    if (silent > 0) since.errors.push(`${silent} of ${opened.length} had no answer within ${openMs / 1000} s`);
  } else if ('expect' in order) {
    expected = order.expect;
    for (const page of pages) page.arrived = undefined;
  } else if ('collect' in order) await until(() => !pages.some(isWaiting), order.withinMs);
  else await closeAll();
  const report = { arrivals: pages.flatMap(({ arrived }) => arrived ?? []), waiting: pages.filter(isWaiting).length, ...since };
  since = { errors: [], messages: 0, bytes: 0 };
  return report;
}

function open(url: string, { token, query, variables }: Page): Listening {
  const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false, skipUTF8Validation: true });
  const page: Listening = { socket, begun: false, ended: false, arrived: undefined };
  socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })));
  socket.on('message', (data: Buffer) => hear(page, data, JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } })));
  socket.on('error', (error) => fail(page, error.message));
  socket.on('close', (code, reason) => {
    if (!closing && !page.ended) fail(page, `closed with ${code} ${reason}`);
  });
  return page;
}

/** Nothing is parsed: on two cores that would be measured with the rest. */
function hear(page: Listening, data: Buffer, subscribe: string): void {
  const head = data.subarray(0, 60).toString('latin1');
  if (head.includes('"connection_ack"')) page.socket.send(subscribe);
  else if (head.includes('"type":"ping"')) page.socket.send('{"type":"pong"}');
  else if (!head.includes('"type":"next"') || data.includes('"errors":[')) fail(page, data.subarray(0, 300).toString());
  else count(page, data);
}

function count(page: Listening, data: Buffer): void {
  since.messages += 1;
  since.bytes += data.length;
  page.begun = true;
  if (expected !== undefined && page.arrived === undefined && data.includes(expected))
    page.arrived = performance.timeOrigin + performance.now();
  onChange();
}

function fail(page: Listening, what: string): void {
  page.ended = true;
  since.errors.push(what);
  onChange();
}

async function closeAll(): Promise<void> {
  closing = true;
  await Promise.all(
    pages.splice(0).map(
      ({ socket }) =>
        new Promise<void>((resolve) => {
          if (socket.readyState === WebSocket.CLOSED) return resolve();
          socket.once('close', () => resolve());
          socket.terminate();
        }),
    ),
  );
  closing = false;
}

/** Waits until it holds, or for so long. */
async function until(holds: () => boolean, withinMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, withinMs);
    onChange = () => {
      if (!holds()) return;
      clearTimeout(timer);
      resolve();
    };
    onChange();
  });
  onChange = () => {};
}

serveOrders(carryOut);
