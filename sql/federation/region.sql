-- What a region does to be joined: run in the region's database after its mapping, as the owner of the contract view.
--
--   psql -v ON_ERROR_STOP=1 -v name=kota_salatiga -f sql/federation/region.sql
--
-- Gives the hub two views with fixed columns: the contract view, whichever optional columns the region's own has (those that
-- it lacks are NULL here), and the annexes. Run again after an upgrade it adds the columns that are new, behind the others.

\set ON_ERROR_STOP on
BEGIN;

SELECT set_config('freeze.name', :'name', true);

DO $region$
DECLARE
    wanted record;
    columns text := '';
BEGIN
    FOR wanted IN SELECT * FROM (VALUES
        (1, 'action_id', 'text'), (2, 'kind', 'text'), (3, 'decree_date', 'date'), (4, 'effective_date', 'date'), (5,
        'inaugurated_on', 'date'), (6, 'region_code', 'text'), (7, 'nip', 'text'), (8, 'employee_name', 'text'), (9,
        'post_from', 'text'), (10, 'post_to', 'text'), (11, 'unit_from', 'text'), (12, 'unit_to', 'text'), (13,
        'echelon_from', 'text'), (14, 'echelon_to', 'text'), (15, 'post_type_from', 'text'), (16, 'post_type_to',
        'text'), (17, 'assignment', 'text'), (18, 'decree_no', 'text'), (19, 'approval_no', 'text'), (20,
        'approval_date', 'date'), (21, 'revokes', 'text'), (22, 'recorded_at', 'timestamptz'), (23, 'changed_at',
        'timestamptz'), (24, 'source_dates', 'text'), (25, 'pertek_no', 'text'), (26, 'pertek_date', 'date')
        ) AS contract (place, name, type) ORDER BY place
    LOOP
        columns := columns || ', ' || CASE WHEN EXISTS (
            SELECT FROM pg_attribute WHERE attrelid = 'freeze_audit.personnel_action'::regclass
                AND attname = wanted.name AND attnum > 0 AND NOT attisdropped)
            THEN format('%I::%s AS %I', wanted.name, wanted.type, wanted.name)
            ELSE format('NULL::%s AS %I', wanted.type, wanted.name) END;
    END LOOP;
    EXECUTE format('CREATE OR REPLACE VIEW freeze_audit.federated_action AS SELECT %L::text AS region_name%s FROM freeze_audit.personnel_action',
        current_setting('freeze.name'), columns);
    EXECUTE format('CREATE OR REPLACE VIEW freeze_audit.federated_approval AS SELECT %L::text AS region_name, letter_no::text, '
        'letter_date::text, nip::text, post_to::text, region_code::text FROM freeze_audit.approval', current_setting('freeze.name'));
END
$region$;

COMMENT ON VIEW freeze_audit.federated_action IS 'The contract view with fixed columns, for the national hub';
COMMENT ON VIEW freeze_audit.federated_approval IS 'The annexes of this region, for the national hub';
REVOKE ALL ON freeze_audit.federated_action, freeze_audit.federated_approval FROM PUBLIC;
GRANT SELECT ON freeze_audit.federated_action, freeze_audit.federated_approval TO freeze_auditor_read;

COMMIT;
