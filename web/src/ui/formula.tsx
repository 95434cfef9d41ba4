'use client';

import dynamic from 'next/dynamic';

/** A formula in TeX. KaTeX is fetched when the first one comes into the page; its place is kept meanwhile. */
export const Formula = dynamic(() => import('./formula-katex.tsx'), { ssr: false, loading: () => <div className="h-9" /> });
