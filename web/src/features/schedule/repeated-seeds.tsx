import { writeSeeds } from './free-seeds.ts';

/** What scheduling seeds again would mean; nothing where none is repeated. */
export function RepeatedSeeds({ seeds, asked }: { seeds: readonly number[]; asked: number }) {
  if (seeds.length === 0) return null;
  const one = seeds.length === 1;
  return (
    <>
      {one ? 'Seed' : 'Seeds'} {writeSeeds(seeds, '–')} {one ? 'exists' : 'exist'} with exactly these settings:{' '}
      {seeds.length === asked ? 'this' : 'scheduling all of them'} would repeat {one ? 'it' : 'them'}, which checks that{' '}
      {one ? 'its' : 'their'} numbers come out alike, and is no further evidence.
    </>
  );
}
