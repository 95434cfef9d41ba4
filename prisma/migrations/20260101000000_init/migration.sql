-- CreateEnum
CREATE TYPE "token_role" AS ENUM ('PERSON', 'TRAINER');

-- CreateEnum
CREATE TYPE "method" AS ENUM ('INDEPENDENT', 'DISTILLATION', 'MUTUAL');

-- CreateEnum
CREATE TYPE "job_kind" AS ENUM ('TRAIN');

-- CreateEnum
CREATE TYPE "job_state" AS ENUM ('BLOCKED', 'QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "attempt_outcome" AS ENUM ('SUCCEEDED', 'FAILED', 'CANCELLED', 'LAPSED', 'HANDED_BACK');

-- CreateEnum
CREATE TYPE "network_role" AS ENUM ('STUDENT', 'PEER', 'TEACHER');

-- CreateEnum
CREATE TYPE "engine_choice" AS ENUM ('AUTO', 'COMPILED_CPU', 'COMPILED_WEBGPU', 'COMPILED_CUDA', 'REFERENCE');

-- CreateEnum
CREATE TYPE "artifact_kind" AS ENUM ('RESUME_STATE', 'SELECTED_WEIGHTS', 'FINAL_WEIGHTS', 'TEST_LOGITS');

-- CreateEnum
CREATE TYPE "log_level" AS ENUM ('INFO', 'WARN', 'ERROR');

-- CreateTable
CREATE TABLE "tokens" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "token_role" NOT NULL,
    "hash" TEXT NOT NULL,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "models" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "models_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "datasets" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "views" JSONB NOT NULL,
    "classes" JSONB NOT NULL,
    "train_size" INTEGER NOT NULL,
    "test_size" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "announced_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "datasets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "experiments" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "experiments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "runs" (
    "id" TEXT NOT NULL,
    "experiment_id" TEXT,
    "dataset_id" TEXT NOT NULL,
    "method" "method" NOT NULL,
    "label" TEXT NOT NULL,
    "spec" JSONB NOT NULL,
    "seed" INTEGER NOT NULL,
    "group_key" TEXT NOT NULL,
    "execution" JSONB NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),
    "epochs" INTEGER NOT NULL,
    "teacher_epochs" INTEGER,
    "epochs_done" INTEGER NOT NULL DEFAULT 0,
    "train_samples" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "log_seq" INTEGER NOT NULL DEFAULT 0,
    "fingerprint" JSONB,
    "mixed_fingerprints" BOOLEAN NOT NULL DEFAULT false,
    "teacher_run_id" TEXT,
    "teacher_network" INTEGER,
    "ensemble_validation_accuracy" DOUBLE PRECISION,
    "ensemble_validation_loss" DOUBLE PRECISION,
    "ensemble_test_accuracy" DOUBLE PRECISION,
    "ensemble_test_loss" DOUBLE PRECISION,
    "disagreement" DOUBLE PRECISION,
    "cohort_twin_key" TEXT,

    CONSTRAINT "runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "jobs" (
    "id" TEXT NOT NULL,
    "kind" "job_kind" NOT NULL DEFAULT 'TRAIN',
    "run_id" TEXT,
    "state" "job_state" NOT NULL,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dataset_id" TEXT NOT NULL,
    "engine" "engine_choice" NOT NULL DEFAULT 'AUTO',
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "max_failures" INTEGER NOT NULL DEFAULT 3,
    "trainer_id" TEXT,
    "lease_expires_at" TIMESTAMPTZ(3),
    "cancel_requested" BOOLEAN NOT NULL DEFAULT false,
    "failed_by_teacher" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,
    "progress" JSONB,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "jobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempts" (
    "job_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "trainer_id" TEXT,
    "trainer_name" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "outcome" "attempt_outcome",
    "error" TEXT,
    "resumed_from_epoch" INTEGER NOT NULL DEFAULT 0,
    "fingerprint" JSONB,

    CONSTRAINT "attempts_pkey" PRIMARY KEY ("job_id","attempt")
);

-- CreateTable
CREATE TABLE "networks" (
    "id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "role" "network_role" NOT NULL,
    "model_id" TEXT NOT NULL,
    "view" TEXT NOT NULL,
    "parameters" INTEGER,
    "flops" DOUBLE PRECISION,
    "init_hash" TEXT,
    "twin_key" TEXT,
    "selected_epoch" INTEGER,
    "train_accuracy" DOUBLE PRECISION,
    "train_loss" DOUBLE PRECISION,
    "validation_accuracy" DOUBLE PRECISION,
    "validation_loss" DOUBLE PRECISION,
    "test_accuracy" DOUBLE PRECISION,
    "test_loss" DOUBLE PRECISION,

    CONSTRAINT "networks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "epoch_metrics" (
    "run_id" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "network" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "train_loss" DOUBLE PRECISION NOT NULL,
    "train_terms" JSONB NOT NULL,
    "train_accuracy" DOUBLE PRECISION NOT NULL,
    "train_entropy" DOUBLE PRECISION,
    "validation_loss" DOUBLE PRECISION,
    "validation_accuracy" DOUBLE PRECISION,
    "validation_entropy" DOUBLE PRECISION,
    "learning_rate" DOUBLE PRECISION NOT NULL,
    "images_per_second" DOUBLE PRECISION NOT NULL,
    "seconds" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "epoch_metrics_pkey" PRIMARY KEY ("run_id","epoch","network")
);

-- CreateTable
CREATE TABLE "cohort_metrics" (
    "run_id" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "ensemble_validation_loss" DOUBLE PRECISION,
    "ensemble_validation_accuracy" DOUBLE PRECISION,
    "disagreement" DOUBLE PRECISION,

    CONSTRAINT "cohort_metrics_pkey" PRIMARY KEY ("run_id","epoch")
);

-- CreateTable
CREATE TABLE "metric_removals" (
    "run_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "after_epoch" INTEGER NOT NULL,

    CONSTRAINT "metric_removals_pkey" PRIMARY KEY ("run_id","revision")
);

-- CreateTable
CREATE TABLE "artifacts" (
    "sha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "touched_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "artifacts_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "run_artifacts" (
    "id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "kind" "artifact_kind" NOT NULL,
    "network" INTEGER,
    "epoch" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "teacher_epoch" INTEGER,
    "sha256" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_artifacts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trainers" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "engines" TEXT[],
    "device" TEXT NOT NULL,
    "slots" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "stopping" BOOLEAN NOT NULL DEFAULT false,
    "left" BOOLEAN NOT NULL DEFAULT false,
    "registered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "trainers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trainer_datasets" (
    "trainer_id" TEXT NOT NULL,
    "dataset_id" TEXT NOT NULL,

    CONSTRAINT "trainer_datasets_pkey" PRIMARY KEY ("trainer_id","dataset_id")
);

-- CreateTable
CREATE TABLE "log_lines" (
    "run_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "key" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "level" "log_level" NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "log_lines_pkey" PRIMARY KEY ("run_id","seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "tokens_hash_key" ON "tokens"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "models_name_key" ON "models"("name");

-- CreateIndex
CREATE UNIQUE INDEX "datasets_name_hash_key" ON "datasets"("name", "hash");

-- CreateIndex
CREATE UNIQUE INDEX "experiments_slug_key" ON "experiments"("slug");

-- CreateIndex
CREATE INDEX "experiments_created_at_idx" ON "experiments"("created_at");

-- CreateIndex
CREATE INDEX "runs_created_at_idx" ON "runs"("created_at");

-- CreateIndex
CREATE INDEX "runs_group_key_seed_idx" ON "runs"("group_key", "seed");

-- CreateIndex
CREATE INDEX "runs_experiment_id_idx" ON "runs"("experiment_id");

-- CreateIndex
CREATE INDEX "runs_dataset_id_idx" ON "runs"("dataset_id");

-- CreateIndex
CREATE INDEX "runs_teacher_run_id_idx" ON "runs"("teacher_run_id");

-- CreateIndex
CREATE INDEX "runs_cohort_twin_key_seed_idx" ON "runs"("cohort_twin_key", "seed");

-- CreateIndex
CREATE UNIQUE INDEX "jobs_run_id_key" ON "jobs"("run_id");

-- CreateIndex
CREATE INDEX "attempts_trainer_id_idx" ON "attempts"("trainer_id");

-- CreateIndex
CREATE INDEX "networks_model_id_idx" ON "networks"("model_id");

-- CreateIndex
CREATE INDEX "networks_twin_key_idx" ON "networks"("twin_key");

-- CreateIndex
CREATE UNIQUE INDEX "networks_run_id_index_key" ON "networks"("run_id", "index");

-- CreateIndex
CREATE INDEX "epoch_metrics_run_id_revision_idx" ON "epoch_metrics"("run_id", "revision");

-- CreateIndex
CREATE INDEX "cohort_metrics_run_id_revision_idx" ON "cohort_metrics"("run_id", "revision");

-- CreateIndex
CREATE INDEX "run_artifacts_sha256_idx" ON "run_artifacts"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "run_artifacts_run_id_kind_network_key" ON "run_artifacts"("run_id", "kind", "network") NULLS NOT DISTINCT;

-- CreateIndex
CREATE UNIQUE INDEX "trainers_key_key" ON "trainers"("key");

-- CreateIndex
CREATE INDEX "trainer_datasets_dataset_id_idx" ON "trainer_datasets"("dataset_id");

-- CreateIndex
CREATE UNIQUE INDEX "log_lines_run_id_attempt_key_key" ON "log_lines"("run_id", "attempt", "key");

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_experiment_id_fkey" FOREIGN KEY ("experiment_id") REFERENCES "experiments"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "datasets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_teacher_run_id_fkey" FOREIGN KEY ("teacher_run_id") REFERENCES "runs"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_trainer_id_fkey" FOREIGN KEY ("trainer_id") REFERENCES "trainers"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_trainer_id_fkey" FOREIGN KEY ("trainer_id") REFERENCES "trainers"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "networks" ADD CONSTRAINT "networks_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "networks" ADD CONSTRAINT "networks_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "models"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "epoch_metrics" ADD CONSTRAINT "epoch_metrics_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cohort_metrics" ADD CONSTRAINT "cohort_metrics_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "metric_removals" ADD CONSTRAINT "metric_removals_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_artifacts" ADD CONSTRAINT "run_artifacts_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_artifacts" ADD CONSTRAINT "run_artifacts_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "artifacts"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trainer_datasets" ADD CONSTRAINT "trainer_datasets_trainer_id_fkey" FOREIGN KEY ("trainer_id") REFERENCES "trainers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trainer_datasets" ADD CONSTRAINT "trainer_datasets_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "datasets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "log_lines" ADD CONSTRAINT "log_lines_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From here on by hand: what the schema language cannot say.

-- Ranges and shapes. NaN is greater than every number in Postgres, so an upper bound refuses it, too.
ALTER TABLE "models"
  ADD CONSTRAINT "models_name" CHECK ("name" ~ '^[a-z][a-z0-9.-]{0,63}$');

ALTER TABLE "datasets"
  ADD CONSTRAINT "datasets_name" CHECK ("name" ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
  ADD CONSTRAINT "datasets_hash" CHECK ("hash" ~ '^sha256:[0-9a-f]{64}$'),
  ADD CONSTRAINT "datasets_sizes" CHECK ("train_size" > 0 AND "test_size" >= 0),
  ADD CONSTRAINT "datasets_views" CHECK (jsonb_typeof("views") = 'array' AND jsonb_array_length("views") > 0),
  ADD CONSTRAINT "datasets_classes" CHECK (jsonb_typeof("classes") = 'array' AND jsonb_array_length("classes") > 1);

ALTER TABLE "tokens"
  ADD CONSTRAINT "tokens_hash" CHECK ("hash" ~ '^[0-9a-f]{64}$');

ALTER TABLE "experiments"
  ADD CONSTRAINT "experiments_slug" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length("slug") <= 80),
  ADD CONSTRAINT "experiments_title" CHECK (length("title") BETWEEN 1 AND 200);

ALTER TABLE "trainers"
  ADD CONSTRAINT "trainers_slots" CHECK ("slots" BETWEEN 1 AND 64),
  ADD CONSTRAINT "trainers_engines" CHECK (cardinality("engines") > 0);

ALTER TABLE "runs"
  ADD CONSTRAINT "runs_seed" CHECK ("seed" >= 0),
  ADD CONSTRAINT "runs_epochs" CHECK ("epochs" BETWEEN 1 AND 2000 AND "epochs_done" BETWEEN 0 AND "epochs" AND "teacher_epochs" BETWEEN 1 AND 2000),
  ADD CONSTRAINT "runs_counters" CHECK ("revision" >= 0 AND "log_seq" >= 0),
  ADD CONSTRAINT "runs_group_key" CHECK ("group_key" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "runs_spec" CHECK (jsonb_typeof("spec") = 'object' AND jsonb_typeof("execution") = 'object'),
  ADD CONSTRAINT "runs_teacher" CHECK ("teacher_run_id" <> "id"),
  ADD CONSTRAINT "runs_ensemble" CHECK (
    "ensemble_validation_accuracy" BETWEEN 0 AND 1 AND "ensemble_test_accuracy" BETWEEN 0 AND 1 AND "disagreement" BETWEEN 0 AND 1);

ALTER TABLE "jobs"
  ADD CONSTRAINT "jobs_kind" CHECK ("kind" <> 'TRAIN' OR "run_id" IS NOT NULL),
  ADD CONSTRAINT "jobs_priority" CHECK ("priority" BETWEEN -100 AND 100),
  ADD CONSTRAINT "jobs_counters" CHECK ("attempt" >= 0 AND "failures" >= 0 AND "max_failures" BETWEEN 1 AND 20),
  -- Whoever runs has a lease, whoever has a lease runs; what has ended says when.
  ADD CONSTRAINT "jobs_lease" CHECK (("state" = 'RUNNING') = ("lease_expires_at" IS NOT NULL)),
  ADD CONSTRAINT "jobs_finished" CHECK (("state" IN ('SUCCEEDED', 'FAILED', 'CANCELLED')) = ("finished_at" IS NOT NULL)),
  ADD CONSTRAINT "jobs_cancel" CHECK (NOT "cancel_requested" OR "state" = 'RUNNING'),
  ADD CONSTRAINT "jobs_failed_by_teacher" CHECK (NOT "failed_by_teacher" OR "state" = 'FAILED');

ALTER TABLE "attempts"
  ADD CONSTRAINT "attempts_number" CHECK ("attempt" > 0 AND "resumed_from_epoch" >= 0),
  ADD CONSTRAINT "attempts_end" CHECK (("outcome" IS NULL) = ("ended_at" IS NULL));

ALTER TABLE "networks"
  ADD CONSTRAINT "networks_index" CHECK ("index" BETWEEN 0 AND 16),
  ADD CONSTRAINT "networks_size" CHECK ("parameters" > 0 AND "flops" >= 0 AND "flops" < 'Infinity'),
  ADD CONSTRAINT "networks_accuracies" CHECK (
    "train_accuracy" BETWEEN 0 AND 1 AND "validation_accuracy" BETWEEN 0 AND 1 AND "test_accuracy" BETWEEN 0 AND 1),
  ADD CONSTRAINT "networks_losses" CHECK (
    abs("train_loss") < 'Infinity' AND abs("validation_loss") < 'Infinity' AND abs("test_loss") < 'Infinity');

ALTER TABLE "epoch_metrics"
  ADD CONSTRAINT "epoch_metrics_place" CHECK ("epoch" >= 1 AND "network" BETWEEN 0 AND 16),
  ADD CONSTRAINT "epoch_metrics_accuracies" CHECK ("train_accuracy" BETWEEN 0 AND 1 AND "validation_accuracy" BETWEEN 0 AND 1),
  ADD CONSTRAINT "epoch_metrics_finite" CHECK (
    abs("train_loss") < 'Infinity' AND abs("validation_loss") < 'Infinity' AND abs("train_entropy") < 'Infinity'
    AND abs("validation_entropy") < 'Infinity' AND abs("learning_rate") < 'Infinity'),
  ADD CONSTRAINT "epoch_metrics_speed" CHECK (
    "images_per_second" >= 0 AND "images_per_second" < 'Infinity' AND "seconds" >= 0 AND "seconds" < 'Infinity');

ALTER TABLE "cohort_metrics"
  ADD CONSTRAINT "cohort_metrics_epoch" CHECK ("epoch" >= 1),
  ADD CONSTRAINT "cohort_metrics_fractions" CHECK ("ensemble_validation_accuracy" BETWEEN 0 AND 1 AND "disagreement" BETWEEN 0 AND 1),
  ADD CONSTRAINT "cohort_metrics_finite" CHECK (abs("ensemble_validation_loss") < 'Infinity');

ALTER TABLE "artifacts"
  ADD CONSTRAINT "artifacts_sha256" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "artifacts_bytes" CHECK ("bytes" >= 0);

ALTER TABLE "log_lines"
  ADD CONSTRAINT "log_lines_text" CHECK (length("text") <= 4000);

-- The queue: who is next, whose lease has lapsed, who waits. Partial, so that finished jobs cost nothing.
CREATE INDEX "jobs_queue" ON "jobs" ("priority" DESC, "created_at", "id") WHERE "state" = 'QUEUED';
CREATE INDEX "jobs_leases" ON "jobs" ("lease_expires_at") WHERE "state" = 'RUNNING';
CREATE INDEX "jobs_trainer" ON "jobs" ("trainer_id") WHERE "state" = 'RUNNING';
