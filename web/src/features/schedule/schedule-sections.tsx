'use client';

import { settings } from '@studyhall/contract/settings/contract.ts';
import { inputType, type JsonValue } from '@studyhall/contract/settings/settings.ts';
import { useWatch } from 'react-hook-form';
import { settingLabel } from '@/lib/contract/labels.ts';
import { SectionTitle } from '@/ui/page-header.tsx';
import { useProblems } from './form-context.tsx';
import { fieldId, textIds } from './form-place.ts';
import { holdsAgainst, referenceSettings } from './held-against.ts';
import { LossPanel } from './loss-panel.tsx';
import { MethodCards } from './method-cards.tsx';
import { NetworksList } from './networks-list.tsx';
import { ProblemText } from './problem-text.tsx';
import { SeedsField } from './seeds-field.tsx';
import { SettingField } from './setting-field.tsx';
import { SettingGroup } from './setting-group.tsx';
import { SettingDrawer } from './setting-slot.tsx';

const spec = inputType(settings, 'RunSpecInput');
const placed = ['dataset', 'data', 'networks', 'method', 'training'];
/** Groups that the contract has gained since this page was laid out: each gets a section of its own. */
const others = spec.fields.filter((field) => !placed.includes(field.name));

/** All settings, in the order in which one thinks of them. */
export function ScheduleSections(loss: { method: JsonValue | undefined; networks: number; labelSmoothing: number }) {
  const dataset = spec.fields.find((field) => field.name === 'dataset');
  return (
    <SettingDrawer value={SettingField}>
      <div className="min-w-0 space-y-10">
        <section id={fieldId('spec.data')} aria-labelledby="s-data">
          <SectionTitle id="s-data">Data</SectionTitle>
          <GroupProblems path="spec.data" />
          {dataset ? <SettingField owner="RunSpecInput" field={dataset} path="spec.dataset" /> : null}
          <SettingGroup type="DataInput" path="spec.data" />
        </section>
        <section aria-labelledby="s-networks">
          <SectionTitle id="s-networks">Networks</SectionTitle>
          <NetworksList />
        </section>
        <section aria-labelledby="s-method">
          <SectionTitle id="s-method">Method</SectionTitle>
          <MethodCards />
          <div className="mt-4">
            <LossPanel {...loss} />
          </div>
        </section>
        {others.map((field) => (
          <section key={field.name} aria-labelledby={`s-${field.name}`}>
            <SectionTitle id={`s-${field.name}`}>{settingLabel(field.name)}</SectionTitle>
            {field.kind === 'input' && !field.list && field.default !== undefined && !inputType(settings, field.type).oneOf ? (
              <SettingGroup type={field.type} path={`spec.${field.name}`} />
            ) : (
              <SettingField owner="RunSpecInput" field={field} path={`spec.${field.name}`} />
            )}
          </section>
        ))}
        <section id={fieldId('spec.training')} aria-labelledby="s-training">
          <SectionTitle id="s-training">Training</SectionTitle>
          <GroupProblems path="spec.training" />
          <SettingGroup type="TrainingInput" path="spec.training" />
        </section>
        <section aria-labelledby="s-runs">
          <SectionTitle id="s-runs">Runs</SectionTitle>
          <SeedsField />
          <RunsSettings />
        </section>
        <section id={fieldId('execution')} aria-labelledby="s-execution">
          <SectionTitle id="s-execution" aside="Changes how, not what: runs stay comparable">
            Execution
          </SectionTitle>
          <GroupProblems path="execution" />
          <SettingGroup type="ExecutionInput" path="execution" />
        </section>
      </div>
    </SettingDrawer>
  );
}

/** What is said of the runs; what their networks are held against only where a question does that. */
function RunsSettings() {
  const questions: unknown = useWatch({ name: 'questions' });
  const elsewhere = ['spec', 'seeds', 'execution'];
  return (
    <SettingGroup type="ScheduleRunsInput" path="" without={holdsAgainst(questions) ? elsewhere : [...elsewhere, ...referenceSettings]} />
  );
}

/** What is wrong with a section's settings taken together. */
function GroupProblems({ path }: { path: string }) {
  return <ProblemText id={textIds(path).problem} problems={useProblems(path)} />;
}
