import type { Problem } from '../../settings/problem.ts';
import { written } from '../../settings/written.ts';
import type { DatasetFacts } from '../dataset-facts.ts';
import type { DataSettings, RunSpec } from '../run-spec.ts';
import { labelledSamples, trainSamplesUsed, validationSamples } from '../samples.ts';

/** What a spec says of its data that contradicts itself. */
export function checkData({ data: { withheldClasses } }: RunSpec): Problem[] {
  const seen = new Set<number>();
  return withheldClasses.flatMap((label, place) => {
    if (seen.has(label)) return [{ path: `data.withheldClasses.${place}`, message: `is ${label}, which is listed twice.` }];
    seen.add(label);
    return [];
  });
}

/** What a spec asks of its data and the dataset cannot give. How many images a class has, only the trainer knows. */
export function checkDataset({ data }: RunSpec, dataset: DatasetFacts): Problem[] {
  return [...checkTrainSamples(data, dataset), ...checkLabelled(data, dataset), ...checkWithheld(data, dataset)];
}

function checkTrainSamples(data: DataSettings, dataset: DatasetFacts): Problem[] {
  const path = 'data.trainSamples';
  const left = dataset.trainSize - validationSamples(data, dataset.trainSize);
  if (data.trainSamples === null) return [];
  if (data.trainSamples > left)
    return [
      {
        path,
        message: `is ${written(data.trainSamples)}; ${dataset.name} has ${written(left)} training images once ${written(dataset.trainSize - left)} are held back for validation.`,
      },
    ];
  if (data.trainSamples < dataset.classCount)
    return [
      {
        path,
        message: `is ${written(data.trainSamples)}; ${dataset.name} has ${written(dataset.classCount)} classes, and every class needs an image.`,
      },
    ];
  return [];
}

function checkLabelled(data: DataSettings, { name, classCount, trainSize }: DatasetFacts): Problem[] {
  const labelled = labelledSamples(data, trainSize);
  if (data.labelledFraction === 1 || labelled >= classCount) return [];
  const used = trainSamplesUsed(data, trainSize);
  return [
    {
      path: 'data.labelledFraction',
      message:
        `is ${data.labelledFraction}; of ${written(used)} training images that leaves ${written(labelled)} with a label, but ${name} has ${written(classCount)} classes, ` +
        `and every class needs one: at least ${Math.ceil((classCount / used) * 1e4) / 1e4}.`,
    },
  ];
}

function checkWithheld({ withheldClasses }: DataSettings, { name, classCount }: DatasetFacts): Problem[] {
  const path = 'data.withheldClasses';
  if (withheldClasses.length > classCount)
    return [{ path, message: `names ${written(withheldClasses.length)} classes; ${name} has ${written(classCount)}.` }];
  const problems = withheldClasses.flatMap((label, place) =>
    label >= classCount ? [{ path: `${path}.${place}`, message: `is ${label}; ${name} has the classes 0 to ${classCount - 1}.` }] : [],
  );
  if (problems.length === 0 && new Set(withheldClasses).size === classCount)
    problems.push({ path, message: `names all ${written(classCount)} classes of ${name}: nothing is left to train on.` });
  return problems;
}
