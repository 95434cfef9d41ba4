-- By hand. A transaction that marks very many groups, as an import does, asked once for each of them through the traces of all: a mark that an
-- earlier call has taken is seen by its key alone.
CREATE OR REPLACE FUNCTION board_settle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  marked text[];
BEGIN
  PERFORM FROM board_changes c WHERE c.transaction = NEW.transaction AND c.group_key = NEW.group_key;
  IF NOT FOUND THEN RETURN NULL; END IF;
  WITH taken AS (DELETE FROM board_changes c WHERE c.transaction = txid_current() RETURNING c.group_key)
  SELECT array_agg(t.group_key) INTO marked FROM taken t;
  PERFORM board_rewrite(marked);
  RETURN NULL;
END
$$;

-- What a transaction has just written, Postgres has no statistics of: it tried every measurement with every figure. Each figure's are looked
-- up (OFFSET keeps that from being made a join); all else is as it was.
CREATE OR REPLACE FUNCTION board_write(keys text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  WITH shown AS MATERIALIZED (
    SELECT r.id, r.group_key, r.method, r.label, r.train_samples, r.experiment_id, r.tags, r.created_at, d.hash,
      r.spec->'data'->>'labelledFraction' AS labelled_fraction, r.spec->'data'->'withheldClasses' AS withheld_classes
    FROM runs r JOIN jobs j ON j.run_id = r.id JOIN datasets d ON d.id = r.dataset_id
    WHERE r.group_key = ANY (keys) AND r.archived_at IS NULL
  ), models_of AS (
    SELECT s.group_key, string_agg(DISTINCT m.name, E'\n') AS names
    FROM shown s JOIN networks n ON n.run_id = s.id JOIN models m ON m.id = n.model_id GROUP BY 1
  ), computed AS MATERIALIZED (
    SELECT s.group_key, (array_agg(s.method ORDER BY s.created_at DESC, s.id DESC))[1] AS method,
      (array_agg(s.label ORDER BY s.created_at DESC, s.id DESC))[1] AS label,
      (array_agg(s.hash ORDER BY s.created_at DESC, s.id DESC))[1] AS dataset_hash, max(s.train_samples) AS train_samples,
      coalesce(min(s.labelled_fraction)::float8, 1) AS labelled_fraction,
      coalesce((array_agg(s.withheld_classes ORDER BY s.created_at DESC, s.id DESC))[1], '[]') AS withheld_classes,
      (array_agg(s.experiment_id ORDER BY s.created_at DESC, s.id DESC) FILTER (WHERE s.experiment_id IS NOT NULL))[1] AS experiment_id,
      coalesce(array_agg(DISTINCT s.experiment_id) FILTER (WHERE s.experiment_id IS NOT NULL), '{}') AS experiment_ids,
      lower(concat_ws(E'\n', string_agg(DISTINCT s.label, E'\n'), string_agg(DISTINCT array_to_string(s.tags, ' '), E'\n'), min(m.names))) AS words
    FROM shown s LEFT JOIN models_of m ON m.group_key = s.group_key GROUP BY s.group_key
  ), gone AS (
    DELETE FROM board_groups b WHERE b.group_key = ANY (keys) AND b.group_key NOT IN (SELECT c.group_key FROM computed c)
  )
  INSERT INTO board_groups AS b (group_key, method, label, dataset_hash, train_samples, labelled_fraction, withheld_classes, experiment_id,
    experiment_ids, words)
  SELECT * FROM computed
  ON CONFLICT (group_key) DO UPDATE SET method = excluded.method, label = excluded.label, dataset_hash = excluded.dataset_hash,
    train_samples = excluded.train_samples, labelled_fraction = excluded.labelled_fraction, withheld_classes = excluded.withheld_classes,
    experiment_id = excluded.experiment_id, experiment_ids = excluded.experiment_ids, words = excluded.words
  WHERE b IS DISTINCT FROM excluded;

  WITH groups AS MATERIALIZED (
    SELECT * FROM board_groups b WHERE b.group_key = ANY (keys)
  ), shown AS MATERIALIZED (
    SELECT r.id, r.group_key, r.cohort_twin_key, j.state
    FROM runs r JOIN jobs j ON j.run_id = r.id WHERE r.group_key = ANY (keys) AND r.archived_at IS NULL
  ), succeeded AS (
    SELECT s.group_key, count(*)::int AS runs FROM shown s WHERE s.state = 'SUCCEEDED' GROUP BY 1
  ), networks_of AS MATERIALIZED (
    SELECT s.group_key, n.index, min(n.role) AS role, min(m.name) AS name, max(n.parameters)::float8 AS parameters,
      bool_or(s.cohort_twin_key IS NOT NULL) AS cohort
    FROM shown s JOIN networks n ON n.run_id = s.id JOIN models m ON m.id = n.model_id GROUP BY s.group_key, n.index
  ), members AS (
    SELECT n.group_key, n.index AS member, n.role, ARRAY[n.name] AS models, n.parameters FROM networks_of n
    UNION ALL
    SELECT n.group_key, -1, NULL, array_agg(n.name ORDER BY n.index), sum(n.parameters)
    FROM networks_of n WHERE n.cohort AND n.role <> 'TEACHER' GROUP BY n.group_key
  ), figures AS MATERIALIZED (
    SELECT * FROM board_figures(keys)
  ), over_seeds AS MATERIALIZED (
    SELECT f.group_key, f.member, count(*)::int AS n, avg(f.validation ORDER BY f.seed) AS validation_accuracy, avg(f.test ORDER BY f.seed) AS test_accuracy,
      avg(f.validation - f.twin_validation ORDER BY f.seed) FILTER (WHERE f.has_twin) AS validation_gain,
      jsonb_agg(jsonb_build_object('runId', f.run_id, 'seed', f.seed, 'network', f.member,
        'trainAccuracy', f.train, 'validationAccuracy', f.validation, 'testAccuracy', f.test,
        'trainLoss', f.train_loss, 'validationLoss', f.validation_loss, 'testLoss', f.test_loss,
        'twin', CASE WHEN f.has_twin
          THEN jsonb_build_object('validationAccuracy', f.twin_validation, 'testAccuracy', f.twin_test) END) ORDER BY f.seed) AS points
    FROM figures f GROUP BY 1, 2
  ), computed AS MATERIALIZED (
    SELECT m.group_key, m.member, m.role, g.method, coalesce(o.n, 0) AS n, coalesce(s.runs, 0) - coalesce(o.n, 0) AS repeats,
      g.train_samples, o.validation_accuracy, o.test_accuracy, o.validation_gain, m.parameters, g.label, g.dataset_hash, m.models
    FROM members m JOIN groups g ON g.group_key = m.group_key
    LEFT JOIN succeeded s ON s.group_key = m.group_key
    LEFT JOIN over_seeds o ON o.group_key = m.group_key AND o.member = m.member
  ), gone_rows AS (
    DELETE FROM board_rows b
    WHERE b.group_key = ANY (keys) AND (b.group_key, b.member) NOT IN (SELECT c.group_key, c.member FROM computed c)
  ), rows AS (
    INSERT INTO board_rows AS b (group_key, member, role, method, n, repeats, train_samples, validation_accuracy, test_accuracy,
      validation_gain, parameters, label, dataset_hash, models)
    SELECT * FROM computed
    ON CONFLICT (group_key, member) DO UPDATE SET role = excluded.role, method = excluded.method, n = excluded.n,
      repeats = excluded.repeats, train_samples = excluded.train_samples, validation_accuracy = excluded.validation_accuracy,
      test_accuracy = excluded.test_accuracy, validation_gain = excluded.validation_gain, parameters = excluded.parameters,
      label = excluded.label, dataset_hash = excluded.dataset_hash, models = excluded.models
    WHERE b IS DISTINCT FROM excluded
  ), gone_points AS (
    DELETE FROM board_points b
    WHERE b.group_key = ANY (keys) AND (b.group_key, b.member) NOT IN (SELECT o.group_key, o.member FROM over_seeds o)
  ), points AS (
    INSERT INTO board_points AS b (group_key, member, points)
    SELECT o.group_key, o.member, o.points FROM over_seeds o
    ON CONFLICT (group_key, member) DO UPDATE SET points = excluded.points WHERE b.points <> excluded.points
  ), means AS MATERIALIZED (
    SELECT v.group_key, v.member, v.measure, v.split, avg(v.value ORDER BY v.seed) AS value
    FROM (
      SELECT f.group_key, f.member, f.seed, x.measure, x.split, x.value FROM figures f
      CROSS JOIN LATERAL (VALUES ('accuracy', 'TRAIN', f.train), ('loss', 'TRAIN', f.train_loss),
        ('loss', 'VALIDATION', f.validation_loss), ('loss', 'TEST', f.test_loss)) x(measure, split, value)
      WHERE x.value IS NOT NULL
      UNION ALL
      SELECT f.group_key, f.member, f.seed, x.measure, x.split, x.value FROM figures f
      CROSS JOIN LATERAL (SELECT * FROM measurements x
        WHERE x.run_id = f.run_id AND x.epoch = 0 AND x.network = f.member AND x.other = -1 OFFSET 0) x
    ) v GROUP BY 1, 2, 3, 4
  ), gone_means AS (
    DELETE FROM board_means b
    WHERE b.group_key = ANY (keys)
      AND (b.group_key, b.member, b.measure, b.split) NOT IN (SELECT v.group_key, v.member, v.measure, v.split FROM means v)
  )
  INSERT INTO board_means AS b (group_key, member, measure, split, value)
  SELECT * FROM means
  ON CONFLICT (group_key, member, measure, split) DO UPDATE SET value = excluded.value WHERE b.value <> excluded.value;
END
$$;
