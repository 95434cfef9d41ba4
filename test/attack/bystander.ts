import { setTimeout as delay } from 'node:timers/promises';

/** What another client lived through meanwhile. */
export type Lived = { asked: number; errors: string[]; medianMs: number; p95Ms: number; worstMs: number };

/** Somebody who asks the smallest question there is, over and over, as long as `act` takes. */
export async function besides<Result>(url: string, act: () => Promise<Result>): Promise<{ result: Result; lived: Lived }> {
  const times: number[] = [];
  const errors: string[] = [];
  let done = false;
  const asking = (async () => {
    while (!done) {
      const began = performance.now();
      try {
        const answer = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"query":"{ __typename }"}',
        });
        const text = await answer.text();
        if (answer.status !== 200 || !text.includes('"Query"')) errors.push(`${answer.status} ${text.slice(0, 200)}`);
      } catch (error) {
        errors.push(String((error as Error).cause ?? error));
      }
      times.push(performance.now() - began);
      await delay(10);
    }
  })();
  try {
    return { result: await act(), lived: await told() };
  } finally {
    done = true;
  }

  async function told(): Promise<Lived> {
    done = true;
    await asking;
    const sorted = times.toSorted((one, other) => one - other);
    const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
    return { asked: times.length, errors, medianMs: at(0.5), p95Ms: at(0.95), worstMs: at(1) };
  }
}
