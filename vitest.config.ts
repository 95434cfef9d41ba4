import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The chaos tests take longest and mostly wait for leases: begun first, they are done when the others are. */
class ChaosFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isChaos = ({ moduleId }: TestSpecification) => moduleId.includes('/test/chaos/');
    const sorted = await super.sort(files);
    return [...sorted.filter(isChaos), ...sorted.filter((file) => !isChaos(file))];
  }
}

// One Postgres serves all rooms: the api's global set-up starts it, every test clones its own database from the template.
export default defineConfig({
  test: {
    projects: ['contract', 'api', 'trainer', 'web', 'test'],
    sequence: { sequencer: ChaosFirst },
    // On two cores, two more files than usual keep the cores busy while the chaos tests wait.
    maxWorkers: Math.max(3, availableParallelism() - 1),
  },
});
