import type { Api } from '../client/api.ts';
import { isRefusal, mayPass } from '../client/errors.ts';
import { LeaveFleetDocument, RegisterTrainerDocument, type RegisterTrainerInput, type TrainerState } from '../client/generated/graphql.ts';

/** What the API told this trainer when it registered. */
export type Registration = {
  trainerId: string;
  leaseSeconds: number;
  renewSeconds: number;
  /** Datasets that are here but not offered, each with the reason: this machine's, or the API's. */
  leftOut: readonly { readonly name: string; readonly reason: string }[];
};

/** @throws ApiUnreachable, ApiRefused (`UNAUTHENTICATED`, `FORBIDDEN`: the token), NotStudyhall. */
export async function register(api: Api, trainer: RegisterTrainerInput): Promise<Registration> {
  const { registerTrainer } = await api.request(RegisterTrainerDocument, { input: trainer }).catch((error: unknown) => {
    // An older API refuses speeds of engines that it does not know; whoever joins is worth more than those.
    if (trainer.benchmarks?.length && isRefusal(error, 'BAD_INPUT') && /^benchmarks\.\d+\.engine /.test(error.message))
      return api.request(RegisterTrainerDocument, { input: { ...trainer, benchmarks: [] } });
    throw error;
  });
  const { leaseSeconds, renewSeconds } = registerTrainer;
  const { id, leftOut } = registerTrainer.trainer;
  return { trainerId: id, leaseSeconds, renewSeconds, leftOut };
}

/** Says goodbye; whether it was heard. An API that does not hear it notices by itself that this trainer is no longer seen. */
export async function leaveFleet(api: Api, trainerId: string, state: TrainerState): Promise<boolean> {
  try {
    await api.request(LeaveFleetDocument, { trainerId, state }, 2_000);
    return true;
  } catch (error) {
    if (!mayPass(error) && !isRefusal(error, 'NOT_FOUND')) throw error;
    return false;
  }
}
