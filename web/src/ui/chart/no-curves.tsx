/** Stands where curves would: of what has not begun, or ended before its first epoch. */
export function NoCurves({ because }: { because: string }) {
  return <p className="pt-3 text-[0.8125rem] text-muted">None: {because}.</p>;
}
