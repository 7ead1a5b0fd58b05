-- A national hub over regional servers: run once in the hub's database, after sql/install.sql, as its owner.
--
--   psql -v ON_ERROR_STOP=1 -f sql/federation/hub.sql
--
-- Makes the partitioned table freeze_audit.national_action, one foreign partition a region (add-region.sql), and the
-- contract view over it. Nothing is copied: every audit reads the regional servers as they are.
--
-- Two ways to audit the hub:
--   one source over freeze_audit.personnel_action: one query, all regions; a region that is down fails the whole reading.
--   sources: one entry a region, its view freeze_audit.region_<name>: a region that is down is not evaluated, the rest is.
-- The second is the one for a daemon.

\set ON_ERROR_STOP on
BEGIN;

CREATE EXTENSION IF NOT EXISTS postgres_fdw;

CREATE TABLE IF NOT EXISTS freeze_audit.national_action (
    region_name    text NOT NULL,
    action_id      text,
    kind           text,
    decree_date    date,
    effective_date date,
    inaugurated_on date,
    region_code    text,
    nip            text,
    employee_name  text,
    post_from      text,
    post_to        text,
    echelon_from   text,
    echelon_to     text,
    assignment     text,
    decree_no      text,
    approval_no    text,
    approval_date  date,
    revokes        text,
    recorded_at    timestamptz
) PARTITION BY LIST (region_name);

COMMENT ON TABLE freeze_audit.national_action IS 'Acts of every region; each partition is a foreign table on the region''s own server';
COMMENT ON COLUMN freeze_audit.national_action.region_name IS 'Name of the region, which is its partition';
COMMENT ON COLUMN freeze_audit.national_action.action_id IS 'Id in the region''s own system';
COMMENT ON COLUMN freeze_audit.national_action.kind IS 'As the contract view has it';
COMMENT ON COLUMN freeze_audit.national_action.decree_date IS 'Tanggal SK';
COMMENT ON COLUMN freeze_audit.national_action.effective_date IS 'TMT';
COMMENT ON COLUMN freeze_audit.national_action.inaugurated_on IS 'Tanggal pelantikan';
COMMENT ON COLUMN freeze_audit.national_action.region_code IS 'Kemendagri code';
COMMENT ON COLUMN freeze_audit.national_action.nip IS 'NIP as found';
COMMENT ON COLUMN freeze_audit.national_action.employee_name IS 'Name as found';
COMMENT ON COLUMN freeze_audit.national_action.post_from IS 'Post left';
COMMENT ON COLUMN freeze_audit.national_action.post_to IS 'Post taken';
COMMENT ON COLUMN freeze_audit.national_action.echelon_from IS 'Echelon of the post left';
COMMENT ON COLUMN freeze_audit.national_action.echelon_to IS 'Echelon of the post taken';
COMMENT ON COLUMN freeze_audit.national_action.assignment IS 'D, TT, PLT, PLH, PJ';
COMMENT ON COLUMN freeze_audit.national_action.decree_no IS 'Number of the SK';
COMMENT ON COLUMN freeze_audit.national_action.approval_no IS 'Letter that the record cites';
COMMENT ON COLUMN freeze_audit.national_action.approval_date IS 'Its date';
COMMENT ON COLUMN freeze_audit.national_action.revokes IS 'The act that this one revokes';
COMMENT ON COLUMN freeze_audit.national_action.recorded_at IS 'When the record was entered';

CREATE OR REPLACE VIEW freeze_audit.personnel_action AS
SELECT region_name || ':' || action_id AS action_id, kind, decree_date, effective_date, inaugurated_on, region_code, nip,
    employee_name, post_from, post_to, echelon_from, echelon_to, assignment, decree_no, approval_no, approval_date, revokes,
    recorded_at
FROM freeze_audit.national_action;

COMMENT ON VIEW freeze_audit.personnel_action IS 'The contract view of the whole country; an id is the region''s name and the region''s own id';

GRANT SELECT ON freeze_audit.personnel_action TO freeze_auditor_read;

COMMIT;
