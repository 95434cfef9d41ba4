import type { Method } from '@/generated/graphql.ts';
import { methodOptions } from '@/lib/methods.ts';
import { ChoiceSelect, namedOptions } from './choice-select.tsx';
import { Checkbox } from './input.tsx';

type Props<Value> = { value: Value; onChange: (value: Value) => void; className?: string };

/** Null means all of them. */
export function MethodFilter({ value, onChange, className }: Props<Method | null>) {
  return (
    <ChoiceSelect
      label="Method"
      value={value ?? ''}
      all="All methods"
      options={methodOptions}
      onChange={(method) => onChange((method || null) as Method | null)}
      className={className}
    />
  );
}

/** By name; the empty string means all of them. */
export function DatasetFilter({ datasets, value, onChange, className }: Props<string> & { datasets: readonly { name: string }[] }) {
  return (
    <ChoiceSelect
      label="Dataset"
      value={value}
      all="All datasets"
      options={namedOptions(datasets.map(({ name }) => name))}
      onChange={onChange}
      className={className}
    />
  );
}

/** Shows what was archived; null, which keeps the address short, means no. */
export function ArchivedFilter({ value, onChange }: Props<'yes' | null>) {
  return (
    <Checkbox className="px-1 text-muted" checked={value === 'yes'} onChange={(event) => onChange(event.target.checked ? 'yes' : null)}>
      Archived
    </Checkbox>
  );
}
