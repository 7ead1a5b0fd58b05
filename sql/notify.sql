-- notify.sql: OPTIONAL. Wakes the auditor when simpeg.riwayat_jabatan changes, instead of at the next poll.
--
--   psql -v ON_ERROR_STOP=1 -d simpeg -f sql/notify.sql
--
-- Only for the tables of mapping-riwayat-jabatan.sql; copy and adapt it for others. In the daemon's configuration:
-- poll: {wake_on_notify: true}. Being right never depends on it: each pass judges the whole set again, and a lost or
-- late notification costs at most one poll interval. So leave it out where HR's own tables must not be touched.
--
-- One notification a statement. It holds the ids of the rows, nothing else of them (a JSON array, or nothing where there are
-- many): the auditor reads those at once, and everything some seconds later. Ids must be spelled as action_id in the view;
-- an index on the column keeps that quick. What it costs: transactions that notify take turns at COMMIT, across the cluster.
--
-- To remove it (uninstall.sql does this too):
--   DROP TRIGGER freeze_audit_inserted ON simpeg.riwayat_jabatan;
--   DROP TRIGGER freeze_audit_changed ON simpeg.riwayat_jabatan;
--   DROP TRIGGER freeze_audit_deleted ON simpeg.riwayat_jabatan;
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
DECLARE
    ids text;
BEGIN
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        BEGIN
            SELECT CASE WHEN count(*) <= 100 THEN jsonb_agg(c.id::text)::text END
            INTO ids
            FROM (SELECT id FROM changed LIMIT 101) AS c;
        EXCEPTION WHEN OTHERS THEN
            -- What HR does must never fail because of us.
            ids := NULL;
        END;
    END IF;
    -- A notification holds less than 8000 bytes.
    PERFORM pg_notify('freeze_audit_changed', CASE WHEN octet_length(ids) < 7900 THEN ids ELSE '' END);
    RETURN NULL;
END
$function$;

COMMENT ON FUNCTION freeze_audit.notify_changed() IS
    'Trigger: tells a listening freeze-auditor that personnel records changed, and the ids of a few';

-- HR's users need no privilege for it: EXECUTE is asked of the one who makes the trigger, not of the one who fires it.
REVOKE ALL ON FUNCTION freeze_audit.notify_changed() FROM PUBLIC;

-- The rows of a statement can be told for one kind of statement a trigger.
DROP TRIGGER IF EXISTS freeze_audit_inserted ON simpeg.riwayat_jabatan;
CREATE TRIGGER freeze_audit_inserted AFTER INSERT ON simpeg.riwayat_jabatan
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION freeze_audit.notify_changed();
COMMENT ON TRIGGER freeze_audit_inserted ON simpeg.riwayat_jabatan IS
    'freeze-auditor: wakes the auditor early; may be dropped at any time';

DROP TRIGGER IF EXISTS freeze_audit_changed ON simpeg.riwayat_jabatan;
CREATE TRIGGER freeze_audit_changed AFTER UPDATE ON simpeg.riwayat_jabatan
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION freeze_audit.notify_changed();
COMMENT ON TRIGGER freeze_audit_changed ON simpeg.riwayat_jabatan IS
    'freeze-auditor: wakes the auditor early; may be dropped at any time';

DROP TRIGGER IF EXISTS freeze_audit_deleted ON simpeg.riwayat_jabatan;
CREATE TRIGGER freeze_audit_deleted AFTER DELETE ON simpeg.riwayat_jabatan
    FOR EACH STATEMENT EXECUTE FUNCTION freeze_audit.notify_changed();
COMMENT ON TRIGGER freeze_audit_deleted ON simpeg.riwayat_jabatan IS
    'freeze-auditor: wakes the auditor early; may be dropped at any time';

DROP TRIGGER IF EXISTS freeze_audit_truncated ON simpeg.riwayat_jabatan;
CREATE TRIGGER freeze_audit_truncated AFTER TRUNCATE ON simpeg.riwayat_jabatan
    FOR EACH STATEMENT EXECUTE FUNCTION freeze_audit.notify_changed();
COMMENT ON TRIGGER freeze_audit_truncated ON simpeg.riwayat_jabatan IS
    'freeze-auditor: wakes the auditor early; may be dropped at any time';

COMMIT;
