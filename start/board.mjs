// `npm run board -- rebuild`: has a running Studyhall write the leaderboard's kept rows anew. Node's built-ins only.
import { parseArgs } from 'node:util';
import { ASK_HELP, askOptions, askPerson } from './ask.mjs';

const HELP = `npm run board -- rebuild

Writes the leaderboard's rows anew from the runs, on a running Studyhall: after somebody changed its database by hand. Runs may go on meanwhile.

${ASK_HELP}
`;

process.exitCode = await main().catch((error) => {
  console.error(error.message);
  return 1;
});

async function main() {
  const options = { ...askOptions, help: { type: 'boolean', short: 'h' } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (positionals.length !== 1 || positionals[0] !== 'rebuild')
    throw new Error(`There is one thing to do with the board: rebuild.\n\n${HELP}`);
  const { ask } = await askPerson(values);
  const { rebuildLeaderboard: groups } = await ask('mutation { rebuildLeaderboard }');
  console.log(`The leaderboard's rows of ${groups} ${groups === 1 ? 'group' : 'groups'} were written anew.`);
  return 0;
}
