import type { MeasuredHouse } from './house.ts';
import type { ListenReport } from './load/listeners.ts';

/** Pages that one teammate has open. */
const pagesEach = 5;

/** Pages that are open in a process of their own. */
export class OpenPages {
  readonly #house: MeasuredHouse;

  constructor(house: MeasuredHouse) {
    this.#house = house;
  }

  /** Opens them, and waits until each was sent its first answer. @returns what was refused. */
  async open(count: number, query: string, variables: (page: number) => object): Promise<string[]> {
    const { api, pages } = this.#house;
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
    return (await pages.run({ open, url: `${api.url.replace('http', 'ws')}/graphql` })).errors;
  }

  /** Does something, and waits until every page was sent this text. `took`: ms from its beginning, for each page that was. */
  async until(text: string, withinMs: number, act: () => Promise<unknown>): Promise<ListenReport & { took: number[] }> {
    await this.#house.pages.run({ expect: text });
    const began = performance.timeOrigin + performance.now();
    await act();
    const report = await this.#house.pages.run({ collect: true, withinMs });
    return { ...report, took: report.arrivals.map((at) => at - began) };
  }

  async close(): Promise<void> {
    await this.#house.pages.run({ close: true });
  }
}
