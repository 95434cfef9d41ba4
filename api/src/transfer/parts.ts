/** What one Studyhall tells another, each behind those that it refers to, and which rows of it are about the chosen runs and analyses. */
export const parts = [
  ['models', 'WHERE id IN (SELECT model_id FROM networks WHERE run_id IN (SELECT id FROM chosen_runs))'],
  [
    'datasets',
    'WHERE id IN (SELECT dataset_id FROM runs WHERE id IN (SELECT id FROM chosen_runs) UNION SELECT dataset_id FROM analyses WHERE id IN (SELECT id FROM chosen_analyses))',
  ],
  ['experiments', 'WHERE id IN (SELECT id FROM chosen_experiments)'],
  ['runs', 'WHERE id IN (SELECT id FROM chosen_runs)'],
  ['run_teachers', 'WHERE run_id IN (SELECT id FROM chosen_runs)'],
  ['networks', 'WHERE run_id IN (SELECT id FROM chosen_runs)'],
  ['analyses', 'WHERE id IN (SELECT id FROM chosen_analyses)'],
  ['analysed_networks', 'WHERE analysis_id IN (SELECT id FROM chosen_analyses)'],
  ['jobs', 'WHERE id IN (SELECT id FROM chosen_jobs)'],
  ['attempts', 'WHERE job_id IN (SELECT id FROM chosen_jobs)'],
  ['log_lines', 'WHERE job_id IN (SELECT id FROM chosen_jobs)'],
  ['epoch_metrics', 'WHERE run_id IN (SELECT id FROM chosen_runs)'],
  ['cohort_metrics', 'WHERE run_id IN (SELECT id FROM chosen_runs)'],
  ['measurements', 'WHERE run_id IN (SELECT id FROM chosen_runs)'],
  [
    'artifacts',
    `WHERE sha256 IN (SELECT sha256 FROM job_artifacts WHERE kind <> 'RESUME_STATE' AND job_id IN (SELECT id FROM chosen_jobs))`,
  ],
  ['job_artifacts', `WHERE kind <> 'RESUME_STATE' AND job_id IN (SELECT id FROM chosen_jobs)`],
] as const;

const ended = `state IN ('SUCCEEDED', 'FAILED', 'CANCELLED')`;

/**
 * What is exported: runs that have ended, of all experiments or of one, in which case with the runs that teach in them; the analyses of their
 * networks; and the jobs of both. $1 is the experiment's id, or null.
 */
export const choose = [
  `CREATE TEMP TABLE chosen_runs ON COMMIT DROP AS
   WITH RECURSIVE wanted AS (
     SELECT r.id FROM runs r JOIN jobs j ON j.run_id = r.id WHERE j.${ended} AND ($1::text IS NULL OR r.experiment_id = $1)
     UNION SELECT l.teacher_run_id FROM wanted w JOIN run_teachers l ON l.run_id = w.id WHERE l.teacher_run_id IS NOT NULL)
   SELECT w.id FROM wanted w JOIN jobs j ON j.run_id = w.id WHERE j.${ended}`,
  `CREATE TEMP TABLE chosen_analyses ON COMMIT DROP AS
   SELECT a.id FROM analyses a JOIN jobs j ON j.analysis_id = a.id
   WHERE j.${ended} AND ($1::text IS NULL OR EXISTS (SELECT FROM analysed_networks n WHERE n.analysis_id = a.id AND n.run_id IN (SELECT id FROM chosen_runs)))`,
  `CREATE TEMP TABLE chosen_jobs ON COMMIT DROP AS
   SELECT id FROM jobs WHERE run_id IN (SELECT id FROM chosen_runs) OR analysis_id IN (SELECT id FROM chosen_analyses)`,
  `CREATE TEMP TABLE chosen_experiments ON COMMIT DROP AS SELECT id FROM experiments WHERE $1::text IS NULL OR id = $1`,
];

/** For spreadsheets: what a person looks for first. */
export const sheets = {
  'runs.csv': `SELECT r.id AS run, e.slug AS experiment, r.label, r.method, r.seed, r.group_key, d.name AS dataset, d.hash AS dataset_hash, j.state,
      n.index AS network, n.role, m.name AS model, n.view, n.parameters, n.selected_epoch, n.train_accuracy, n.train_loss, n.validation_accuracy,
      n.validation_loss, n.test_accuracy, n.test_loss, r.created_by, r.created_at, j.finished_at
    FROM chosen_runs c JOIN runs r ON r.id = c.id JOIN jobs j ON j.run_id = r.id JOIN datasets d ON d.id = r.dataset_id
      JOIN networks n ON n.run_id = r.id JOIN models m ON m.id = n.model_id LEFT JOIN experiments e ON e.id = r.experiment_id
    ORDER BY r.created_at, r.id, n.index`,
  'epochs.csv': `SELECT run_id AS run, epoch, network, train_loss, train_accuracy, validation_loss, validation_accuracy, learning_rate,
      images_per_second, seconds FROM epoch_metrics WHERE run_id IN (SELECT id FROM chosen_runs) ORDER BY 1, 2, 3`,
  'files.csv': `SELECT j.run_id AS run, a.network, a.kind, a.epoch, 'files/' || a.sha256 || '.safetensors' AS file
    FROM job_artifacts a JOIN jobs j ON j.id = a.job_id WHERE a.kind <> 'RESUME_STATE' AND j.id IN (SELECT id FROM chosen_jobs) ORDER BY 1, 2, 3`,
} as const;
