/** How many are offered at once: whoever looks for another types more of its title. */
const most = 30;

type Choice = { value: string; label: string };

/** The experiments whose titles hold all words of a text, one of that very title first; and whether there is one. */
export function findExperiments(all: readonly Choice[], text: string): { found: Choice[]; exact: boolean } {
  const asked = text.trim().toLowerCase();
  const words = asked.split(/\s+/).filter(Boolean);
  const found = all.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
  const isExact = ({ label }: Choice) => label.trim().toLowerCase() === asked;
  const exact = found.filter(isExact);
  return { found: [...exact, ...found.filter((choice) => !isExact(choice))].slice(0, most), exact: exact.length > 0 };
}
