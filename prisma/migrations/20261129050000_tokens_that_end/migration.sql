-- AlterTable
ALTER TABLE "tokens" ADD COLUMN     "bound" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "machine" TEXT,
ADD COLUMN     "maker_id" TEXT,
ADD COLUMN     "revoked_by" TEXT,
ADD COLUMN     "used_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "tokens_maker_id_idx" ON "tokens"("maker_id");

-- By hand.
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_bound" CHECK ("role" = 'TRAINER' OR ("machine" IS NULL AND NOT "bound"));
