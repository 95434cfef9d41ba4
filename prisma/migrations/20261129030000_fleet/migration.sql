-- AlterTable
ALTER TABLE "trainers" ADD COLUMN     "draining" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "ephemeral" BOOLEAN NOT NULL DEFAULT false;
