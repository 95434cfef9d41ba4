// `npm run trainer`: what it needs is installed, generated and built before it runs.
import './generated.mjs';
import { pathToFileURL } from 'node:url';
import { programOf } from './machine/program.mjs';
import { ensureProgramsBuilt } from './programs.mjs';

const { file } = programOf('trainer/src/main.ts', await ensureProgramsBuilt());
process.setSourceMapsEnabled(true);
await import(pathToFileURL(file).href);
