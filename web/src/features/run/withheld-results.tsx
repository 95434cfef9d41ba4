import { absent, percent, significant } from '@/lib/format/number.ts';
import type { Network } from './network-names.ts';

/** What networks make of classes that were withheld from their training, as they are and with Hinton's bias correction. */
export function WithheldResults({ networks }: { networks: readonly Network[] }) {
  const measured = networks.flatMap(({ result, ...network }) => (result?.withheldAccuracy == null ? [] : [{ ...network, result }]));
  if (measured.length === 0) return null;
  return (
    <div className="overflow-x-auto pt-6">
      <table className="w-full min-w-[36rem] text-[0.8125rem]">
        <caption className="pb-1 text-left text-xs text-muted">
          Test accuracy where classes were withheld from training. Corrected: one number, chosen on the validation split, is added to the
          logits of the withheld classes.
        </caption>
        <thead>
          <tr className="text-right text-xs text-muted [&>th]:h-8 [&>th]:pl-4 [&>th]:font-normal">
            <th scope="col" className="!pl-0 text-left">
              Network
            </th>
            <th scope="col">Withheld classes %</th>
            <th scope="col">Correction</th>
            <th scope="col">Withheld, corrected %</th>
            <th scope="col">All classes %</th>
            <th scope="col">All, corrected %</th>
          </tr>
        </thead>
        <tbody>
          {measured.map(({ id, index, model, result }) => (
            <tr key={id} className="border-t border-line text-right [&>td]:h-9 [&>td]:pl-4">
              <th scope="row" className="text-left font-medium whitespace-nowrap">
                {index} · {model.name}
              </th>
              <td>{percent(result.withheldAccuracy)}</td>
              <td>{result.biasCorrection === null ? absent : significant(result.biasCorrection, 3)}</td>
              <td>{percent(result.correctedWithheldAccuracy)}</td>
              <td>{percent(result.testAccuracy)}</td>
              <td>{percent(result.correctedAccuracy)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
