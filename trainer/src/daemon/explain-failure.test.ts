import { describe, expect, it } from 'vitest';
import { TrainingError } from '../training/failure.ts';
import { explainFailure } from './explain-failure.ts';

describe('an error that ended a job', () => {
  it('that was foreseen speaks for itself', () => {
    const error = new TrainingError('The loss is NaN in epoch 3.', { permanent: true });
    expect(explainFailure(error, 'training', '/work')).toEqual({
      report: { type: 'failed', error: 'The loss is NaN in epoch 3.', permanent: true, discardCheckpoint: false },
      stack: null,
    });
  });

  it('that nobody foresaw gives its message as the reason; where it came from is for the log', () => {
    const error = new TypeError('x is not a function');
    const { report, stack } = explainFailure(error, 'training', '/work');
    expect(report).toMatchObject({ error: 'Internal error while training: x is not a function', permanent: false });
    expect(stack).toContain('explain-failure.test.ts');
  });

  it('for want of memory says what helps', () => {
    const { report } = explainFailure(new Error('bad_alloc'), 'training', '/work');
    expect(report.error).toMatch(/bad_alloc\nIt ran out of memory .*smaller batch/);
    expect(report.error).not.toContain('    at ');
  });
});
