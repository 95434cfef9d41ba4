'use client';

import { useEffect } from 'react';
import { type Places, readPlaces, writePlaces } from './scroll-places.ts';

/** How long a page may take to become as tall again as it was, and how long it is held at its place from then on. */
const patienceMs = 10_000;
const holdMs = 600;

/** How long somebody stays at a place that they have scrolled to. */
const lastsMs = 1000;

/**
 * Brings Back, Forward and a reload to the place on the page. Browsers do so at once, while lists and charts are still on their way: of
 * a page that is short then they show its end.
 */
export function ScrollKeeper() {
  useEffect(keepPlaces, []);
  return null;
}

function keepPlaces() {
  const end = new AbortController();
  const options = { signal: end.signal, passive: true };
  const places: Places = readPlaces();
  let frame = 0;
  const stop = () => {
    cancelAnimationFrame(frame);
    frame = 0;
  };

  const bringBack = () => {
    stop();
    const place = places.get(entryKey());
    if (!place) return;
    const began = performance.now();
    let reached: number | null = null;
    const step = () => {
      const now = performance.now();
      const isTall = furthest() >= place - 1;
      if (isTall && Math.abs(scrollY - place) > 1) scrollTo({ top: place, behavior: 'instant' });
      if (isTall) reached ??= now;
      frame = now - began > patienceMs || (reached !== null && now - reached > holdMs) ? 0 : requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
  };

  // While another page takes its place, one that is left still bears its address and becomes shorter: the browser scrolls it then, and
  // nobody has. So a place is noted once it has lasted, or with the next thing that the reader does.
  let seen: { key: string; place: number } | null = null;
  let due: ReturnType<typeof setTimeout> | undefined;
  const note = () => {
    clearTimeout(due);
    if (seen && seen.key === entryKey()) places.set(seen.key, seen.place);
    seen = null;
  };
  const see = () => {
    // What the browser does on its own while a page comes back says nothing either.
    if (frame !== 0) return;
    seen = { key: entryKey(), place: Math.round(scrollY) };
    clearTimeout(due);
    due = setTimeout(note, lastsMs);
  };
  window.addEventListener('scroll', see, options);
  for (const sign of ['wheel', 'touchstart', 'pointerdown', 'keydown']) {
    window.addEventListener(sign, note, { ...options, capture: true });
    // Whoever scrolls or types wants to be somewhere else.
    window.addEventListener(sign, stop, options);
  }
  window.addEventListener('popstate', bringBack, options);
  const leave = () => {
    note();
    writePlaces(places);
  };
  window.addEventListener('pagehide', leave, options);
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (visit?.type === 'reload' || visit?.type === 'back_forward') bringBack();
  // Scrolled before the page was alive.
  else if (scrollY > 0) see();
  return () => {
    stop();
    clearTimeout(due);
    end.abort();
  };
}

const furthest = () => document.documentElement.scrollHeight - innerHeight;

/** Of the entry in the browser's history that is shown; where it gives them no keys, its address. */
function entryKey(): string {
  const { navigation } = window as { navigation?: { currentEntry?: { key?: string } | null } };
  return navigation?.currentEntry?.key ?? location.href;
}
