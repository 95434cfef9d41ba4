-- The leaderboard's rows are kept: a page of them is read, not computed. Whoever changes what they say of a group, by whatever statement,
-- marks the group; before the transaction is committed, the rows of marked groups, and of those whose twins they are, are written anew.

-- CreateTable
CREATE TABLE "board_groups" (
    "group_key" TEXT NOT NULL,
    "method" "method" NOT NULL,
    "label" TEXT NOT NULL,
    "dataset_hash" TEXT NOT NULL,
    "train_samples" INTEGER NOT NULL,
    "labelled_fraction" DOUBLE PRECISION NOT NULL,
    "withheld_classes" JSONB NOT NULL,
    "experiment_id" TEXT,
    "experiment_ids" TEXT[],
    "words" TEXT NOT NULL,

    CONSTRAINT "board_groups_pkey" PRIMARY KEY ("group_key")
);

-- CreateTable
CREATE TABLE "board_rows" (
    "group_key" TEXT NOT NULL,
    "member" INTEGER NOT NULL,
    "role" "network_role",
    "method" "method" NOT NULL,
    "n" INTEGER NOT NULL,
    "repeats" INTEGER NOT NULL,
    "train_samples" INTEGER NOT NULL,
    "validation_accuracy" DOUBLE PRECISION,
    "test_accuracy" DOUBLE PRECISION,
    "validation_gain" DOUBLE PRECISION,
    "parameters" DOUBLE PRECISION,
    "label" TEXT NOT NULL,
    "dataset_hash" TEXT NOT NULL,
    "models" TEXT[],

    CONSTRAINT "board_rows_pkey" PRIMARY KEY ("group_key", "member")
);

-- CreateTable
CREATE TABLE "board_points" (
    "group_key" TEXT NOT NULL,
    "member" INTEGER NOT NULL,
    "points" JSONB NOT NULL,

    CONSTRAINT "board_points_pkey" PRIMARY KEY ("group_key", "member")
);

-- CreateTable
CREATE TABLE "board_means" (
    "group_key" TEXT NOT NULL,
    "member" INTEGER NOT NULL,
    "measure" TEXT NOT NULL,
    "split" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "board_means_pkey" PRIMARY KEY ("group_key", "member", "measure", "split")
);

-- By hand. Groups that a transaction has changed: each sees its own alone, and none of them is there once it is committed.
-- CreateTable
CREATE UNLOGGED TABLE "board_changes" (
    "transaction" BIGINT NOT NULL,
    "group_key" TEXT NOT NULL,

    CONSTRAINT "board_changes_pkey" PRIMARY KEY ("transaction", "group_key")
);

-- By hand, as all that follows. A twin is found by its key: that of a whole cohort, too.
CREATE FUNCTION board_twins_of(keys text[]) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT x.group_key FROM runs r JOIN networks n ON n.run_id = r.id
  JOIN networks t ON t.twin_key = n.twin_key JOIN runs x ON x.id = t.run_id AND x.method = 'INDEPENDENT'
  WHERE r.group_key = ANY (keys)
  UNION SELECT x.group_key FROM runs r JOIN runs x ON x.cohort_twin_key = r.cohort_twin_key AND x.method = 'INDEPENDENT'
  WHERE r.group_key = ANY (keys)
$$;

-- The groups, and those whose twins they hold: what the rows of all of these say hangs on them.
CREATE FUNCTION board_concerned(keys text[]) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  SELECT unnest(keys)
  UNION SELECT x.group_key FROM runs r JOIN networks n ON n.run_id = r.id
  JOIN networks t ON t.twin_key = n.twin_key JOIN runs x ON x.id = t.run_id
  WHERE r.group_key = ANY (keys) AND r.method = 'INDEPENDENT'
  UNION SELECT x.group_key FROM runs r JOIN runs x ON x.cohort_twin_key = r.cohort_twin_key
  WHERE r.group_key = ANY (keys) AND r.method = 'INDEPENDENT'
$$;

-- The figures of these groups' networks and ensembles (member -1), a row per seed, each beside those of the twin that it may have: the
-- INDEPENDENT network (ensemble) with the same twin key and seed, of several the one that finished last. Per group and seed the run that
-- counts is shown, if it has succeeded.
--
-- Twins are found by sorting, not by a join: Postgres cannot guess how many runs count, and would try every pair.
CREATE FUNCTION board_figures(keys text[]) RETURNS TABLE (
  "group_key" text, "member" int, "run_id" text, "seed" int, "train" float8, "validation" float8, "test" float8,
  "train_loss" float8, "validation_loss" float8, "test_loss" float8, "has_twin" bool, "twin_validation" float8, "twin_test" float8
) LANGUAGE sql STABLE AS $$
  WITH c AS MATERIALIZED (
    SELECT c.run_id, c.group_key, c.seed, c.finished_at, r.method, r.cohort_twin_key, r.ensemble_validation_accuracy, r.ensemble_test_accuracy,
      r.ensemble_validation_loss, r.ensemble_test_loss
    FROM counting_runs c JOIN runs r ON r.id = c.run_id
    WHERE c.state = 'SUCCEEDED' AND c.group_key = ANY (keys || ARRAY(SELECT board_twins_of(keys)))
  ), f AS (
    SELECT c.group_key, n.index AS member, c.run_id, c.seed, c.method, n.train_accuracy AS train, n.validation_accuracy AS validation,
      n.test_accuracy AS test, n.train_loss, n.validation_loss, n.test_loss,
      CASE WHEN n.twin_key IS NOT NULL THEN first_value(c.method) OVER twins END AS twin_method,
      first_value(n.validation_accuracy) OVER twins AS twin_validation, first_value(n.test_accuracy) OVER twins AS twin_test
    FROM c JOIN networks n ON n.run_id = c.run_id
    WINDOW twins AS (PARTITION BY n.twin_key, c.seed ORDER BY c.method = 'INDEPENDENT' DESC, c.finished_at DESC, c.run_id DESC)
    UNION ALL
    SELECT c.group_key, -1, c.run_id, c.seed, c.method, NULL, c.ensemble_validation_accuracy, c.ensemble_test_accuracy,
      NULL, c.ensemble_validation_loss, c.ensemble_test_loss, first_value(c.method) OVER twins,
      first_value(c.ensemble_validation_accuracy) OVER twins, first_value(c.ensemble_test_accuracy) OVER twins
    FROM c WHERE c.cohort_twin_key IS NOT NULL
    WINDOW twins AS (PARTITION BY c.cohort_twin_key, c.seed ORDER BY c.method = 'INDEPENDENT' DESC, c.finished_at DESC, c.run_id DESC)
  )
  SELECT f.group_key, f.member, f.run_id, f.seed, f.train, f.validation, f.test, f.train_loss, f.validation_loss, f.test_loss,
    coalesce(f.method <> 'INDEPENDENT' AND f.twin_method = 'INDEPENDENT', false), f.twin_validation, f.twin_test
  FROM f WHERE f.group_key = ANY (keys)
$$;

-- Writes what has changed of these groups' rows. Whoever calls it holds their locks.
CREATE FUNCTION board_write(keys text[]) RETURNS void LANGUAGE plpgsql AS $$
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
      JOIN measurements x ON x.run_id = f.run_id AND x.epoch = 0 AND x.network = f.member AND x.other = -1
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

-- Writes the rows of these groups, and of those whose twins they are. Of several who do so at once each computes under the groups' locks,
-- after the others have been committed: none overwrites what it has not seen. The locks are taken in one order, at the end of a
-- transaction: whoever waits for one holds nothing that its holder will ask for.
CREATE FUNCTION board_rewrite(changed text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  concerned CONSTANT text[] := ARRAY(SELECT board_concerned(changed));
  lock int;
BEGIN
  -- Many at once take the board: Postgres has room for some thousand locks.
  IF cardinality(concerned) > 500 THEN
    PERFORM pg_advisory_xact_lock(72707370);
  ELSE
    PERFORM pg_advisory_xact_lock_shared(72707370);
    FOR lock IN SELECT DISTINCT hashtext(k) FROM unnest(concerned) k ORDER BY 1 LOOP
      PERFORM pg_advisory_xact_lock(72707370, lock);
    END LOOP;
  END IF;
  PERFORM board_write(concerned);
END
$$;

-- Before a transaction is committed, all groups that it has marked.
CREATE FUNCTION board_settle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  marked text[];
BEGIN
  WITH taken AS (DELETE FROM board_changes c WHERE c.transaction = txid_current() RETURNING c.group_key)
  SELECT array_agg(t.group_key) INTO marked FROM taken t;
  -- It is called once for each that was marked; the first call has taken them all.
  IF marked IS NOT NULL THEN PERFORM board_rewrite(marked); END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER board_settle AFTER INSERT ON "board_changes" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION board_settle();

CREATE FUNCTION board_mark(key text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO board_changes (transaction, group_key) VALUES (txid_current(), key) ON CONFLICT DO NOTHING
$$;

CREATE FUNCTION board_mark_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND (TG_OP = 'DELETE' OR OLD.group_key <> NEW.group_key OR OLD.method <> NEW.method
      OR OLD.cohort_twin_key IS DISTINCT FROM NEW.cohort_twin_key) THEN
    -- Whose twin it was is not to be seen any more at the end.
    PERFORM board_mark(k) FROM board_concerned(ARRAY[OLD.group_key]) k;
    IF OLD.method = 'INDEPENDENT' THEN
      PERFORM board_mark(r.group_key) FROM runs r WHERE r.cohort_twin_key = OLD.cohort_twin_key;
    END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  PERFORM board_mark(NEW.group_key);
  RETURN NULL;
END
$$;
CREATE TRIGGER board_run_added AFTER INSERT ON "runs" FOR EACH ROW EXECUTE FUNCTION board_mark_run();
CREATE TRIGGER board_run_deleted BEFORE DELETE ON "runs" FOR EACH ROW WHEN (OLD.archived_at IS NULL) EXECUTE FUNCTION board_mark_run();
CREATE TRIGGER board_run_changed AFTER UPDATE ON "runs" FOR EACH ROW WHEN (
  (OLD.group_key, OLD.seed, OLD.method, OLD.label, OLD.tags, OLD.dataset_id, OLD.experiment_id, OLD.train_samples, OLD.created_at, OLD.archived_at,
    OLD.cohort_twin_key, OLD.ensemble_validation_accuracy, OLD.ensemble_validation_loss, OLD.ensemble_test_accuracy, OLD.ensemble_test_loss)
  IS DISTINCT FROM
  (NEW.group_key, NEW.seed, NEW.method, NEW.label, NEW.tags, NEW.dataset_id, NEW.experiment_id, NEW.train_samples, NEW.created_at, NEW.archived_at,
    NEW.cohort_twin_key, NEW.ensemble_validation_accuracy, NEW.ensemble_validation_loss, NEW.ensemble_test_accuracy, NEW.ensemble_test_loss)
) EXECUTE FUNCTION board_mark_run();

-- What belongs to a run; where that has been deleted, it has marked its group itself.
CREATE FUNCTION board_mark_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM board_mark(r.group_key) FROM runs r WHERE r.id = OLD.run_id; END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM board_mark(r.group_key) FROM runs r WHERE r.id = NEW.run_id; END IF;
  RETURN NULL;
END
$$;

-- Who holds or has lost a success. What else becomes of jobs is counted when a page is read.
CREATE TRIGGER board_job_added AFTER INSERT OR DELETE ON "jobs" FOR EACH ROW EXECUTE FUNCTION board_mark_part();
CREATE TRIGGER board_job_changed AFTER UPDATE ON "jobs" FOR EACH ROW WHEN (
  OLD.run_id IS DISTINCT FROM NEW.run_id OR (OLD.state = 'SUCCEEDED') <> (NEW.state = 'SUCCEEDED')
  OR (NEW.state = 'SUCCEEDED' AND OLD.finished_at IS DISTINCT FROM NEW.finished_at)
) EXECUTE FUNCTION board_mark_part();

CREATE TRIGGER board_measurement_added AFTER INSERT ON "measurements" FOR EACH ROW
  WHEN (NEW.epoch = 0 AND NEW.other = -1) EXECUTE FUNCTION board_mark_part();
CREATE TRIGGER board_measurement_changed AFTER UPDATE ON "measurements" FOR EACH ROW
  WHEN (OLD IS DISTINCT FROM NEW AND ((OLD.epoch = 0 AND OLD.other = -1) OR (NEW.epoch = 0 AND NEW.other = -1)))
  EXECUTE FUNCTION board_mark_part();
CREATE TRIGGER board_measurement_deleted AFTER DELETE ON "measurements" FOR EACH ROW
  WHEN (OLD.epoch = 0 AND OLD.other = -1) EXECUTE FUNCTION board_mark_part();

CREATE FUNCTION board_mark_network() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND OLD.twin_key IS DISTINCT FROM NEW.twin_key) THEN
    -- Of a run that is still there: whose twin it was.
    PERFORM board_mark(x.group_key) FROM networks t JOIN runs x ON x.id = t.run_id
    WHERE t.twin_key = OLD.twin_key AND EXISTS (SELECT FROM runs r WHERE r.id = OLD.run_id);
  END IF;
  IF TG_OP <> 'INSERT' THEN PERFORM board_mark(r.group_key) FROM runs r WHERE r.id = OLD.run_id; END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM board_mark(r.group_key) FROM runs r WHERE r.id = NEW.run_id; END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER board_network_added AFTER INSERT OR DELETE ON "networks" FOR EACH ROW EXECUTE FUNCTION board_mark_network();
CREATE TRIGGER board_network_changed AFTER UPDATE ON "networks" FOR EACH ROW WHEN (
  (OLD.run_id, OLD.index, OLD.role, OLD.model_id, OLD.parameters, OLD.twin_key, OLD.train_accuracy, OLD.train_loss,
    OLD.validation_accuracy, OLD.validation_loss, OLD.test_accuracy, OLD.test_loss)
  IS DISTINCT FROM
  (NEW.run_id, NEW.index, NEW.role, NEW.model_id, NEW.parameters, NEW.twin_key, NEW.train_accuracy, NEW.train_loss,
    NEW.validation_accuracy, NEW.validation_loss, NEW.test_accuracy, NEW.test_loss)
) EXECUTE FUNCTION board_mark_network();

-- What was there before.
SELECT board_write(ARRAY(SELECT DISTINCT group_key FROM runs));

-- Made last: filling a table without indexes is faster. What rows are put in order by, in either direction …
CREATE INDEX "board_rows_validation" ON "board_rows" ("validation_accuracy");
CREATE INDEX "board_rows_test" ON "board_rows" ("test_accuracy");
CREATE INDEX "board_rows_gain" ON "board_rows" ("validation_gain");
CREATE INDEX "board_rows_parameters" ON "board_rows" ("parameters");
CREATE INDEX "board_rows_label" ON "board_rows" ("label");
-- All have as many seeds as most.
CREATE INDEX "board_rows_seeds" ON "board_rows" ("n", "label");
CREATE INDEX "board_rows_most_seeds" ON "board_rows" ("n" DESC, "label");
CREATE INDEX "board_means_value" ON "board_means" ("measure", "split", "value");
-- … and what they are counted by, without the rows themselves: few values, which an index holds once each.
CREATE INDEX "board_rows_kinds" ON "board_rows" ("member", "role", "method", "dataset_hash", "train_samples", "n");
CREATE INDEX "board_rows_models" ON "board_rows" USING gin ("models");
CREATE INDEX "board_groups_experiments" ON "board_groups" USING gin ("experiment_ids");
-- That is possible where Postgres knows a page to be seen by all: it is to look often.
ALTER TABLE "board_rows" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
