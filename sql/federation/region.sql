-- What a region does to be joined: run in the region's database after its mapping, as the owner of the contract view.
--
--   psql -v ON_ERROR_STOP=1 -v name=kota_salatiga -f sql/federation/region.sql
--
-- Gives the hub one view with fixed columns, whichever optional ones the region's own contract view has. The columns
-- that this region's view lacks are NULL here.

\set ON_ERROR_STOP on
BEGIN;

SELECT set_config('freeze.name', :'name', true);

DO $region$
DECLARE
    wanted record;
    columns text := '';
BEGIN
    FOR wanted IN SELECT * FROM (VALUES
        (1, 'action_id', 'text'), (2, 'kind', 'text'), (3, 'decree_date', 'date'), (4, 'effective_date', 'date'),
        (5, 'inaugurated_on', 'date'), (6, 'region_code', 'text'), (7, 'nip', 'text'), (8, 'employee_name', 'text'),
        (9, 'post_from', 'text'), (10, 'post_to', 'text'), (11, 'echelon_from', 'text'), (12, 'echelon_to', 'text'),
        (13, 'assignment', 'text'), (14, 'decree_no', 'text'), (15, 'approval_no', 'text'), (16, 'approval_date', 'date'),
        (17, 'revokes', 'text'), (18, 'recorded_at', 'timestamptz')) AS contract (place, name, type) ORDER BY place
    LOOP
        columns := columns || ', ' || CASE WHEN EXISTS (
            SELECT FROM pg_attribute WHERE attrelid = 'freeze_audit.personnel_action'::regclass
                AND attname = wanted.name AND attnum > 0 AND NOT attisdropped)
            THEN format('%I::%s AS %I', wanted.name, wanted.type, wanted.name)
            ELSE format('NULL::%s AS %I', wanted.type, wanted.name) END;
    END LOOP;
    EXECUTE format('CREATE OR REPLACE VIEW freeze_audit.federated_action AS SELECT %L::text AS region_name%s FROM freeze_audit.personnel_action',
        current_setting('freeze.name'), columns);
END
$region$;

COMMENT ON VIEW freeze_audit.federated_action IS 'The contract view with fixed columns, for the national hub';
GRANT SELECT ON freeze_audit.federated_action TO freeze_auditor_read;

COMMIT;
