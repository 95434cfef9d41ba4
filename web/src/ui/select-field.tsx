import type { ReactNode } from 'react';
import { Select } from './input.tsx';
import { Labelled } from './labelled.tsx';

type Props = {
  label: ReactNode;
  value: string | number;
  options: readonly { value: string | number; label: string }[];
  onChange: (value: string) => void;
};

/** One of several to choose from, under a small name. */
export function SelectField({ label, value, options, onChange }: Props) {
  return (
    <Labelled small label={label}>
      {(field) => (
        <Select {...field} value={value} onChange={(event) => onChange(event.target.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </Select>
      )}
    </Labelled>
  );
}
