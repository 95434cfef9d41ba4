import type { Attack } from './attack.ts';
import { questions } from './attacks/questions.ts';
import { reports } from './attacks/reports.ts';
import { sockets } from './attacks/sockets.ts';

/** All of them, as they were seen to take the server down, or might. */
export const attacks: readonly Attack[] = [...questions, ...reports, ...sockets];
