import { absent, percent } from '@/lib/format/number.ts';

type Result = { validationAccuracy: number | null; testAccuracy: number | null };
type Props = {
  networks: readonly { id: string; index: number; role: string; result: Result | null }[];
  cohort: { ensembleValidationAccuracy: number | null; ensembleTestAccuracy: number | null } | null;
};

/** What a run's networks and their ensemble came to on the validation split; on the test split where nothing was held back for validation. */
export function RunAccuracies({ networks, cohort }: Props) {
  const own = networks.filter(({ role }) => role !== 'TEACHER');
  const validated = own.some(({ result }) => result?.validationAccuracy != null);
  const ensemble = validated ? cohort?.ensembleValidationAccuracy : cohort?.ensembleTestAccuracy;
  return (
    <span className="flex flex-wrap items-baseline gap-x-3">
      {own.map(({ id, index, result }) => (
        <span key={id} title={`Network ${index}`}>
          {written(validated ? result?.validationAccuracy : result?.testAccuracy)}
        </span>
      ))}
      {ensemble != null && own.length > 1 ? <span className="text-muted">ensemble {written(ensemble)}</span> : null}
      <span className="text-xs text-muted">{validated ? 'validation' : 'test'}</span>
    </span>
  );
}

const written = (accuracy: number | null | undefined) => (accuracy == null ? absent : `${percent(accuracy)} %`);
