const sign = 'new ';

/** A choice of an experiment that is still to be made, of that title. No id holds a space. */
export const asNew = (title: string): string => `${sign}${title}`;

/** The title of a new experiment that was chosen; null for one that there is, or none. */
export function newTitle(chosen: string | null | undefined): string | null {
  return chosen?.startsWith(sign) ? chosen.slice(sign.length) : null;
}

/** Where runs are put by a choice: an experiment there is, a new one, or none. */
export function placeOf(chosen: string): { experimentId: string | null; newExperiment: string | null } {
  const newExperiment = newTitle(chosen);
  return { experimentId: newExperiment === null ? chosen || null : null, newExperiment };
}
