import { Select } from './input.tsx';

type Props = {
  label: string;
  /** The empty string means all of them. */
  value: string;
  /** What the first option, no choice, says. */
  all: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
  className?: string;
};

/** A filter by one of several values. One that an address names stays chosen, even where the API does not (yet) know it. */
export function ChoiceSelect({ label, value, all, options, onChange, className }: Props) {
  const unknown = value !== '' && !options.some((option) => option.value === value);
  return (
    <Select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)} className={className}>
      <option value="">{all}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
      {unknown ? <option value={value}>{value}</option> : null}
    </Select>
  );
}

/** Options whose values are their own names, each once. */
export function namedOptions(names: readonly string[]): { value: string; label: string }[] {
  return [...new Set(names)].map((name) => ({ value: name, label: name }));
}
