-- By hand. Those who watch the board keep its rows in their memory; whatever changes what a group's rows show announces the group.

-- More at once than a page has groups are the board.
CREATE FUNCTION board_announce(keys text[]) RETURNS void LANGUAGE sql AS $$
  SELECT pg_notify('studyhall', 'board:' || k) FROM unnest(CASE WHEN cardinality(keys) > 500 THEN ARRAY['all'] ELSE keys END) k
$$;

CREATE OR REPLACE FUNCTION board_rewrite(changed text[]) RETURNS void LANGUAGE plpgsql AS $$
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
  PERFORM board_announce(concerned);
END
$$;

-- What is not kept, but counted when a row is read: how many of a group's runs stand how.
CREATE FUNCTION board_announce_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM board_announce(ARRAY(SELECT r.group_key FROM runs r WHERE r.id = NEW.run_id));
  RETURN NULL;
END
$$;
CREATE TRIGGER board_job_moved AFTER UPDATE ON "jobs" FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION board_announce_job();

-- Titles are neither kept nor many.
CREATE FUNCTION board_announce_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM board_announce(ARRAY['all']);
  RETURN NULL;
END
$$;
CREATE TRIGGER board_experiment_named AFTER UPDATE ON "experiments" FOR EACH ROW
  WHEN ((OLD.slug, OLD.title) IS DISTINCT FROM (NEW.slug, NEW.title)) EXECUTE FUNCTION board_announce_all();
