-- CreateEnum
CREATE TYPE "webhook_event" AS ENUM ('FINISHED', 'FAILED', 'TRAINER_LOST');

-- CreateTable
CREATE TABLE "webhooks" (
    "id" TEXT NOT NULL,
    "experiment_id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "events" "webhook_event"[],
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhooks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_deliveries" (
    "id" TEXT NOT NULL,
    "webhook_id" TEXT NOT NULL,
    "event" "webhook_event",
    "about" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "tried_at" TIMESTAMPTZ(3),
    "delivered" BOOLEAN NOT NULL DEFAULT false,
    "answer" TEXT,

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "webhooks_experiment_id_idx" ON "webhooks"("experiment_id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_webhook_id_created_at_idx" ON "webhook_deliveries"("webhook_id", "created_at");

-- CreateIndex
CREATE INDEX "webhook_deliveries_next_at_idx" ON "webhook_deliveries"("next_at");

-- AddForeignKey
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_experiment_id_fkey" FOREIGN KEY ("experiment_id") REFERENCES "experiments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "webhooks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What happens to a run is noted for its experiment's webhooks in the transaction in which it happens, whichever statement does it.
CREATE FUNCTION note_for_webhooks(run text, what webhook_event, detail jsonb) RETURNS void LANGUAGE sql AS $$
  INSERT INTO webhook_deliveries (id, webhook_id, event, about)
  SELECT 'hookd_' || replace(gen_random_uuid()::text, '-', ''), w.id, what,
    detail || jsonb_build_object('runId', r.id, 'label', r.label, 'seed', r.seed, 'experiment', e.title, 'slug', e.slug, 'at', now())
  FROM runs r JOIN experiments e ON e.id = r.experiment_id JOIN webhooks w ON w.experiment_id = e.id
  WHERE r.id = run AND what = ANY (w.events)
$$;

CREATE FUNCTION note_ended_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM note_for_webhooks(NEW.run_id, CASE NEW.state WHEN 'SUCCEEDED' THEN 'FINISHED'::webhook_event ELSE 'FAILED' END,
    jsonb_build_object('reason', left(NEW.reason, 500)));
  RETURN NULL;
END $$;

CREATE TRIGGER webhooks_ended AFTER UPDATE ON jobs FOR EACH ROW
  WHEN (NEW.run_id IS NOT NULL AND NEW.state IS DISTINCT FROM OLD.state AND NEW.state IN ('SUCCEEDED', 'FAILED'))
  EXECUTE FUNCTION note_ended_job();

CREATE FUNCTION note_lapsed_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM note_for_webhooks((SELECT run_id FROM jobs WHERE id = NEW.job_id), 'TRAINER_LOST', jsonb_build_object('trainer', NEW.trainer_name));
  RETURN NULL;
END $$;

CREATE TRIGGER webhooks_lapsed AFTER UPDATE ON attempts FOR EACH ROW
  WHEN (NEW.outcome IS DISTINCT FROM OLD.outcome AND NEW.outcome = 'LAPSED')
  EXECUTE FUNCTION note_lapsed_attempt();
