import { parseCommand } from '../cli.ts';
import { surveyDatasets } from '../data/describe.ts';
import { dataFolders } from '../data/folders.ts';

const HELP = `npm run trainer -- data

Lists the datasets of this machine, checks every file of them and says what is wrong with a file. Ends with 1 if anything is.

  STUDYHALL_DATA  where datasets lie, each in a folder of its own (data)
`;

/** Lists and checks the datasets. The exit code. */
export const data = async (args: string[]): Promise<number> => {
  const { values } = parseCommand(args, { help: { type: 'boolean', short: 'h' } });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const folders = dataFolders();
  const { usable, unusable } = await surveyDatasets(folders);
  for (const { origin, description, remark } of usable) {
    const { name, hash, views, classes, trainSize, testSize } = description;
    const shapes = views.map((view) => `${view.name} ${view.shape.join('×')}`).join(', ');
    process.stdout.write(
      `${name}\n  ${trainSize} training and ${testSize} test samples, ${classes.length} classes; ${shapes}\n${remark === null ? '' : `  ${remark}\n`}  ${hash}\n  ${origin}\n`,
    );
  }
  for (const { name, reason } of unusable) process.stdout.write(`${name}: cannot be used\n  ${reason}\n`);
  process.stdout.write(`Other datasets are looked for in ${folders.data}\n`);
  return unusable.length > 0 ? 1 : 0;
};
