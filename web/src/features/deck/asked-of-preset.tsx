import { AskedOfGroups } from '@/ui/analysis/seeds/asked-of-groups.tsx';
import type { Group } from './use-system.ts';

type Props = { slug: string; questions: readonly unknown[]; groups: readonly Group[] };

/** What a preset asks of its runs, and what the answers say over seeds. */
export function AskedOfPreset({ slug, questions, groups }: Props) {
  const known = groups.flatMap(({ groupKey, title, method, runs }) => (groupKey && runs.length > 0 ? [{ groupKey, title, method }] : []));
  if (questions.length === 0 || known.length === 0) return null;
  return (
    <section aria-labelledby="asked" className="mt-8">
      <h3 id="asked" className="font-semibold">
        What was asked of the networks
      </h3>
      <AskedOfGroups
        groups={known}
        only={questions}
        file={slug}
        empty="Nothing yet: it is asked of each seed once its runs are trained. Scheduling the preset again asks it of runs that were there before."
      />
    </section>
  );
}
