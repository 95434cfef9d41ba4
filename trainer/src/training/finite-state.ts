import { notFiniteIn } from '../nn/not-finite.ts';
import { type CohortState, type Member, parameterCounts, sliceByMember, statisticCounts } from './cohort.ts';
import { LOWER_THE_RATE, TrainingError } from './failure.ts';

/**
 * Refuses a state with numbers that are not finite: training cannot go on from it, nor results be computed. ReLU may hide them: some engines compute
 * max(0, NaN) as 0, so that such a network gives finite outputs, at chance.
 *
 * @param when as in `after epoch 3`
 * @throws TrainingError (permanent) naming vector, network and tensor
 */
export const checkFiniteState = (members: readonly Member[], { weights, statistics, slots }: CohortState, when: string): void => {
  const [parameters, running] = [parameterCounts(members), statisticCounts(members)];
  const check = (what: string, vector: Float32Array, counts: readonly number[], kept: 'parameters' | 'statistics') => {
    sliceByMember(vector, counts).forEach((own, place) => {
      const { index, network } = members[place] as Member;
      const found = notFiniteIn(network[kept], own);
      if (found === null) return;
      throw new TrainingError(`the ${what} of network ${index} (${network.model}) are not finite ${when}: ${found}. ${LOWER_THE_RATE}`, {
        permanent: true,
      });
    });
  };
  check('weights', weights, parameters, 'parameters');
  check('running statistics', statistics, running, 'statistics');
  for (const [name, vector] of Object.entries(slots)) check(`optimizer's numbers (${name})`, vector, parameters, 'parameters');
};
