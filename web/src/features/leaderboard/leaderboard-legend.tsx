/** How to read the plots. */
export function LeaderboardLegend() {
  return (
    <p className="mt-6 max-w-[130ch] text-xs leading-5 text-muted">
      A row is a group of runs that differ by seed alone, and one of its networks or its ensemble. First plot: mean ± standard deviation
      over seeds. Second plot: mean gain over the independent twin (same seed, initial weights and batches) with its 95 % interval;{' '}
      <strong className="font-medium text-ink">a hollow dot means that the interval contains zero</strong>, so the gain is not told from
      noise; n is the number of paired seeds, and an interval of two is drawn broken: it says little of its own width. Groups of one seed
      are references: their noise is unknown.
    </p>
  );
}
