// `npm run backup` and `npm run restore`: what they need is installed, generated and built before they run.
import './generated.mjs';
import { pathToFileURL } from 'node:url';
import { programOf } from './machine/program.mjs';
import { ensureProgramsBuilt } from './programs.mjs';

const { file } = programOf('api/src/backup/main.ts', await ensureProgramsBuilt());
process.setSourceMapsEnabled(true);
await import(pathToFileURL(file).href);
