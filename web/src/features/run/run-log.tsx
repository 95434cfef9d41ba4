'use client';

import { Pause, Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { wholeNumber } from '@/lib/format/number.ts';
import { clockUtc } from '@/lib/format/time.ts';
import { Button } from '@/ui/button.tsx';
import { SectionTitle } from '@/ui/page-header.tsx';
import { useRunLog } from './use-run-log.ts';

const colours = { INFO: '', WARN: 'text-warn', ERROR: 'text-danger' } as const;

/** The log, following its end until the reader scrolls up or pauses. */
export function RunLog({ id, running, ended = false }: { id: string; running: boolean; ended?: boolean }) {
  const { lines, earlier, showAll } = useRunLog(id);
  const [loading, setLoading] = useState(false);
  const [following, setFollowing] = useState(true);
  const box = useRef<HTMLDivElement>(null);
  const count = lines.length;
  useEffect(() => {
    if (following && count > 0 && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [following, count]);
  // Of a log that has ended the last lines are what is looked for, also where its box was of another size while they were written.
  useEffect(() => {
    const element = box.current;
    if (!ended || !element) return;
    const toEnd = () => element.scrollTo({ top: element.scrollHeight });
    toEnd();
    const sizes = new ResizeObserver(toEnd);
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [ended]);
  const Face = following ? Pause : Play;
  return (
    <section aria-labelledby="log">
      <SectionTitle
        id="log"
        aside={
          <span className="flex items-center gap-3">
            times in UTC
            {ended ? null : (
              <Button small aria-pressed={following} onClick={() => setFollowing(!following)}>
                <Face aria-hidden className="size-3" /> {following ? 'Pause' : 'Follow'}
              </Button>
            )}
          </span>
        }
      >
        Log
      </SectionTitle>
      <div
        ref={box}
        role="log"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by the keyboard, too.
        tabIndex={0}
        aria-live="off"
        aria-labelledby="log"
        onScroll={(event) => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
          setFollowing(scrollHeight - scrollTop - clientHeight < 24);
        }}
        className="mt-2 h-72 overflow-auto bg-sunken px-3 py-2 font-mono text-xs leading-5"
      >
        {lines.length === 0 ? (
          <p className="text-muted">
            {running
              ? 'Nothing written yet.'
              : ended
                ? 'None: no trainer has written anything.'
                : 'No lines. A trainer writes here once it has taken the run.'}
          </p>
        ) : null}
        {earlier > 0 ? (
          <p className="mb-1 flex items-center gap-3 text-muted">
            {wholeNumber(earlier)} earlier {earlier === 1 ? 'line' : 'lines'}
            <Button
              small
              busy={loading}
              onClick={() => {
                setLoading(true);
                // The button goes once all is there.
                box.current?.focus();
                showAll()
                  .catch(() => {})
                  .finally(() => setLoading(false));
              }}
            >
              Show
            </Button>
          </p>
        ) : null}
        {lines.map((line, index) => (
          <div key={line.seq} className={colours[line.level]}>
            {line.attempt !== lines[index - 1]?.attempt ? <p className="mt-1 text-faint first:mt-0">attempt {line.attempt}</p> : null}
            <p className="flex gap-3">
              <time dateTime={line.at} className="shrink-0 text-faint">
                {clockUtc(new Date(line.at))}
              </time>
              <span className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]">{line.text}</span>
            </p>
          </div>
        ))}
      </div>
    </section>
  );
}
