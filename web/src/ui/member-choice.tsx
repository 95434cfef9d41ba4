import type { Member } from '@/lib/runs/members.ts';
import { Segmented } from './segmented.tsx';

type Props = { members: readonly Member[]; shown: Member; onChange: (member: Member) => void };

/** Whose curves are drawn, where there is more than one. */
export function MemberChoice({ members, shown, onChange }: Props) {
  if (members.length < 2) return null;
  return (
    <Segmented
      label="Which network"
      value={String(shown)}
      options={members.map((each) => ({ value: String(each), label: each === 'ensemble' ? 'Ensemble' : `Network ${each}` }))}
      onChange={(next) => onChange(next === 'ensemble' ? 'ensemble' : Number(next))}
    />
  );
}
