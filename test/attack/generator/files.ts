import { createHash } from 'node:crypto';
import { type Asker, mayReach } from './askers.ts';
import type { Chance } from './chance.ts';

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

type Answered = { status: number; body: Buffer };

/** Files as they are sent and asked for by chance: as what they are, as others, in parts; wherever the house keeps them. */
export class Files {
  /** Those that were taken. */
  readonly #kept = new Map<string, Buffer>();

  constructor(
    readonly url: string,
    readonly chance: Chance,
  ) {}

  async next(asker: Asker, headers: Record<string, string>): Promise<{ what: string; complaints: string[] }> {
    return this.chance.onceIn(2) ? this.#send(asker, headers) : this.#ask(asker, headers);
  }

  async #send(asker: Asker, headers: Record<string, string>) {
    const { chance } = this;
    const bytes = Buffer.alloc(chance.one([0, 1, 1000, 70_000]), chance.below(256));
    const own = sha256Of(bytes);
    const name = chance.one([own, own, own, this.#known(), own.toUpperCase(), 'x']);
    const { status } = await this.#fetch(`/artifacts/${name}`, { method: 'PUT', headers, body: new Uint8Array(bytes) });
    const taken = status === 200 || status === 201;
    const complaints = [];
    if (status >= 500 && status !== 503) complaints.push('an error of ours');
    if (taken && !mayReach(asker, 'PUT /artifacts/:sha256')) complaints.push('a file taken without right');
    if (taken && name !== own && !this.#kept.has(name)) complaints.push('bytes taken for others');
    if (taken && name === own) this.#kept.set(name, bytes);
    return this.#said(`${asker}: PUT ${name}, ${bytes.length} bytes of ${own}: ${status}`, complaints);
  }

  async #ask(asker: Asker, headers: Record<string, string>) {
    const range = this.chance.one([undefined, undefined, 'bytes=0-9', 'bytes=-5', 'bytes=500-', 'bytes=99999999-', 'bytes=5-1', 'x']);
    const name = this.#known();
    const { status, body } = await this.#fetch(`/artifacts/${name}`, { headers: { ...headers, ...(range ? { range } : {}) } });
    const complaints = [];
    if (status >= 500 && status !== 503) complaints.push('an error of ours');
    if (status < 300 && !mayReach(asker, 'GET /artifacts/:sha256')) complaints.push('a file given without right');
    if (status === 200 && sha256Of(body) !== name) complaints.push('other bytes');
    if (status === 206 && this.#kept.get(name)?.includes(body) === false) complaints.push('a part of other bytes');
    if (status === 404 && this.#kept.has(name)) complaints.push('a file that was taken is lost');
    return this.#said(`${asker}: GET ${name}, ${range}: ${status}`, complaints);
  }

  #known(): string {
    return this.chance.one([...this.#kept.keys(), '0'.repeat(64)]);
  }

  #said(what: string, complaints: readonly string[]) {
    return { what, complaints: complaints.map((why) => `${why}: ${what}`) };
  }

  /** A connection that ended without an answer counts as an error of ours. */
  async #fetch(address: string, init: RequestInit): Promise<Answered> {
    try {
      const answer = await fetch(this.url + address, { ...init, signal: AbortSignal.timeout(60_000) });
      return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
    } catch {
      return { status: 599, body: Buffer.alloc(0) };
    }
  }
}
