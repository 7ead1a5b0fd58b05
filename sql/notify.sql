-- notify.sql: OPTIONAL. Wakes the auditor when simpeg.riwayat_jabatan changes, instead of at the next poll.
--
--   psql -v ON_ERROR_STOP=1 -d simpeg -f sql/notify.sql
--
-- Only for the tables of mapping-riwayat-jabatan.sql; copy and adapt it for others. In the daemon's configuration:
-- poll: {wake_on_notify: true}. Being right never depends on it: each pass judges the whole set again, and a lost or
-- late notification costs at most one poll interval. So leave it out where HR's own tables must not be touched.
--
-- One notification a statement, without any content (no personal data in it); PostgreSQL folds equal ones of one
-- transaction into one. What it costs: transactions that notify take turns at COMMIT, across the cluster.
--
-- To remove it (uninstall.sql does this too):
--   DROP TRIGGER freeze_audit_changed ON simpeg.riwayat_jabatan;
--   DROP TRIGGER freeze_audit_truncated ON simpeg.riwayat_jabatan;
--   DROP FUNCTION freeze_audit.notify_changed();

BEGIN;
-- The triggers lock HR's table; behind a long transaction of the HR system this gives up rather than block it.
SET LOCAL lock_timeout = '5s';
SET LOCAL client_min_messages = warning;
SET LOCAL search_path = pg_catalog, pg_temp;

CREATE OR REPLACE FUNCTION freeze_audit.notify_changed() RETURNS trigger
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog
AS $function$
BEGIN
    PERFORM pg_notify('freeze_audit_changed', '');
    RETURN NULL;
END
$function$;

COMMENT ON FUNCTION freeze_audit.notify_changed() IS
    'Trigger: tells a listening freeze-auditor that personnel records changed, without saying which';

-- HR's users need no privilege for it: EXECUTE is asked of the one who makes the trigger, not of the one who fires it.
REVOKE ALL ON FUNCTION freeze_audit.notify_changed() FROM PUBLIC;

DROP TRIGGER IF EXISTS freeze_audit_changed ON simpeg.riwayat_jabatan;
CREATE TRIGGER freeze_audit_changed AFTER INSERT OR UPDATE OR DELETE ON simpeg.riwayat_jabatan
    FOR EACH STATEMENT EXECUTE FUNCTION freeze_audit.notify_changed();
COMMENT ON TRIGGER freeze_audit_changed ON simpeg.riwayat_jabatan IS
    'freeze-auditor: wakes the auditor early; may be dropped at any time';

DROP TRIGGER IF EXISTS freeze_audit_truncated ON simpeg.riwayat_jabatan;
CREATE TRIGGER freeze_audit_truncated AFTER TRUNCATE ON simpeg.riwayat_jabatan
    FOR EACH STATEMENT EXECUTE FUNCTION freeze_audit.notify_changed();
COMMENT ON TRIGGER freeze_audit_truncated ON simpeg.riwayat_jabatan IS
    'freeze-auditor: wakes the auditor early; may be dropped at any time';

COMMIT;
