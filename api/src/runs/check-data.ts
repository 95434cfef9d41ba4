import type { Problem } from '../errors.ts';
import type { DatasetFacts } from './check-spec.ts';
import { labelledSamples, type RunSpec, trainSamplesUsed, validationSamples } from './spec.ts';

type Data = RunSpec['data'];

/** What a spec asks of its data and the dataset cannot give. How many images a class has, only the trainer knows. */
export function checkData({ data }: RunSpec, dataset: DatasetFacts): Problem[] {
  return [...checkTrainSamples(data, dataset), ...checkLabelled(data, dataset), ...checkWithheld(data, dataset)];
}

function checkTrainSamples(data: Data, dataset: DatasetFacts): Problem[] {
  const path = 'data.trainSamples';
  const left = dataset.trainSize - validationSamples(data, dataset.trainSize);
  if (data.trainSamples === null) return [];
  if (data.trainSamples > left)
    return [
      {
        path,
        message: `is ${data.trainSamples}; ${dataset.name} has ${left} training images once ${dataset.trainSize - left} are held back for validation.`,
      },
    ];
  if (data.trainSamples < dataset.classCount)
    return [
      { path, message: `is ${data.trainSamples}; ${dataset.name} has ${dataset.classCount} classes, and every class needs an image.` },
    ];
  return [];
}

function checkLabelled(data: Data, { name, classCount, trainSize }: DatasetFacts): Problem[] {
  const labelled = labelledSamples(data, trainSize);
  if (data.labelledFraction === 1 || labelled >= classCount) return [];
  const used = trainSamplesUsed(data, trainSize);
  return [
    {
      path: 'data.labelledFraction',
      message:
        `is ${data.labelledFraction}; of ${used} training images that leaves ${labelled} with a label, but ${name} has ${classCount} classes, ` +
        `and every class needs one: at least ${Math.ceil((classCount / used) * 1e4) / 1e4}.`,
    },
  ];
}

function checkWithheld({ withheldClasses }: Data, { name, classCount }: DatasetFacts): Problem[] {
  const path = 'data.withheldClasses';
  if (withheldClasses.length > classCount)
    return [{ path, message: `names ${withheldClasses.length} classes; ${name} has ${classCount}.` }];
  const seen = new Set<number>();
  const problems = withheldClasses.flatMap((label, place): Problem[] => {
    if (label >= classCount) return [{ path: `${path}.${place}`, message: `is ${label}; ${name} has the classes 0 to ${classCount - 1}.` }];
    if (seen.has(label)) return [{ path: `${path}.${place}`, message: `is ${label}, which stands there already.` }];
    seen.add(label);
    return [];
  });
  if (problems.length === 0 && withheldClasses.length === classCount)
    problems.push({ path, message: `names all ${classCount} classes of ${name}: nothing is left to train on.` });
  return problems;
}
