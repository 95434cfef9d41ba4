// `npm run build`: all that is generated and built, without starting anything; an image runs just that by start/serve.mjs.
import './generated.mjs';
import { ensureWebBuilt } from './build-web.mjs';
import { ensureProgramsBuilt } from './programs.mjs';

await ensureProgramsBuilt();
await ensureWebBuilt();
