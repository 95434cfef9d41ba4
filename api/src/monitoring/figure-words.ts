/** How a figure is written: a count, seconds, bytes, a moment (seconds since 1970), or 1 for yes and 0 for no. */
export type FigureUnit = 'COUNT' | 'SECONDS' | 'BYTES' | 'MOMENT' | 'YES_OR_NO';

type Words = { title: string; unit: FigureUnit };

/** What each of the figures that people look at is, in their words; the rest is for programs. */
const words: Record<string, Words> = {
  studyhall_jobs_queued: { title: 'Jobs that wait for a trainer', unit: 'COUNT' },
  studyhall_leases: { title: 'Jobs that a trainer has', unit: 'COUNT' },
  studyhall_trainers: { title: 'Trainers', unit: 'COUNT' },
  studyhall_lapses_total: { title: 'Leases found lapsed since the start', unit: 'COUNT' },
  studyhall_report_seconds_count: { title: 'Requests of trainers answered since the start', unit: 'COUNT' },
  studyhall_report_seconds_sum: { title: 'Time that these took together', unit: 'SECONDS' },
  studyhall_subscribers: { title: 'Listeners to changes', unit: 'COUNT' },
  studyhall_listening: { title: 'Changes are heard from Postgres', unit: 'YES_OR_NO' },
  studyhall_board_age_seconds: { title: 'Since the leaderboard changed', unit: 'SECONDS' },
  nodejs_eventloop_lag_seconds: { title: 'Delay of the event loop, now', unit: 'SECONDS' },
  nodejs_eventloop_lag_p99_seconds: { title: 'Delay of the event loop, longest of a hundred', unit: 'SECONDS' },
  process_resident_memory_bytes: { title: 'Memory in use', unit: 'BYTES' },
  process_start_time_seconds: { title: 'Started', unit: 'MOMENT' },
};

const order = Object.keys(words);

/** What labels say, after the title: `Trainers that take nothing new`. */
const labelWords: Record<string, (text: string) => string> = {
  engine: (text) => `with the engine ${text}`,
  state: (text) => (text === 'stopping' ? 'that take nothing new' : text),
};

/** @returns null for a figure that is for programs alone. */
export function figureWords(name: string, labels: Partial<Record<string, string | number>>): (Words & { place: number }) | null {
  const known = words[name];
  if (!known) return null;
  const said = Object.entries(labels).map(([label, text]) => (labelWords[label] ?? String)(String(text)));
  return { ...known, title: [known.title, ...said].join(' '), place: order.indexOf(name) };
}
