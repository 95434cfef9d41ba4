import type { DatasetInput, RegisterTrainerInput } from '../client/generated/graphql.ts';
import type { DatasetDescription } from '../data/dataset.ts';
import type { Survey } from '../data/describe.ts';
import { quantity } from '../quantity.ts';

/** The API reads 8 MB at once, of which other facts take some. */
const MOST_BYTES = 6_000_000;

/** As much of a reason as the API keeps, and many more of them than it does. */
const LONGEST_REASON = 500;
const MOST_LEFT_OUT = 2000;

/**
 * What is announced of a machine's datasets. One whose class names are more than a registration can carry is left out: the API would
 * refuse the whole trainer for it.
 */
export function announceDatasets({ usable, unusable }: Survey): Pick<RegisterTrainerInput, 'datasets' | 'leftOut'> {
  const datasets: DatasetInput[] = [];
  const leftOut = unusable.map(({ name, reason }) => ({ name, reason }));
  let bytes = 0;
  for (const { description } of usable) {
    const dataset = announce(description);
    const own = Buffer.byteLength(JSON.stringify(dataset));
    if (bytes + own <= MOST_BYTES) {
      bytes += own;
      datasets.push(dataset);
      continue;
    }
    const taken = `the names of its ${dataset.classes.length} classes take ${quantity(own, 'B')}`;
    const reason = `${taken}; those of all datasets of a trainer may take ${quantity(MOST_BYTES, 'B')}.`;
    leftOut.push({ name: dataset.name, reason });
  }
  const told = leftOut.slice(0, MOST_LEFT_OUT).map(({ name, reason }) => ({ name, reason: reason.slice(0, LONGEST_REASON) }));
  return { datasets, leftOut: told };
}

function announce({ name, hash, views, classes, trainSize, testSize }: DatasetDescription): DatasetInput {
  return {
    name,
    hash,
    views: views.map((view) => ({ name: view.name, shape: [...view.shape] })),
    classes: classes.map((entry) => ({ name: entry.name, superclass: entry.superclass })),
    trainSize,
    testSize,
  };
}
