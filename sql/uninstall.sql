-- uninstall.sql: removes what install.sql, a mapping, notify.sql and freeze-auditor windows --format sql made.
--
--   psql -v ON_ERROR_STOP=1 -d simpeg -f sql/uninstall.sql
--   psql -v ON_ERROR_STOP=1 -v drop_ledger=yes -d simpeg -f sql/uninstall.sql
--
-- A ledger with events in it is evidence: who was alerted about what, and when. Without drop_ledger=yes such a ledger
-- makes this file stop, and then nothing at all is removed. To keep a copy first:
--   \copy freeze_audit.alert_event to 'alert_event.csv' with (format csv, header)
-- The approvals are the site's own copy of letters it holds, so they go with the schema; their number is told.
-- Nothing outside the schema freeze_audit is touched, except the triggers that call its function. What the site built on top
-- (views over personnel_action, columns computed with parse_date) is never dropped along: the server names it and
-- this file stops. The three roles go only when nothing else needs them. Running it again does no harm.

BEGIN;
SET LOCAL lock_timeout = '30s';
SET LOCAL client_min_messages = notice;
SET LOCAL search_path = pg_catalog, pg_temp;

-- psql does not look for its variables inside a DO block, so the answer travels in a setting of this transaction.
\if :{?drop_ledger}
SET LOCAL freeze_audit.drop_ledger TO :'drop_ledger';
\else
SET LOCAL freeze_audit.drop_ledger TO 'no';
\endif

DO $ledger$
DECLARE
    events bigint;
BEGIN
    IF to_regclass('freeze_audit.alert_event') IS NULL THEN
        RETURN;
    END IF;
    -- Locked before counting: an event appended in between would be lost unseen.
    LOCK TABLE freeze_audit.alert_event IN ACCESS EXCLUSIVE MODE;
    SELECT count(*) INTO events FROM freeze_audit.alert_event;
    IF events > 0 AND current_setting('freeze_audit.drop_ledger') <> 'yes' THEN
        RAISE EXCEPTION 'the alert ledger holds % event(s); a ledger is evidence and is not dropped unasked; nothing was removed', events
            USING ERRCODE = 'FZ005',
                  HINT = 'Copy freeze_audit.alert_event out first, then run: psql -v ON_ERROR_STOP=1 -v drop_ledger=yes -f sql/uninstall.sql';
    END IF;
END
$ledger$;

DO $objects$
DECLARE
    found record;
    lines bigint;
BEGIN
    IF to_regnamespace('freeze_audit') IS NULL THEN
        RAISE NOTICE 'there is no schema freeze_audit here; nothing to remove but the roles';
        RETURN;
    END IF;

    -- Triggers of notify.sql stand on tables of the HR system. They are ours by their function, whatever their name.
    FOR found IN
        SELECT t.tgname, t.tgrelid::regclass AS on_table
        FROM pg_trigger AS t
        WHERE t.tgfoid = to_regprocedure('freeze_audit.notify_changed()') AND NOT t.tgisinternal AND t.tgparentid = 0
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', found.tgname, found.on_table);
    END LOOP;

    -- The site may have made the contract a view or, for speed, a materialized view. A table would be data of the site.
    CASE (SELECT relkind FROM pg_class WHERE oid = to_regclass('freeze_audit.personnel_action'))
        WHEN 'v' THEN DROP VIEW freeze_audit.personnel_action;
        WHEN 'm' THEN DROP MATERIALIZED VIEW freeze_audit.personnel_action;
        ELSE NULL;
    END CASE;

    IF to_regclass('freeze_audit.approval') IS NOT NULL THEN
        SELECT count(*) INTO lines FROM freeze_audit.approval;
        IF lines > 0 THEN
            RAISE NOTICE 'removing % line(s) of approvals together with the schema', lines;
        END IF;
    END IF;
END
$objects$;

-- No CASCADE anywhere in this file: whatever depends on these belongs to somebody else.
-- The notices "does not exist, skipping" of a second run say nothing new.
SET LOCAL client_min_messages = warning;
DROP TABLE IF EXISTS freeze_audit.approval, freeze_audit.alert_emitted, freeze_audit.alert_event, freeze_audit.lease,
    freeze_audit.source_health, freeze_audit.schema_version, freeze_audit.alert_open, freeze_audit.alert_fold;
DROP TABLE IF EXISTS freeze_audit.would_be_window, freeze_audit.would_be_region;
DO $would_be$
DECLARE
    made regprocedure;
BEGIN
    -- What freeze-auditor windows --format sql made.
    FOR made IN
        SELECT p.oid::regprocedure FROM pg_proc AS p
        WHERE p.pronamespace = to_regnamespace('freeze_audit') AND p.proname ~ '^would_be(_|$)'
    LOOP
        EXECUTE format('DROP FUNCTION %s', made);
    END LOOP;
END
$would_be$;
DROP FUNCTION IF EXISTS freeze_audit.notify_changed();
DROP FUNCTION IF EXISTS freeze_audit.check_append();
DROP FUNCTION IF EXISTS freeze_audit.fold_append();
DROP FUNCTION IF EXISTS freeze_audit.says_alert(text, text, bigint, text);
DROP FUNCTION IF EXISTS freeze_audit.refuse_change();
DROP FUNCTION IF EXISTS freeze_audit.parse_date(text, text);
DROP FUNCTION IF EXISTS freeze_audit.parse_date(text);
SET LOCAL client_min_messages = notice;

DO $schema$
BEGIN
    IF to_regnamespace('freeze_audit') IS NOT NULL THEN
        DROP SCHEMA freeze_audit;
    END IF;
EXCEPTION WHEN dependent_objects_still_exist THEN
    RAISE WARNING 'schema freeze_audit stays: it holds objects that freeze-auditor did not make'
        USING HINT = 'See \dt, \dv and \df in freeze_audit.*';
END
$schema$;

DO $roles$
DECLARE
    role_name text;
    members   text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['freeze_auditor_read', 'freeze_auditor_ledger', 'freeze_auditor_form'] LOOP
        CONTINUE WHEN NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name);

        -- DROP ROLE would silently take the membership from a login that another database still serves.
        -- The creator's own membership (PostgreSQL 16 and newer adds it) is no use of the role.
        SELECT string_agg(quote_ident(m.rolname), ', ' ORDER BY m.rolname) INTO members
        FROM pg_auth_members AS am JOIN pg_roles AS m ON m.oid = am.member
        WHERE am.roleid = to_regrole(role_name) AND m.rolname <> current_user;
        IF members IS NOT NULL THEN
            RAISE NOTICE 'role % stays: it is granted to %', role_name, members
                USING HINT = format('REVOKE %I FROM %s; then run uninstall.sql again.', role_name, members);
            CONTINUE;
        END IF;

        BEGIN
            EXECUTE format('DROP ROLE %I', role_name);
        EXCEPTION
            WHEN dependent_objects_still_exist THEN
                RAISE NOTICE 'role % stays: it has privileges elsewhere, perhaps in another database of this cluster', role_name;
            WHEN insufficient_privilege THEN
                RAISE NOTICE 'role % stays: % may not drop roles', role_name, quote_ident(current_user)
                    USING HINT = format('As a superuser run: DROP ROLE %I;', role_name);
        END;
    END LOOP;
END
$roles$;

COMMIT;
