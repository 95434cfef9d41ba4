// `npm run backup`, `restore`, `export` and `import`: what they need is installed, generated and built before they run.
import './generated.mjs';
import { pathToFileURL } from 'node:url';
import { programOf } from './machine/program.mjs';
import { ensureProgramsBuilt } from './programs.mjs';
import { served } from './serve.mjs';

const { source } = served[process.argv[2]];
const { file } = programOf(source, await ensureProgramsBuilt());
process.setSourceMapsEnabled(true);
await import(pathToFileURL(file).href);
