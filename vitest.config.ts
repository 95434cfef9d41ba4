import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// One Postgres serves all rooms: the api's global set-up starts it, every test clones its own database from the template.
export default defineConfig({
  test: {
    projects: ['api', 'trainer', 'web', 'test'],
    // The chaos tests mostly wait for leases: on two cores, two more files keep the cores busy meanwhile.
    maxWorkers: Math.max(3, availableParallelism() - 1),
  },
});
