import type { TestApi } from './api.ts';
import type { House, Report, Reports, TestClaim } from './house.ts';

/** What is read of a report's answer. */
const heard: Record<Report, string> = {
  renewLease: '{ expiresAt cancelRequested }',
  commitEpochs: '{ expiresAt cancelRequested }',
  reportLog: '',
  finishJob: '',
  failJob: '',
  handBackJob: '',
};

/** The house as trainers and people meet it. */
export function overHttp(api: TestApi): House {
  return {
    registerTrainer: async (input) => {
      const { registerTrainer } = await api.get<{ registerTrainer: { trainer: { id: string } } }>(
        'mutation ($input: RegisterTrainerInput!) { registerTrainer(input: $input) { trainer { id } } }',
        { input },
        api.trainerToken,
      );
      return registerTrainer.trainer.id;
    },
    claimJob: async (id, claimId) => {
      type Train = Pick<TestClaim, 'runId' | 'seed' | 'spec' | 'teachers'>;
      const { claimJob } = await api.get<{ claimJob: (Omit<TestClaim, keyof Train> & { train: Train }) | null }>(
        `mutation ($id: ID!, $claimId: ID) { claimJob(trainerId: $id, claimId: $claimId) {
          jobId attempt stallSeconds checkpoint { epoch teacherEpoch sha256 }
          train { runId seed spec teachers { runId network sha256 path } } } }`,
        { id, claimId },
        api.trainerToken,
      );
      if (!claimJob) return null;
      const { train, ...job } = claimJob;
      return { ...job, ...train };
    },
    upload: async (sha256, bytes) => {
      const response = await fetch(`${api.url}/artifacts/${sha256}`, {
        method: 'PUT',
        body: bytes,
        headers: { authorization: `Bearer ${api.trainerToken}` },
      });
      if (!response.ok) throw new Error(await response.text());
    },
    report: <Name extends Report>(name: Name, input: object) => {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const mutation = `mutation ($input: ${type}!) { ${name}(input: $input) ${heard[name]} }`;
      return api.ask<Pick<Reports, Name>>(mutation, { input }, api.trainerToken);
    },
    scheduleRuns: async (input) => {
      const { scheduleRuns } = await api.get<{ scheduleRuns: { id: string }[] }>(
        'mutation ($input: ScheduleRunsInput!) { scheduleRuns(input: $input) { id } }',
        { input },
        api.key,
      );
      return scheduleRuns.map(({ id }) => id);
    },
  };
}
