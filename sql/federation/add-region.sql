-- Joins one region to the hub, or changes where it is: run in the hub's database after hub.sql, as often as needed.
--
--   psql -v ON_ERROR_STOP=1 -v name=kota_salatiga -v code=33.73 -v host=10.1.2.3 -v port=5432 -v dbname=simpeg \
--        -v user=freeze_auditor -f sql/federation/add-region.sql
--
-- The password goes into the user mapping by hand, so that it stands in no command line:
--   ALTER USER MAPPING FOR CURRENT_USER SERVER freeze_kota_salatiga OPTIONS (ADD password '...');
-- The region keeps its own contract view; its role needs SELECT on that view and nothing else.
--
-- connect_timeout bounds a region that is silent; async_capable lets the regions of one query be read side by side;
-- fetch_size saves round trips on a long line.

\set ON_ERROR_STOP on
\set server freeze_ :name
\set partition region_ :name
BEGIN;

SELECT count(*) = 0 AS is_new FROM pg_foreign_server WHERE srvname = :'server' \gset
\if :is_new
CREATE SERVER :"server" FOREIGN DATA WRAPPER postgres_fdw
    OPTIONS (host :'host', port :'port', dbname :'dbname', connect_timeout '5', async_capable 'true', fetch_size '10000');
CREATE USER MAPPING FOR CURRENT_USER SERVER :"server" OPTIONS (user :'user');
CREATE FOREIGN TABLE freeze_audit.:"partition" PARTITION OF freeze_audit.national_action FOR VALUES IN (:'name')
    SERVER :"server" OPTIONS (schema_name 'freeze_audit', table_name 'federated_action');
\else
ALTER SERVER :"server" OPTIONS (SET host :'host', SET port :'port', SET dbname :'dbname');
ALTER USER MAPPING FOR CURRENT_USER SERVER :"server" OPTIONS (SET user :'user');
\endif

COMMENT ON SERVER :"server" IS 'Server of one region of the national audit';
COMMENT ON FOREIGN TABLE freeze_audit.:"partition" IS 'Acts of one region, read on its own server; the view of its own source';
GRANT SELECT ON freeze_audit.:"partition" TO freeze_auditor_read;

COMMIT;
