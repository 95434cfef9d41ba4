-- AlterTable
ALTER TABLE "trainers" ADD COLUMN     "left_out" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "token_id" TEXT;

-- AlterTable
ALTER TABLE "artifacts" ADD COLUMN     "token_id" TEXT;

-- CreateIndex
CREATE INDEX "trainers_token_id_idx" ON "trainers"("token_id");

-- CreateIndex
CREATE INDEX "artifacts_token_id_idx" ON "artifacts"("token_id");

-- AddForeignKey
ALTER TABLE "trainers" ADD CONSTRAINT "trainers_token_id_fkey" FOREIGN KEY ("token_id") REFERENCES "tokens"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artifacts" ADD CONSTRAINT "artifacts_token_id_fkey" FOREIGN KEY ("token_id") REFERENCES "tokens"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- By hand. Numbers that were taken although nothing can be computed from them (a mean or a deviation would overflow) are forgotten, so
-- that the bounds hold for what is stored already. Losses reach what 32 bits hold, entropies the logarithm of the number of classes.
UPDATE "networks" SET "validation_entropy" = NULL WHERE "validation_entropy" > 100;
UPDATE "networks" SET "test_entropy" = NULL WHERE "test_entropy" > 100;
UPDATE "networks" SET "train_loss" = NULL WHERE abs("train_loss") > 3.5e38;
UPDATE "networks" SET "validation_loss" = NULL WHERE abs("validation_loss") > 3.5e38;
UPDATE "networks" SET "test_loss" = NULL WHERE abs("test_loss") > 3.5e38;
UPDATE "networks" SET "bias_correction" = NULL WHERE abs("bias_correction") > 3.5e38;
UPDATE "networks" SET "flops" = NULL WHERE "flops" > 1e18;
UPDATE "runs" SET "ensemble_validation_entropy" = NULL WHERE "ensemble_validation_entropy" > 100;
UPDATE "runs" SET "ensemble_validation_loss" = NULL WHERE NOT abs("ensemble_validation_loss") <= 3.5e38;
UPDATE "runs" SET "ensemble_test_loss" = NULL WHERE NOT abs("ensemble_test_loss") <= 3.5e38;
UPDATE "epoch_metrics" SET "train_entropy" = NULL WHERE NOT "train_entropy" BETWEEN 0 AND 100;
UPDATE "epoch_metrics" SET "validation_entropy" = NULL WHERE NOT "validation_entropy" BETWEEN 0 AND 100;
UPDATE "epoch_metrics" SET "validation_loss" = NULL WHERE abs("validation_loss") > 3.5e38;
UPDATE "epoch_metrics" SET "train_loss" = sign("train_loss") * 3.5e38 WHERE abs("train_loss") > 3.5e38;
UPDATE "epoch_metrics" SET "learning_rate" = 0 WHERE NOT "learning_rate" BETWEEN 0 AND 1e6;
UPDATE "epoch_metrics" SET "images_per_second" = 0 WHERE "images_per_second" > 1e9;
UPDATE "epoch_metrics" SET "seconds" = 0 WHERE "seconds" > 1e9;
UPDATE "cohort_metrics" SET "ensemble_validation_loss" = NULL WHERE abs("ensemble_validation_loss") > 3.5e38;
UPDATE "run_artifacts" SET "epoch" = 0 WHERE "epoch" < 0;
UPDATE "trainers" SET "benchmarks" = '[]'
  WHERE EXISTS (SELECT FROM jsonb_array_elements("benchmarks") b WHERE NOT (b->>'stepMs')::float8 BETWEEN 1e-6 AND 1e9);

ALTER TABLE "networks"
  DROP CONSTRAINT "networks_size", DROP CONSTRAINT "networks_losses", DROP CONSTRAINT "networks_entropies", DROP CONSTRAINT "networks_withheld",
  ADD CONSTRAINT "networks_size" CHECK ("parameters" > 0 AND "flops" BETWEEN 0 AND 1e18),
  ADD CONSTRAINT "networks_losses" CHECK (
    abs("train_loss") <= 3.5e38 AND abs("validation_loss") <= 3.5e38 AND abs("test_loss") <= 3.5e38),
  ADD CONSTRAINT "networks_entropies" CHECK ("validation_entropy" BETWEEN 0 AND 100 AND "test_entropy" BETWEEN 0 AND 100),
  ADD CONSTRAINT "networks_withheld" CHECK (
    "withheld_accuracy" BETWEEN 0 AND 1 AND "corrected_accuracy" BETWEEN 0 AND 1 AND "corrected_withheld_accuracy" BETWEEN 0 AND 1
    AND abs("bias_correction") <= 3.5e38);
ALTER TABLE "runs"
  DROP CONSTRAINT "runs_ensemble_entropy",
  ADD CONSTRAINT "runs_ensemble_entropy" CHECK ("ensemble_validation_entropy" BETWEEN 0 AND 100),
  ADD CONSTRAINT "runs_ensemble_losses" CHECK (abs("ensemble_validation_loss") <= 3.5e38 AND abs("ensemble_test_loss") <= 3.5e38);
ALTER TABLE "epoch_metrics"
  DROP CONSTRAINT "epoch_metrics_finite", DROP CONSTRAINT "epoch_metrics_speed",
  ADD CONSTRAINT "epoch_metrics_finite" CHECK (
    abs("train_loss") <= 3.5e38 AND abs("validation_loss") <= 3.5e38 AND "train_entropy" BETWEEN 0 AND 100
    AND "validation_entropy" BETWEEN 0 AND 100 AND "learning_rate" BETWEEN 0 AND 1e6),
  ADD CONSTRAINT "epoch_metrics_speed" CHECK ("images_per_second" BETWEEN 0 AND 1e9 AND "seconds" BETWEEN 0 AND 1e9);
ALTER TABLE "cohort_metrics"
  DROP CONSTRAINT "cohort_metrics_finite",
  ADD CONSTRAINT "cohort_metrics_finite" CHECK (abs("ensemble_validation_loss") <= 3.5e38);
ALTER TABLE "run_artifacts"
  ADD CONSTRAINT "run_artifacts_epoch" CHECK ("epoch" >= 0);
