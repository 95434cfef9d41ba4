import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { type Db, transact } from '../db.ts';
import { ApiError, badInput, busy } from '../errors.ts';
import { Turns } from '../limits/turns.ts';
import type { BetterAuth } from './better-auth.ts';
import { longestName } from './name.ts';
import { longestPassword } from './password.ts';
import { tidySessions } from './sessions.ts';
import { forgetTries, noteTry, tooManyTries } from './slow-down.ts';

/** Whence somebody comes (an address, of IPv6 its network), and with what. */
export type Visit = { address: string; agent: string };

/** Passwords that are hashed at a time, each some 100 ms on a core and 32 MB; of one address one. */
const mostHashing = 2;

/** How many may wait for it, together and of one address: a laboratory of people may sit behind one, and others are to get through. */
const mostWaiting = 100;
const mostOfOne = 40;

const longestAgent = 200;

export const wrongPassword = () => new ApiError('UNAUTHENTICATED', 'That is not the name and password of anybody here.');

/** What needs a password: signing in, and hashing new ones. Loaded when somebody first does: on one person's machine nobody ever signs in. */
export class Accounts {
  #auth: Promise<BetterAuth> | undefined;
  readonly #turns = new Turns(mostHashing);
  readonly #turnsOfOne = new Turns(1);
  readonly #waiting = new Map<string, number>();
  #waitingInAll = 0;

  constructor(
    readonly db: Db,
    readonly log: Logger,
  ) {}

  /**
   * Begins a session. Whoever has no account is answered as one with a wrong password, and as late.
   *
   * @returns its token, which is kept nowhere.
   * @throws UNAUTHENTICATED, TOO_MANY_TRIES, BUSY
   */
  async signIn(given: { name: string; password: string }, visit: Visit): Promise<string> {
    const { name, password } = given;
    if (name.length > 4 * longestName || password.length > longestPassword) throw wrongPassword();
    const who = { name, address: visit.address };
    await transact(this.db, (tx) => noteTry(tx, who));
    const answer = await this.#inTurn(visit.address, () => this.#ask('/sign-in/username', { username: name, password }, visit));
    if (answer.status === 429) throw tooManyTries(Number(answer.headers.get('x-retry-after')) || 1);
    if (answer.status >= 500) throw new Error(`Signing in failed: ${await answer.text()}`);
    if (!answer.ok) throw wrongPassword();
    await forgetTries(this.db, who);
    const { token, user } = (await answer.json()) as { token: string; user: { id: string } };
    await tidySessions(this.db, user.id);
    return token;
  }

  /** Begins a session of somebody who has just proven themselves otherwise. */
  async beginSession(personId: string, { address, agent }: Visit): Promise<string> {
    const { internalAdapter } = await this.#context();
    const session = await internalAdapter.createSession(personId, false, { ipAddress: address, userAgent: agent.slice(0, longestAgent) });
    return session.token;
  }

  /** The hash of a password that somebody chooses there. */
  hash(password: string, address: string): Promise<string> {
    return this.#inTurn(address, async () => (await this.#context()).password.hash(password));
  }

  /** A hash that no password has. */
  unusable(): Promise<string> {
    return this.hash(randomBytes(32).toString('base64url'), 'here');
  }

  /** @throws BAD_INPUT unless that is the person's password; TOO_MANY_TRIES */
  async prove(personId: string, password: string, address: string): Promise<void> {
    const credential = await this.db.credential.findFirst({ where: { personId }, select: { password: true, person: true } });
    if (!credential || password.length > longestPassword) throw badInput('The present password is another.');
    const who = { name: credential.person.name, address };
    await transact(this.db, (tx) => noteTry(tx, who));
    const right = await this.#inTurn(address, async () => (await this.#context()).password.verify({ hash: credential.password, password }));
    if (!right) throw badInput('The present password is another.');
    await forgetTries(this.db, who);
  }

  async #ask(path: string, body: object, { address, agent }: Visit): Promise<Response> {
    const { inside, addressHeader } = await import('./better-auth.ts');
    const headers = { 'content-type': 'application/json', [addressHeader]: address, 'user-agent': agent.slice(0, longestAgent) };
    const auth = await this.#open();
    return auth.handler(new Request(`${inside}/auth${path}`, { method: 'POST', headers, body: JSON.stringify(body) }));
  }

  async #context() {
    return (await this.#open()).$context;
  }

  #open(): Promise<BetterAuth> {
    this.#auth ??= import('./better-auth.ts').then(({ createBetterAuth }) => createBetterAuth(this.db, this.log));
    return this.#auth;
  }

  /** @throws BUSY when too many wait. */
  async #inTurn<Result>(address: string, act: () => Promise<Result>): Promise<Result> {
    const ofOne = this.#waiting.get(address) ?? 0;
    if (this.#waitingInAll >= mostWaiting || ofOne >= mostOfOne) throw busy();
    this.#waitingInAll += 1;
    this.#waiting.set(address, ofOne + 1);
    try {
      return await inTurn(this.#turnsOfOne, address, () => inTurn(this.#turns, 'all', act));
    } finally {
      this.#waitingInAll -= 1;
      const left = (this.#waiting.get(address) ?? 1) - 1;
      if (left > 0) this.#waiting.set(address, left);
      else this.#waiting.delete(address);
    }
  }
}

const inTurn = <Result>(turns: Turns, client: string, act: () => Promise<Result>) =>
  new Promise<Result>((resolve, reject) => turns.take(client, (leave) => void act().then(resolve, reject).finally(leave)));
