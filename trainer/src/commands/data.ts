import { written } from '@studyhall/contract/settings/written.ts';
import { type PublishedName, publishedDatasets } from '@studyhall/contract/spec/published-datasets.ts';
import { parseCommand, UsageError } from '../cli.ts';
import { surveyDatasets } from '../data/describe.ts';
import { dataFolders } from '../data/folders.ts';
import { getDataset } from '../data/published/get-dataset.ts';
import { PUBLISHED } from '../data/published/published.ts';
import { showProgress } from '../fetch/progress.ts';

const HELP = `npm run trainer -- data
npm run trainer -- data get NAME…

Lists the datasets of this machine, checks every file of them and says what is wrong with a file. Ends with 1 if anything is.

With get, fetches published datasets from their authors or a mirror, checks them and puts them in place: ${publishedDatasets.join(', ')}.
What was cut goes on where it ended when the same command is given again. Without internet it says which file to put where.

  STUDYHALL_DATA  where datasets lie, each in a folder of its own (data)
`;

const say = (line: string) => process.stdout.write(`${line}\n`);

const isPublished = (name: string): name is PublishedName => publishedDatasets.some((own) => own === name);

/** Fetches them one after the other. @throws UsageError for a name that is not published, before anything is fetched. */
const get = async (names: readonly string[]): Promise<number> => {
  if (names.length === 0) throw new UsageError(`name a dataset to get: ${publishedDatasets.join(', ')}`);
  const unknown = names.find((name) => !isPublished(name));
  if (unknown !== undefined)
    throw new UsageError(
      `"${unknown}" is not a dataset that can be got; there are ${publishedDatasets.join(', ')}. docs/guide/datasets.md says how others are laid out`,
    );
  const folders = dataFolders();
  for (const name of new Set(names.filter(isPublished))) {
    const own = PUBLISHED[name];
    say(`${own.title} (${own.terms}; ${own.page})`);
    const { trainSize, testSize, hash } = await getDataset(name, own, folders, { say, progressOf: (file) => showProgress(file) });
    say(`${name}: ${trainSize} training and ${testSize} test samples in ${folders.data}\n  ${hash}`);
  }
  say('Trainers look for datasets when they start: one that runs already has to be started anew.');
  return 0;
};

/** Lists and checks the datasets, or gets some. The exit code. */
export const data = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseCommand(args, { help: { type: 'boolean', short: 'h' } }, true);
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [verb, ...names] = positionals;
  if (verb === 'get') return get(names);
  if (verb !== undefined) throw new UsageError(`"${verb}" is not what data does: it lists, and gets by \`data get NAME\``);
  const folders = dataFolders();
  const { usable, unusable } = await surveyDatasets(folders);
  for (const { origin, description, remark } of usable) {
    const { name, hash, views, classes, trainSize, testSize } = description;
    const shapes = views.map((view) => `${view.name} ${view.shape.join('×')}`).join(', ');
    process.stdout.write(
      `${name}\n  ${written(trainSize)} training and ${written(testSize)} test samples, ${written(classes.length)} classes; ${shapes}\n${remark === null ? '' : `  ${remark}\n`}  ${hash}\n  ${origin}\n`,
    );
  }
  for (const { name, reason } of unusable) process.stdout.write(`${name}: cannot be used\n  ${reason}\n`);
  process.stdout.write(`Other datasets are looked for in ${folders.data}\n`);
  return unusable.length > 0 ? 1 : 0;
};
