'use client';

import { useEffect } from 'react';

declare global {
  interface Window {
    /** Buttons that were pressed and have not answered yet, the last one pressed last. */
    pressed: Set<HTMLButtonElement>;
  }
}

/** Between one press and the next: rendered in between, as between those of a hand. */
const pauseMs = 50;

/**
 * Keeps what was pressed before the page's scripts had come alive, and presses it once they have. Stands before everything that can be
 * pressed: its script runs as soon as it is read.
 */
export function EarlyClicks({ nonce }: { nonce: string | undefined }) {
  useEffect(pressAgain, []);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: our own words, which have to run before any other script is there.
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: `(${notePresses})()` }} />;
}

/** Runs by itself in the page, without anything around it. */
function notePresses() {
  window.pressed = new Set();
  const note = ({ target }: Event) => {
    const button = target instanceof Element && target.closest('button');
    if (!button) return;
    // Pressed again since nothing happened: once is meant, and where presses depend on each other the last one decides.
    window.pressed.delete(button);
    window.pressed.add(button);
  };
  window.addEventListener('click', note, true);
  // A form that names no address is for the scripts alone: sent by the browser, it would open the page anew and lose what was typed.
  const keep = (event: SubmitEvent) => event.target instanceof Element && !event.target.hasAttribute('action') && event.preventDefault();
  window.addEventListener('submit', keep, true);
}

/** From the moment in which React listens: presses what was pressed before, and later what React could not bring to life in time. */
function pressAgain() {
  const end = new AbortController();
  const options = { capture: true, signal: end.signal };
  let due: ReturnType<typeof setTimeout> | undefined;
  const later = () => {
    if (window.pressed.size > 0) due ??= setTimeout(press, pauseMs);
  };
  const press = () => {
    due = undefined;
    const [button] = window.pressed;
    if (button?.isConnected && !button.disabled) button.click();
    else if (button) window.pressed.delete(button);
    later();
  };
  // React listens at the document, and stops there what is for a part of the page that is not alive yet: what comes further is answered.
  const answered = ({ target }: Event) => {
    const button = target instanceof Element && target.closest('button');
    if (button) window.pressed.delete(button);
  };
  document.documentElement.addEventListener('click', answered, options);
  window.addEventListener('click', later, options);
  later();
  return () => {
    end.abort();
    clearTimeout(due);
  };
}
