-- By hand. Who sends webhooks is told when a delivery comes up, or is due earlier than it was: nobody has to look every second.
CREATE FUNCTION announce_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('studyhall', 'webhook:');
  RETURN NULL;
END $$;

CREATE TRIGGER delivery_made AFTER INSERT ON webhook_deliveries FOR EACH ROW EXECUTE FUNCTION announce_delivery();

CREATE TRIGGER delivery_sooner AFTER UPDATE OF next_at ON webhook_deliveries FOR EACH ROW
  WHEN (NEW.next_at IS NOT NULL AND (OLD.next_at IS NULL OR NEW.next_at < OLD.next_at))
  EXECUTE FUNCTION announce_delivery();
