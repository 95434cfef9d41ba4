-- CreateTable
CREATE TABLE "board_moves" (
    "transaction" BIGINT NOT NULL,

    CONSTRAINT "board_moves_pkey" PRIMARY KEY ("transaction")
);

-- By hand. Whatever announces a change of the board notes its transaction: a page that was read under a snapshot stands as long as all that
-- are noted were over by then. The newest thousand are kept, in a hundredth of the cases by one transaction at a time, which waits for
-- nobody; rows of transactions that have not begun come from another server's dump.
CREATE FUNCTION board_moved() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO board_moves (transaction) VALUES (txid_current()) ON CONFLICT DO NOTHING;
  IF random() < 0.01 AND pg_try_advisory_xact_lock(72707371) THEN
    PERFORM board_moves_forget(1000);
  END IF;
END
$$;

CREATE FUNCTION board_moves_forget(kept int) RETURNS void LANGUAGE sql AS $$
  DELETE FROM board_moves WHERE transaction >= txid_snapshot_xmax(txid_current_snapshot()) AND transaction <> txid_current();
  DELETE FROM board_moves WHERE transaction < (
    SELECT min(transaction) FROM (SELECT transaction FROM board_moves ORDER BY transaction DESC LIMIT kept) newest)
$$;

-- Whether anything may have been noted since that snapshot was taken. Where what it rests on is forgotten, yes.
CREATE FUNCTION board_has_moved(since txid_snapshot) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT EXISTS (SELECT FROM board_moves WHERE transaction < txid_snapshot_xmin(since))
    OR EXISTS (SELECT FROM board_moves WHERE transaction >= txid_snapshot_xmin(since) AND NOT txid_visible_in_snapshot(transaction, since))
$$;

-- Does what it did, and notes it.
CREATE OR REPLACE FUNCTION board_announce(keys text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF cardinality(keys) > 0 THEN PERFORM board_moved(); END IF;
  PERFORM pg_notify('studyhall', 'board:' || k) FROM unnest(CASE WHEN cardinality(keys) > 500 THEN ARRAY['all'] ELSE keys END) k;
END
$$;

-- The same bytes are shown under one of their names, by which some run was scheduled, archived or not.
CREATE TRIGGER board_dataset_announced AFTER INSERT OR DELETE ON "datasets" FOR EACH ROW EXECUTE FUNCTION board_announce_all();
CREATE TRIGGER board_dataset_named AFTER UPDATE ON "datasets" FOR EACH ROW
  WHEN ((OLD.name, OLD.hash, OLD.created_at) IS DISTINCT FROM (NEW.name, NEW.hash, NEW.created_at)) EXECUTE FUNCTION board_announce_all();
CREATE TRIGGER board_archived_deleted AFTER DELETE ON "runs" FOR EACH ROW WHEN (OLD.archived_at IS NOT NULL) EXECUTE FUNCTION board_announce_all();

INSERT INTO board_moves (transaction) SELECT txid_current();
