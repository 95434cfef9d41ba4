/** What holds datasets: a trainer, or choices to choose from. */
export type Choices = { readonly datasets: readonly { readonly id: string }[] };

/** Whether any of the trainers holds a dataset that the choices lack. */
export function bringsOthers(trainers: readonly Choices[], choices: Choices): boolean {
  const known = new Set(choices.datasets.map(({ id }) => id));
  return trainers.some(({ datasets }) => datasets.some(({ id }) => !known.has(id)));
}
