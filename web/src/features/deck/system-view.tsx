'use client';

import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import type { DeckFigure } from '@/generated/graphql.ts';
import { paths } from '@/lib/paths.ts';
import { AddSeeds } from '@/ui/add-seeds/add-seeds.tsx';
import { LinkButton } from '@/ui/button.tsx';
import { Notice } from '@/ui/notice.tsx';
import { PageHeader, SectionTitle } from '@/ui/page-header.tsx';
import { AskedOfPreset } from './asked-of-preset.tsx';
import { ClaimAndSetUp } from './claim-and-set-up.tsx';
import { Conclusions } from './conclusions.tsx';
import { CurvesPlot } from './curves-plot.tsx';
import { Neighbours } from './neighbours.tsx';
import { Notes } from './notes.tsx';
import { Plot } from './plot.tsx';
import { References } from './references.tsx';
import { Results } from './results.tsx';
import { scaleNames, systemParsers } from './scale.ts';
import { ScaleCards } from './scale-cards.tsx';
import { SchedulePreset } from './schedule-preset.tsx';
import { useSystem } from './use-system.ts';
import { WithheldClass } from './withheld-class.tsx';

/** Set-ups that are about how sure the networks are. */
const entropyFigures: ReadonlySet<DeckFigure> = new Set(['COHORT_PAIRWISE', 'COHORT_ENSEMBLE', 'CONFIDENCE_PENALTY']);

/** A system's page: what is claimed, what our runs say of it, and what others measured. */
export function SystemView({ slug }: { slug: string }) {
  const [{ scale }, setState] = useQueryStates(systemParsers);
  const found = useSystem(slug, scale);
  if (!found) {
    return (
      <Notice className="mt-10" title="That is not in the deck" action={<LinkButton href={paths.deck}>All of the deck</LinkButton>}>
        Its address may have been cut short.
      </Notice>
    );
  }
  const { system, others, presets, chosen, preset, groups, read } = found;
  // As in the preset's figures: the published recipes hold no validation split back.
  const measuredOn = preset.plot.metric.startsWith('TEST') ? 'test' : 'validation';
  const aboutEntropy =
    entropyFigures.has(system.figure) ||
    [preset.plot.metric, ...preset.conclusions.map(({ metric }) => metric)].some((metric) => metric.endsWith('ENTROPY'));
  return (
    <>
      <nav aria-label="Deck" className="pt-4 text-xs text-muted">
        <Link href={paths.deck} className="link">
          Deck
        </Link>{' '}
        / row {system.row}
      </nav>
      <div className="-mt-3">
        <PageHeader title={system.title} actions={<Neighbours systems={others} slug={slug} scale={scale} />} />
      </div>
      <ClaimAndSetUp system={system} />
      <section aria-labelledby="ours" className="mt-10">
        <SectionTitle id="ours">Our runs</SectionTitle>
        <ScaleCards presets={presets} chosen={chosen.scale} onChange={(next) => setState({ scale: scaleNames[next].address })} />
        <SchedulePreset slug={slug} preset={chosen} groups={groups} onScheduled={read} />
        {chosen.counts.total > 0 ? (
          <div className="mt-3">
            <AddSeeds
              of={{ preset: { system: slug, scale: chosen.scale } }}
              name="all of its groups"
              withTwins={false}
              onAdded={() => void read().catch(() => {})}
            />
          </div>
        ) : null}
        <Conclusions conclusions={preset.conclusions} groups={groups} />
        <Results slug={slug} scale={chosen.scale} groups={groups} entropyOn={aboutEntropy ? measuredOn : null} />
        <WithheldClass groups={groups} />
        <Plot slug={slug} scale={chosen.scale} plot={preset.plot} groups={groups} />
        {preset.curves.map((metric) => (
          <CurvesPlot key={metric} slug={slug} scale={chosen.scale} plot={{ metric, members: preset.plot.members }} groups={groups} />
        ))}
        <AskedOfPreset slug={slug} questions={preset.questions} groups={groups} />
      </section>
      <div className="mt-12 grid gap-x-12 gap-y-10 lg:grid-cols-2 lg:items-start">
        <Notes notes={system.notes} />
        <References references={system.references} />
      </div>
    </>
  );
}
