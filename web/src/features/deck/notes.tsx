import { scripts } from '@/lib/format/scripts.ts';
import { SectionTitle } from '@/ui/page-header.tsx';

/** What must be said beside any result of this system. */
export function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <section aria-labelledby="known">
      <SectionTitle id="known">What is known</SectionTitle>
      <ul className="mt-3 max-w-[72ch] space-y-2.5">
        {notes.map((note) => (
          <li key={note} className="border-l-2 border-line pl-4">
            <WithSymbols text={note} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Prose whose `p_s^T` are set as symbols. */
function WithSymbols({ text }: { text: string }) {
  return scripts(text).map(({ key, text: piece, level }) => {
    if (level === '_') return <sub key={key}>{piece}</sub>;
    if (level === '^') return <sup key={key}>{piece}</sup>;
    return <span key={key}>{piece}</span>;
  });
}
