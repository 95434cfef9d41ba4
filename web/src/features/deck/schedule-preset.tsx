'use client';

import { useMutation } from '@apollo/client/react';
import { settings } from '@studyhall/contract/settings/contract.ts';
import { type DeckPresetStateFragment, ScheduleDeckPresetDocument } from '@/generated/graphql.ts';
import { errorMessage } from '@/lib/api/error-code.ts';
import { inFormWords } from '@/lib/contract/name-setting.ts';
import { wholeNumber } from '@/lib/format/number.ts';
import { howToWrite } from '@/lib/how-to-write.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { Button } from '@/ui/button.tsx';
import { Notice } from '@/ui/notice.tsx';
import { PresetProgress } from './preset-progress.tsx';
import { missingRuns } from './standing.ts';
import type { Group } from './use-system.ts';

type Props = {
  slug: string;
  preset: DeckPresetStateFragment;
  groups: readonly Group[];
  onScheduled: () => Promise<unknown>;
};

/** What scheduling this scale would run, the button, and how far its runs are. */
export function SchedulePreset({ slug, preset, groups, onScheduled }: Props) {
  const viewer = useViewer();
  const { canWrite } = viewer;
  const [schedule, { loading, error }] = useMutation(ScheduleDeckPresetDocument);
  const missing = missingRuns(preset);
  const there = preset.runCount - missing;
  const submit = async () => {
    const answer = await schedule({ variables: { system: slug, scale: preset.scale } }).catch(() => null);
    // Should it not be answered now, the runs' first changes ask again.
    if (answer) onScheduled().catch(() => {});
  };
  return (
    <div className="mt-4 space-y-3">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        {missing > 0 ? (
          <Button look="primary" disabled={!canWrite || preset.problem !== null} busy={loading} onClick={submit}>
            {loading ? 'Scheduling…' : `Schedule ${runsInWords(missing)}`}
          </Button>
        ) : null}
        <p className="text-[0.8125rem] text-muted">
          {groups.length === 1 ? '1 group' : `${groups.length} groups`} of seeds, {runsInWords(preset.runCount)} in all.{' '}
          {there > 0 ? sharedWords(there, preset.runCount) : ''}
        </p>
      </div>
      {preset.problem && missing > 0 ? (
        <Notice tone="warn" title="Cannot be scheduled here yet">
          <p className="whitespace-pre-line">{inFormWords(settings, preset.problem)}</p>
        </Notice>
      ) : null}
      {canWrite || missing === 0 ? null : (
        <Notice tone="warn" title="You are reading">
          {howToWrite(viewer)}
        </Notice>
      )}
      {error ? (
        <Notice tone="danger" title="Nothing was scheduled">
          <p className="whitespace-pre-line">{inFormWords(settings, errorMessage(error))}</p>
        </Notice>
      ) : null}
      <PresetProgress groups={groups} runCount={preset.runCount} />
    </div>
  );
}

const runsInWords = (count: number) => (count === 1 ? '1 run' : `${wholeNumber(count)} runs`);

const sharedWords = (there: number, all: number) =>
  there === all
    ? 'All of them are there.'
    : `${there} of them ${there === 1 ? 'is' : 'are'} there already, shared with whoever scheduled them.`;
