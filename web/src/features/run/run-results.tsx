import { unmask } from '@/generated/fragment-masking.ts';
import { type RunLiveFragment, RunMeasurementFragmentDoc } from '@/generated/graphql.ts';
import { absent, compactCount, percent, significant, wholeNumber } from '@/lib/format/number.ts';
import { seriesColour } from '@/ui/chart/series.ts';
import { SectionTitle } from '@/ui/page-header.tsx';
import { hasEnded } from '@/ui/run-state.tsx';
import type { Network } from './network-names.ts';
import { OtherMeasures } from './other-measures-table.tsx';
import { WithheldResults } from './withheld-results.tsx';

const roles = { STUDENT: 'student', PEER: 'peer', TEACHER: 'teacher' } as const;

/** Final figures per network and of the ensemble; before the end, what the networks are. */
export function RunResults({ run }: { run: RunLiveFragment }) {
  const { cohort, networks } = run;
  return (
    <section aria-labelledby="results">
      <SectionTitle
        id="results"
        aside={cohort?.disagreement == null ? null : `Members disagree on ${percent(cohort.disagreement, 1)} % of samples`}
      >
        Results
      </SectionTitle>
      {networks.length === 0 ? (
        <p className="pt-3 text-[0.8125rem] text-muted">
          {hasEnded(run.state)
            ? 'None: no trainer has built its networks.'
            : 'The networks are listed once a trainer has built them; their figures when they have finished.'}
        </p>
      ) : (
        <div className="overflow-x-auto">
          <table className="w-full min-w-[48rem] text-[0.8125rem]">
            <thead>
              <tr className="text-right text-xs text-muted [&>th]:h-8 [&>th]:pl-4 [&>th]:font-normal">
                <th scope="col" className="sticky left-0 bg-paper !pl-0 text-left">
                  Network
                </th>
                <th scope="col">Parameters</th>
                <th scope="col">Epoch</th>
                <th scope="col">Train %</th>
                <th scope="col">Validation %</th>
                <th scope="col">Test %</th>
                <th scope="col" title="Training accuracy minus validation accuracy">
                  Gap, points
                </th>
                <th scope="col">Validation loss, nats</th>
                <th scope="col">Test loss, nats</th>
                <th scope="col" title="Mean entropy of the outputs on the validation split; of the ensemble that of the averaged outputs">
                  Validation entropy, nats
                </th>
              </tr>
            </thead>
            <tbody>
              {networks.map((network) => (
                <NetworkLine key={network.id} network={network} />
              ))}
              {cohort && cohort.ensembleValidationAccuracy !== null ? (
                <tr className="border-t border-line text-right [&>td]:h-9 [&>td]:pl-4">
                  <th scope="row" className="sticky left-0 bg-paper text-left font-medium whitespace-nowrap">
                    <Swatch colour="--ink" /> ensemble
                  </th>
                  <td>{absent}</td>
                  <td>{absent}</td>
                  <td>{absent}</td>
                  <td>{percent(cohort.ensembleValidationAccuracy)}</td>
                  <td>{percent(cohort.ensembleTestAccuracy)}</td>
                  <td>{absent}</td>
                  <td>{significant(cohort.ensembleValidationLoss)}</td>
                  <td>{significant(cohort.ensembleTestLoss)}</td>
                  <td>{significant(cohort.ensembleValidationEntropy)}</td>
                </tr>
              ) : null}
            </tbody>
          </table>
        </div>
      )}
      <WithheldResults networks={networks} />
      <OtherMeasures
        rows={[
          ...networks.map(({ id, index, model, measurements }) => ({
            key: id,
            name: `${index} · ${model.name}`,
            measurements: unmask(RunMeasurementFragmentDoc, measurements),
          })),
          ...(cohort ? [{ key: 'cohort', name: 'cohort', measurements: unmask(RunMeasurementFragmentDoc, cohort.measurements) }] : []),
        ]}
      />
    </section>
  );
}

function NetworkLine({ network }: { network: Network }) {
  const { result } = network;
  const gap = result?.trainAccuracy != null && result.validationAccuracy != null ? result.trainAccuracy - result.validationAccuracy : null;
  return (
    <tr className="border-t border-line text-right [&>td]:h-9 [&>td]:pl-4">
      <th
        scope="row"
        className="sticky left-0 bg-paper text-left font-medium whitespace-nowrap"
        title={network.initHash ? `Initial weights ${network.initHash.slice(0, 16)}` : undefined}
      >
        <Swatch colour={seriesColour(network.index)} /> {network.index} · {network.model.name}
        <span className="font-normal text-muted">
          {' '}
          {roles[network.role]}, {network.view}
        </span>
      </th>
      <td title={network.flops === null ? undefined : `${compactCount(network.flops)} multiply-adds per sample`}>
        {compactCount(network.parameters)}
      </td>
      <td>{wholeNumber(result?.selectedEpoch)}</td>
      <td>{percent(result?.trainAccuracy)}</td>
      <td className="font-medium">{percent(result?.validationAccuracy)}</td>
      <td>{percent(result?.testAccuracy)}</td>
      <td>{percent(gap)}</td>
      <td>{significant(result?.validationLoss)}</td>
      <td>{significant(result?.testLoss)}</td>
      <td title={result?.testEntropy == null ? undefined : `On the test split ${significant(result.testEntropy)}`}>
        {significant(result?.validationEntropy)}
      </td>
    </tr>
  );
}

function Swatch({ colour }: { colour: string }) {
  return <span aria-hidden className="mr-1.5 inline-block h-0.5 w-3 align-middle" style={{ background: `var(${colour})` }} />;
}
