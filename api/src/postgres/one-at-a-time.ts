import pg from 'pg';

type Query = (...args: unknown[]) => unknown;

/**
 * A client that sends a statement once the one before is answered. Prisma asks several at once within a transaction (each relation of a
 * `select`, each part of a long list); pg, which made a queue of them by itself, is about to stop that.
 */
export class OneAtATimeClient extends pg.Client {
  #last: Promise<unknown> | undefined;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const send: Query = this.query.bind(this);
    const inTurn: Query = (...args) => {
      // With a callback it is the pool's own, from which nobody else has the client then.
      if (typeof args.at(-1) === 'function') return send(...args);
      const sent = this.#last ? this.#last.then(() => send(...args)) : (send(...args) as Promise<unknown>);
      const answered = sent.then(ignore, ignore).then(() => {
        if (this.#last === answered) this.#last = undefined;
      });
      this.#last = answered;
      return sent;
    };
    this.query = inTurn as pg.Client['query'];
  }
}

const ignore = () => {};
