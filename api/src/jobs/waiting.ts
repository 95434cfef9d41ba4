import { howToOffer, onlyByName } from '@studyhall/contract/fleet/engines.ts';
import type { QueuePlace } from '../sql/queue.ts';

type Teachers = readonly { teacherRunId: string | null; teacherRun: { job: { state: string } | null } | null }[];

/**
 * Why a queued run cannot start with the trainers there are, why a blocked one waits, why a failed one failed.
 *
 * @param place where it stands in the queue; asked of a queued one only
 */
export async function reasonOf(
  { job, teachers }: { job: { state: string; reason: string | null } | null; teachers: Teachers },
  place: () => Promise<QueuePlace | undefined>,
): Promise<string | null> {
  if (job?.state === 'QUEUED') return explainWaiting(await place());
  if (job?.state === 'BLOCKED') return explainBlocked(teachers);
  return job?.reason ?? null;
}

/** Why a queued job cannot start with the trainers there are; null if one fits and it only has to wait for its turn. */
export function explainWaiting(place: QueuePlace | undefined): string | null {
  if (!place || place.fitting > 0) return null;
  if (place.present === 0) return 'No trainer is online. Start one: npm run trainer -- join';
  if (place.holding === 0) return `None of the ${place.present} trainer(s) online holds the dataset ${place.dataset} (these very bytes).`;
  if (place.engine === 'auto')
    return `None of the ${place.holding} trainer(s) that hold ${place.dataset} takes runs that do not ask for its engine by name (${onlyByName.join(', ')}).`;
  const none = `None of the ${place.holding} trainer(s) that hold ${place.dataset} offers the engine ${place.engine}.`;
  return `${none} ${howToOffer(place.engine) ?? ''}; a run with the engine AUTO trains on what there is.`;
}

/** For which of its teachers a blocked run waits. */
function explainBlocked(teachers: Teachers): string {
  const awaited = teachers.filter(({ teacherRun }) => teacherRun?.job?.state !== 'SUCCEEDED').map(({ teacherRunId }) => teacherRunId);
  if (awaited.length === 1) return `Waits for its teacher, run ${awaited[0]}, to succeed.`;
  return `Waits for its teachers, runs ${awaited.slice(0, -1).join(', ')} and ${awaited.at(-1)}, to succeed.`;
}
