// The listeners before all else: whoever is told to end, from the first moment on, does so in order and leaves no Postgres behind.
import { onEndSignals, onStarterGone } from '../../start/machine/signals.mjs';

const [ending, hurrying] = [new AbortController(), new AbortController()];
const told = new Promise<void>((resolve) => ending.signal.addEventListener('abort', () => resolve(), { once: true }));
onEndSignals((_signal, count) => (count === 1 ? ending : hurrying).abort());
// The trainer hands its runs back meanwhile. A next start does not wait for it: it ends this one by a signal.
onStarterGone(() => ending.abort(), 15_000);

process.exit(await run());

/** The exit code. */
async function run(): Promise<number> {
  try {
    const [{ startApi }, { readSettings }, { outliveForgottenPromises }] = await Promise.all([
      import('./api.ts'),
      import('./env.ts'),
      import('./forgotten-promises.ts'),
    ]);
    const api = await startApi(readSettings(process.env), { ending: ending.signal, hurrying: hurrying.signal });
    outliveForgottenPromises(api.log);
    await told;
    await api.close();
    return 0;
  } catch (error) {
    if (error === ending.signal.reason) return 0;
    console.error(`The API did not ${ending.signal.aborted ? 'end in order' : 'start'}. ${(error as Error).message}`);
    return 1;
  }
}
