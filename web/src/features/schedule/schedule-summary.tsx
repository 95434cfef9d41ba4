'use client';

import { settings } from '@studyhall/contract/settings/contract.ts';
import type { Problem } from '@studyhall/contract/settings/problem.ts';
import type { JsonValue } from '@studyhall/contract/settings/settings.ts';
import { settingLabel } from '@/lib/contract/labels.ts';
import { inFormWords, settingName } from '@/lib/contract/name-setting.ts';
import type { SpecLine } from '@/lib/contract/spec-lines.ts';
import { howToWrite } from '@/lib/how-to-write.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { Button } from '@/ui/button.tsx';
import { CopyButton } from '@/ui/copy-button.tsx';
import { Notice } from '@/ui/notice.tsx';
import { changedLines, count, imagesOf, temperatureOf } from './changed-settings.ts';
import { focusSetting } from './focus-setting.ts';
import { fieldId, formPlace } from './form-place.ts';
import type { FormReading } from './read-form.ts';
import { RepeatedSeeds } from './repeated-seeds.tsx';
import { TeacherName, teachersIn } from './teacher-name.tsx';

type Props = {
  reading: FormReading;
  /** Seeds that have a run of just these settings already. */
  repeated?: readonly number[];
  problems: readonly Problem[];
  check: 'checking' | 'checked' | 'failed' | 'unread';
  canWrite: boolean;
  sending: boolean;
  refusal: string | null;
};

/** What would be scheduled, what stands in the way, and the button. */
export function ScheduleSummary({ reading, repeated = [], problems, check, canWrite, sending, refusal }: Props) {
  const viewer = useViewer();
  const seeds = reading.seeds.length;
  return (
    <div className="space-y-4">
      <section aria-labelledby="summary-title" className="border-t border-line-strong pt-3">
        <h2 id="summary-title" className="text-[0.9375rem] font-semibold">
          {seeds === 1 ? '1 run' : `${count(seeds)} runs`} to schedule
        </h2>
        <dl className="mt-2 grid grid-cols-[6rem_minmax(0,1fr)] gap-y-1 text-[0.8125rem]">
          {summaryLines(reading).map(([term, text]) => (
            <div key={term} className="contents">
              <dt className="text-muted">{term}</dt>
              <dd className="[overflow-wrap:anywhere]">{text}</dd>
            </div>
          ))}
          {teachersIn(reading.spec.method).map((teacher, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a teacher is known by its place
            <div key={place} className="contents">
              <dt className="text-muted">Teacher</dt>
              <dd className="[overflow-wrap:anywhere]">
                <TeacherName teacher={teacher} />
              </dd>
            </div>
          ))}
        </dl>
        <Changed lines={changedLines(reading.spec)} />
      </section>
      <section aria-label="Check" aria-live="polite" className="min-h-10 text-[0.8125rem]">
        {problems.length > 0 ? (
          <>
            <p className="font-medium text-danger">
              {problems.length === 1 ? 'One setting needs a change' : `${problems.length} settings need a change`}
            </p>
            <ul className="mt-1 space-y-1">
              {problems.map((problem) => (
                <li key={`${problem.path} ${problem.message}`} className="text-xs">
                  <a
                    href={`#${fieldId(formPlace(problem.path))}`}
                    onClick={(event) => {
                      event.preventDefault();
                      focusSetting([problem]);
                    }}
                    className="link font-medium"
                  >
                    {settingName(settings, 'ScheduleRunsInput', problem.path) || 'The spec'}
                  </a>{' '}
                  <span className="text-muted">{inFormWords(settings, problem.message)}</span>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p className="text-muted">{checkText[check]}</p>
        )}
      </section>
      <p role="status" className="text-xs text-warn empty:hidden">
        <RepeatedSeeds seeds={repeated} asked={seeds} />
        {repeated.length > 0 ? (
          <a
            href={`#${fieldId('seeds')}`}
            onClick={(event) => {
              event.preventDefault();
              focusSetting([{ path: 'seeds', message: '' }]);
            }}
            className="link ml-1"
          >
            Other seeds
          </a>
        ) : null}
      </p>
      {refusal ? (
        <Notice tone="danger" title="Nothing was scheduled">
          {refusal}
        </Notice>
      ) : null}
      {canWrite ? (
        // It can be pressed all the same: that leads to what is wrong.
        <Button type="submit" look="primary" className="w-full" aria-disabled={sending || problems.length > 0 || check === 'checking'}>
          {sending ? 'Scheduling…' : `Schedule ${seeds === 1 ? '1 run' : `${count(seeds)} runs`}`}
        </Button>
      ) : (
        <Notice tone="warn" title="You are reading">
          {howToWrite(viewer)}
        </Notice>
      )}
      <CopyButton label="Copy the spec as JSON" text={JSON.stringify(reading.spec, null, 2)} />
    </div>
  );
}

const checkText = {
  checking: 'Checking…',
  checked: 'The API would take this.',
  failed: 'The API could not be asked; scheduling will check again.',
  unread: '',
};

/** What is not at its default, and stands in no line above. */
function Changed({ lines }: { lines: readonly SpecLine[] }) {
  if (lines.length === 0) return <p className="mt-2 text-xs text-muted">All else is at its default.</p>;
  return (
    <div className="mt-2 text-[0.8125rem]">
      <p className="text-muted">Not at its default:</p>
      <ul>
        {lines.map(({ path, label, value }) => (
          <li key={path} className="[overflow-wrap:anywhere]">
            {label} <span className="font-medium">{value}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function summaryLines({ spec, seeds, input }: FormReading): [string, string][] {
  const method = isGroup(spec.method) ? (Object.keys(spec.method)[0] ?? '') : '';
  const networks = Array.isArray(spec.networks)
    ? spec.networks.map((network) => (isGroup(network) ? String(network.model ?? '?') : '?'))
    : [];
  const training = isGroup(spec.training) ? spec.training : {};
  const temperature = temperatureOf(spec.method);
  return [
    ['Method', `${settingLabel(method)}${temperature === null ? '' : `, T ${temperature}`}`],
    ['Networks', networks.join(', ')],
    ['Dataset', String(spec.dataset ?? '–')],
    ['Images', imagesOf(spec.data)],
    ['Length', `${count(training.epochs)} epochs, batches of ${count(training.batchSize)}`],
    ['Seeds', seeds.length > 12 ? `${seeds.slice(0, 12).join(', ')} …` : seeds.join(', ') || '–'],
    ['Priority', String(input.priority ?? 0)],
  ];
}

function isGroup(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
