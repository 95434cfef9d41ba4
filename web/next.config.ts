import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run check`; checking them again would double the time to the first page.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: `${import.meta.dirname}/..` },
  // The custom server compresses nothing that is streamed; pages are small.
};

export default config;
