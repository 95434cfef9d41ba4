import type { Metadata, Viewport } from 'next';
import { ThemeProvider } from 'next-themes';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { EarlyClicks } from '@/features/shell/early-clicks.tsx';
import { readNonce } from '@/lib/nonce.ts';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Studyhall', template: '%s · Studyhall' },
  description: 'A shared bench for experiments in knowledge distillation and mutual learning.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfbf9' },
    { media: '(prefers-color-scheme: dark)', color: '#121413' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = await readNonce();
  return (
    <html lang="en" suppressHydrationWarning>
      <body>
        <EarlyClicks nonce={nonce} />
        <ThemeProvider {...(nonce ? { nonce } : {})} attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
          <NuqsAdapter>{children}</NuqsAdapter>
        </ThemeProvider>
      </body>
    </html>
  );
}
