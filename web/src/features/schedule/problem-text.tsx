import { settings } from '@studyhall/contract/settings/contract.ts';
import { inFormWords } from '@/lib/contract/name-setting.ts';

/** What is wrong with a field, announced when it comes up. */
export function ProblemText({ id, problems }: { id: string; problems: readonly string[] }) {
  return (
    <div id={id} aria-live="polite">
      {problems.map((problem) => (
        <p key={problem} className="text-xs text-danger first-letter:uppercase">
          {inFormWords(settings, problem)}
        </p>
      ))}
    </div>
  );
}
