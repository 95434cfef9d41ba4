import { startApi } from './api.ts';
import { readSettings } from './env.ts';

try {
  const api = await startApi(readSettings(process.env));
  let closing = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (closing) return;
      closing = true;
      api.close().then(
        () => process.exit(0),
        (error) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
} catch (error) {
  console.error(`The API did not start. ${(error as Error).message}`);
  process.exit(1);
}
