/** The run that a TRAIN job trains. The database holds it to be there. */
export function runOf({ kind, run_id }: { kind: string; run_id: string | null }): string {
  if (run_id === null) throw new Error(`A job of kind ${kind} is not of a run.`);
  return run_id;
}
