import { defineConfig } from 'vitest/config';

// One Postgres serves all rooms: the api's global set-up starts it, every test clones its own database from the template.
export default defineConfig({
  test: { projects: ['api', 'trainer', 'web', 'test'] },
});
