import type { Report } from './measure.ts';
import type { Spread } from './quantiles.ts';
import { oneFigure } from './rows.ts';

const ms = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0));
const both = ({ p50, p95 }: Spread) => `${ms(p50)} / ${ms(p95)} ms`;

/** What was measured, a line each: what, ours, MLflow's, how many times faster we are. */
export function tableOf(report: Report): string {
  const { leaderboard, runsList, commits, subscribers, viewers = [], home, mlflow } = report;
  const search = (question: string) => mlflow?.searchRuns?.[`MLflow: ${question}`];
  const times = (ratio: number | undefined) => (ratio === undefined ? '' : `× ${ratio.toFixed(1)}`);
  const lines: string[][] = [['p50 / p95', 'Studyhall', 'MLflow', '']];
  if (leaderboard) {
    lines.push(['leaderboard, all questions', both(leaderboard), '', '']);
    for (const [question, own] of Object.entries(leaderboard.questions)) {
      const theirs = search(question);
      lines.push([`  ${question}`, both(own), theirs ? both(theirs) : '', times(mlflow?.ratios[`${question}, p50`])]);
    }
    lines.push([`  the slowest: ${leaderboard.slowest.question}`, `p95 ${ms(leaderboard.slowest.p95)} ms`, '', '']);
  }
  if (runsList) lines.push(['a page of the runs list', both(runsList), '', '']);
  for (const [name, own] of Object.entries(commits ?? {})) {
    const what = `epoch rows per second, ${name}`;
    const beside = (way: string) => [mlflow?.rowsPerSecond?.[way]?.toFixed(0) ?? '', times(mlflow?.ratios[way])];
    lines.push([what, own.rowsPerSecond.toFixed(0), ...beside(name)]);
    const single = oneFigure(name);
    if (mlflow?.ratios[single] !== undefined) lines.push(['  beside rows of one figure', '', ...beside(single)]);
  }
  if (subscribers) lines.push([`commit to the last of ${subscribers.subscribers} subscribers`, both(subscribers), '', faults(subscribers)]);
  for (const one of viewers) {
    const commits = `${one.commitsPerSecond.toFixed(0)} commits/s, ${(one.ofThoseAlone * 100).toFixed(0)} % of those without`;
    lines.push([`${one.viewers} open leaderboards: commits`, commits, '', faults(one)]);
    lines.push(['  commit', both(one.commitMs), '', '']);
    lines.push(['  age of the oldest board', both(one.ageMs), '', '']);
  }
  if (home)
    lines.push([
      'HTML of /',
      `${(home.bytes / 1000).toFixed(0)} kB (${(home.gzipBytes / 1000).toFixed(0)} gzipped), ${both(home)}`,
      '',
      '',
    ]);
  for (const part of Object.keys(report.failed)) lines.push([part, 'COULD NOT BE MEASURED', '', '']);
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const rows = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const { machine, node, load, runs, epochRows } = report;
  const beside = mlflow ? `MLflow ${mlflow.version}` : 'WITHOUT MLflow';
  return [
    `${machine}, Node ${node}, load ${load.began.toFixed(1)} to ${load.ended.toFixed(1)}; ${runs} runs, ${epochRows} epoch rows; ${beside}`,
    ...rows,
  ].join('\n');
}

const faults = ({ errors, missed, firstError }: { errors: number; missed: number; firstError?: string | undefined }) =>
  errors + missed === 0 ? '' : `${errors} ERRORS, ${missed} NOT SHOWN IN TIME${firstError ? `; ${firstError.slice(0, 200)}` : ''}`;
