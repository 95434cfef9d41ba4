import type { NextConfig } from 'next';

// As `src/server/base-path.ts` reads it, which says what cannot be one: Next's configuration can import nothing that lies beside it.
const basePath = (process.env.BASE_PATH ?? '').trim().replace(/^\/?(.*?)\/?$/, (_, path) => (path ? `/${path}` : ''));

const config: NextConfig = {
  basePath,
  // For what Next does not complete by itself: GraphQL, its WebSocket, artifacts and forms.
  env: { NEXT_PUBLIC_BASE_PATH: basePath },
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run check`; checking them again would double the time to the first page.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: `${import.meta.dirname}/..` },
  // The custom server compresses nothing that is streamed; pages are small.
};

export default config;
