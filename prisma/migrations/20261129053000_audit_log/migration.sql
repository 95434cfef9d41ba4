-- CreateTable
CREATE TABLE "audit_log" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "person" TEXT NOT NULL,
    "token_id" TEXT,
    "person_id" TEXT,
    "action" TEXT NOT NULL,
    "about" JSONB NOT NULL,
    "ids" TEXT[],
    "address" TEXT NOT NULL,

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_log_at_idx" ON "audit_log"("at");

-- CreateIndex
CREATE INDEX "audit_log_person_idx" ON "audit_log"("person");

-- CreateIndex
CREATE INDEX "audit_log_action_idx" ON "audit_log"("action");
