-- CreateTable
CREATE TABLE "measurements" (
    "run_id" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "network" INTEGER NOT NULL DEFAULT -1,
    "other" INTEGER NOT NULL DEFAULT -1,
    "measure" TEXT NOT NULL,
    "split" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "job_id" TEXT,

    CONSTRAINT "measurements_pkey" PRIMARY KEY ("run_id","epoch","network","other","measure","split")
);

-- By hand. What columns of their own held, carried over. Final figures lie at epoch 0, a cohort's at network -1.
INSERT INTO "measurements" ("run_id", "epoch", "network", "measure", "split", "value", "job_id")
SELECT n."run_id", 0, n."index", f."measure", f."split", f."value", j."id"
FROM "networks" n
LEFT JOIN "jobs" j ON j."run_id" = n."run_id"
CROSS JOIN LATERAL (VALUES
  ('entropy', 'VALIDATION', n."validation_entropy"),
  ('entropy', 'TEST', n."test_entropy"),
  ('withheldAccuracy', 'TEST', n."withheld_accuracy"),
  ('biasCorrection', 'VALIDATION', n."bias_correction"),
  ('correctedAccuracy', 'TEST', n."corrected_accuracy"),
  ('correctedWithheldAccuracy', 'TEST', n."corrected_withheld_accuracy")) f("measure", "split", "value")
WHERE f."value" IS NOT NULL;

-- A run's disagreement was found on the test split, an epoch's on validation.
INSERT INTO "measurements" ("run_id", "epoch", "measure", "split", "value", "job_id")
SELECT r."id", 0, f."measure", f."split", f."value", j."id"
FROM "runs" r
LEFT JOIN "jobs" j ON j."run_id" = r."id"
CROSS JOIN LATERAL (VALUES
  ('entropy', 'VALIDATION', r."ensemble_validation_entropy"),
  ('disagreement', 'TEST', r."disagreement")) f("measure", "split", "value")
WHERE f."value" IS NOT NULL;

INSERT INTO "measurements" ("run_id", "epoch", "network", "measure", "split", "value", "job_id")
SELECT m."run_id", m."epoch", m."network", 'entropy', f."split", f."value", j."id"
FROM "epoch_metrics" m
LEFT JOIN "jobs" j ON j."run_id" = m."run_id"
CROSS JOIN LATERAL (VALUES ('TRAIN', m."train_entropy"), ('VALIDATION', m."validation_entropy")) f("split", "value")
WHERE f."value" IS NOT NULL;

INSERT INTO "measurements" ("run_id", "epoch", "measure", "split", "value", "job_id")
SELECT m."run_id", m."epoch", 'disagreement', 'VALIDATION', m."disagreement", j."id"
FROM "cohort_metrics" m LEFT JOIN "jobs" j ON j."run_id" = m."run_id"
WHERE m."disagreement" IS NOT NULL;

-- Those on the columns of other figures stay.
ALTER TABLE "networks" DROP CONSTRAINT "networks_entropies", DROP CONSTRAINT "networks_withheld";
ALTER TABLE "runs" DROP CONSTRAINT "runs_ensemble_entropy", DROP CONSTRAINT "runs_ensemble",
  ADD CONSTRAINT "runs_ensemble" CHECK ("ensemble_validation_accuracy" BETWEEN 0 AND 1 AND "ensemble_test_accuracy" BETWEEN 0 AND 1);
ALTER TABLE "epoch_metrics" DROP CONSTRAINT "epoch_metrics_finite",
  ADD CONSTRAINT "epoch_metrics_finite" CHECK (
    abs("train_loss") <= 3.5e38 AND abs("validation_loss") <= 3.5e38 AND "learning_rate" BETWEEN 0 AND 1e6);
ALTER TABLE "cohort_metrics" DROP CONSTRAINT "cohort_metrics_fractions",
  ADD CONSTRAINT "cohort_metrics_fractions" CHECK ("ensemble_validation_accuracy" BETWEEN 0 AND 1);

-- AlterTable
ALTER TABLE "networks" DROP COLUMN "bias_correction",
DROP COLUMN "corrected_accuracy",
DROP COLUMN "corrected_withheld_accuracy",
DROP COLUMN "test_entropy",
DROP COLUMN "validation_entropy",
DROP COLUMN "withheld_accuracy";
ALTER TABLE "runs" DROP COLUMN "disagreement",
DROP COLUMN "ensemble_validation_entropy";
ALTER TABLE "epoch_metrics" DROP COLUMN "train_entropy",
DROP COLUMN "validation_entropy";
ALTER TABLE "cohort_metrics" DROP COLUMN "disagreement";

-- AddForeignKey
ALTER TABLE "measurements" ADD CONSTRAINT "measurements_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand. A measure's own bounds are its entry's in the registry; these hold for all. The second of a pair is the larger index.
ALTER TABLE "measurements"
  ADD CONSTRAINT "measurements_subject" CHECK ("epoch" >= 0 AND "network" >= -1 AND ("other" = -1 OR ("network" >= 0 AND "other" > "network"))),
  ADD CONSTRAINT "measurements_split" CHECK ("split" IN ('TRAIN', 'VALIDATION', 'TEST')),
  ADD CONSTRAINT "measurements_value" CHECK (abs("value") <= 3.5e38);

-- Final figures of one measure, of many runs: what the leaderboard sorts by.
CREATE INDEX "measurements_final" ON "measurements" ("measure", "split", "run_id") INCLUDE ("network", "value") WHERE "epoch" = 0 AND "other" = -1;
