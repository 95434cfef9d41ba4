/** How many are offered at once: whoever looks for another types more of its title. */
const most = 30;

type Choice = { value: string; label: string };

/** The experiments whose titles hold all words of a text, best first as they come; and whether one of that very title is among all of them. */
export function findExperiments(all: readonly Choice[], text: string): { found: Choice[]; exact: boolean } {
  const asked = text.trim().toLowerCase();
  const words = asked.split(/\s+/).filter(Boolean);
  const found = all.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
  return { found: found.slice(0, most), exact: all.some(({ label }) => label.trim().toLowerCase() === asked) };
}
