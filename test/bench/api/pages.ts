import type { MeasuredHouse } from './house.ts';
import type { ListenOrder, ListenReport } from './load/listeners.ts';
import { LoadProcess } from './load/process.ts';

/** Pages that one teammate has open. */
const pagesEach = 5;

/** Pages that are open in a process of their own. */
export class OpenPages {
  readonly #process = new LoadProcess<ListenOrder, ListenReport>('listeners.ts');

  /** Opens them, and waits until each was sent its first answer. @returns what was refused. */
  async open({ api }: MeasuredHouse, count: number, query: string, variables: (page: number) => object): Promise<string[]> {
    const tokens: string[] = [];
    for (let i = 0; i < Math.ceil(count / pagesEach); i++) {
      const create = `mutation { createToken(name: "teammate ${i}", role: PERSON) { token } }`;
      tokens.push((await api.ask<{ createToken: { token: string } }>(create)).createToken.token);
    }
    const open = Array.from({ length: count }, (_, i) => ({
      token: tokens[Math.floor(i / pagesEach)] ?? '',
      query,
      variables: variables(i),
    }));
    return (await this.#process.run({ open, url: `${api.url.replace('http', 'ws')}/graphql` })).errors;
  }

  /** Does something, and waits until every page was sent this text. `took`: ms from its beginning, for each page that was. */
  async until(text: string, withinMs: number, act: () => Promise<unknown>): Promise<ListenReport & { took: number[] }> {
    await this.#process.run({ expect: text });
    const began = performance.timeOrigin + performance.now();
    await act();
    const report = await this.#process.run({ collect: true, withinMs });
    return { ...report, took: report.arrivals.map((at) => at - began) };
  }

  async close(): Promise<void> {
    await this.#process.run({ close: true });
  }

  /** Ends their process, and so them. */
  end(): Promise<void> {
    return this.#process.end();
  }
}
