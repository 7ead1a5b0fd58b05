-- Joins one region to the hub, or changes where it is: run in the hub's database after hub.sql, as often as needed.
--
--   psql -v ON_ERROR_STOP=1 -v name=kota_salatiga -v code=33.73 -v host=10.1.2.3 -v port=5432 -v dbname=simpeg \
--        -v user=freeze_auditor -f sql/federation/add-region.sql
--
-- The password goes into the user mapping by hand, so that it stands in no command line:
--   ALTER USER MAPPING FOR CURRENT_USER SERVER freeze_kota_salatiga OPTIONS (ADD password '...');
-- The region keeps its own contract view and annexes; its role needs SELECT on the two views of region.sql and nothing else.
--
-- connect_timeout bounds a region that is silent; async_capable lets the regions of one query be read side by side;
-- fetch_size saves round trips on a long line. code stands where a record or an annex names no region.

\set ON_ERROR_STOP on
\set server freeze_ :name
\set acts acts_ :name
\set annexes annexes_ :name
\set view region_ :name
\set annex_view region_ :name _approval
BEGIN;

SELECT count(*) = 0 AS is_new FROM pg_foreign_server WHERE srvname = :'server' \gset
\if :is_new
CREATE SERVER :"server" FOREIGN DATA WRAPPER postgres_fdw
    OPTIONS (host :'host', port :'port', dbname :'dbname', connect_timeout '5', async_capable 'true', fetch_size '10000');
CREATE USER MAPPING FOR CURRENT_USER SERVER :"server" OPTIONS (user :'user');
CREATE FOREIGN TABLE freeze_audit.:"acts" PARTITION OF freeze_audit.national_action FOR VALUES IN (:'name')
    SERVER :"server" OPTIONS (schema_name 'freeze_audit', table_name 'federated_action');
CREATE FOREIGN TABLE freeze_audit.:"annexes" PARTITION OF freeze_audit.national_approval FOR VALUES IN (:'name')
    SERVER :"server" OPTIONS (schema_name 'freeze_audit', table_name 'federated_approval');
\else
ALTER SERVER :"server" OPTIONS (SET host :'host', SET port :'port', SET dbname :'dbname');
ALTER USER MAPPING FOR CURRENT_USER SERVER :"server" OPTIONS (SET user :'user');
\endif

CREATE OR REPLACE VIEW freeze_audit.:"view" AS
SELECT action_id,
    kind, decree_date, effective_date, inaugurated_on, coalesce(region_code, :'code') AS region_code, nip,
    employee_name, post_from, post_to, unit_from, unit_to, echelon_from, echelon_to, post_type_from, post_type_to,
    assignment, decree_no, approval_no, approval_date, revokes, recorded_at, changed_at, source_dates,
    pertek_no, pertek_date
FROM freeze_audit.:"acts";
CREATE OR REPLACE VIEW freeze_audit.:"annex_view" AS
SELECT letter_no, letter_date, nip, post_to, coalesce(region_code, :'code') AS region_code FROM freeze_audit.:"annexes"
UNION ALL SELECT letter_no::text, letter_date::text, nip::text, post_to::text, region_code::text FROM freeze_audit.approval;

COMMENT ON SERVER :"server" IS 'Server of one region of the national audit';
COMMENT ON FOREIGN TABLE freeze_audit.:"acts" IS 'Acts of one region, read on its own server';
COMMENT ON FOREIGN TABLE freeze_audit.:"annexes" IS 'Annexes of one region, read on its own server';
COMMENT ON VIEW freeze_audit.:"view" IS 'Acts of one region: the view of its own source';
COMMENT ON VIEW freeze_audit.:"annex_view" IS 'Annexes that count for this region, the hub''s own among them';
REVOKE ALL ON freeze_audit.:"acts", freeze_audit.:"annexes", freeze_audit.:"view", freeze_audit.:"annex_view" FROM PUBLIC;
GRANT SELECT ON freeze_audit.:"view", freeze_audit.:"annex_view" TO freeze_auditor_read;

COMMIT;
