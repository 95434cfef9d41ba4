-- AlterTable
ALTER TABLE "trainers" ADD COLUMN     "home" TEXT;
