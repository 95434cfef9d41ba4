import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { RunAccuracies } from './run-accuracies.tsx';

const network = (index: number, validationAccuracy: number | null, testAccuracy: number | null, role = 'PEER') => ({
  id: String(index),
  index,
  role,
  result: { validationAccuracy, testAccuracy },
});

/** What is read, part by part. */
function said(networks: ReturnType<typeof network>[], ensembleValidationAccuracy: number | null, ensembleTestAccuracy: number | null) {
  const cohort = { ensembleValidationAccuracy, ensembleTestAccuracy };
  const html = renderToStaticMarkup(<RunAccuracies networks={networks} cohort={cohort} />);
  return html
    .split(/<\/?span[^>]*>/)
    .map((part) => part.replaceAll('<!-- -->', ''))
    .filter(Boolean);
}

it('what a run came to names its split: validation, or test where nothing was held back', () => {
  const both = [network(0, 0.5, 0.4), network(1, 0.6, 0.5), network(2, 0.9, 0.9, 'TEACHER')];
  expect(said(both, 0.65, 0.55)).toEqual(['50.00 %', '60.00 %', 'ensemble 65.00 %', 'validation']);
  expect(said([network(0, null, 0.4)], null, null)).toEqual(['40.00 %', 'test']);
  expect(said([network(0, 0.5, 0.4), network(1, null, null)], null, null)).toEqual(['50.00 %', '–', 'validation']);
});
