-- A national hub over regional servers: run once in the hub's database, after sql/install.sql, as its owner.
--
--   psql -v ON_ERROR_STOP=1 -f sql/federation/hub.sql
--
-- Makes two partitioned tables, of acts and of annexes, one foreign partition a region each (add-region.sql), and the
-- contract view over them. Nothing is copied: every audit reads the regional servers as they are.
--
-- Two ways to audit the hub:
--   sources: one entry a region, its view freeze_audit.region_<name>: a region that is down is not evaluated, the rest is,
--   and each is judged by its own annexes, as it would be at home. This is the one for a daemon.
--   one source over freeze_audit.personnel_action: one query, all regions; a region that is down fails the whole reading,
--   and where any region has annexes, annexes decide in every region.
--
-- Upgrade: region.sql in every region first, then this file, then add-region.sql for every region. A region whose own views are
-- older than the hub is not evaluated, and says which column it lacks.
--
-- The auditor reads with freeze_auditor_read. The views read the regional servers as their owner, whose user mapping
-- add-region.sql makes; nobody else needs one. Annexes of a view stand in the relation of its name with _approval behind
-- it; the hub's own freeze_audit.approval counts for every region besides.

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
    unit_from      text,
    unit_to        text,
    echelon_from   text,
    echelon_to     text,
    post_type_from text,
    post_type_to   text,
    assignment     text,
    decree_no      text,
    approval_no    text,
    approval_date  date,
    revokes        text,
    recorded_at    timestamptz,
    changed_at     timestamptz,
    source_dates   text,
    pertek_no      text,
    pertek_date    date
) PARTITION BY LIST (region_name);

-- A hub made before the contract had these.
ALTER TABLE freeze_audit.national_action ADD COLUMN IF NOT EXISTS pertek_no text, ADD COLUMN IF NOT EXISTS pertek_date date;

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
COMMENT ON COLUMN freeze_audit.national_action.unit_from IS 'Unit left';
COMMENT ON COLUMN freeze_audit.national_action.unit_to IS 'Unit joined';
COMMENT ON COLUMN freeze_audit.national_action.echelon_from IS 'Echelon of the post left';
COMMENT ON COLUMN freeze_audit.national_action.echelon_to IS 'Echelon of the post taken';
COMMENT ON COLUMN freeze_audit.national_action.post_type_from IS 'Type of the post left';
COMMENT ON COLUMN freeze_audit.national_action.post_type_to IS 'Type of the post taken';
COMMENT ON COLUMN freeze_audit.national_action.assignment IS 'D, TT, PLT, PLH, PJ';
COMMENT ON COLUMN freeze_audit.national_action.decree_no IS 'Number of the SK';
COMMENT ON COLUMN freeze_audit.national_action.approval_no IS 'Letter that the record cites';
COMMENT ON COLUMN freeze_audit.national_action.approval_date IS 'Its date';
COMMENT ON COLUMN freeze_audit.national_action.revokes IS 'The act that this one revokes';
COMMENT ON COLUMN freeze_audit.national_action.recorded_at IS 'When the record was entered';
COMMENT ON COLUMN freeze_audit.national_action.changed_at IS 'When it was last changed';
COMMENT ON COLUMN freeze_audit.national_action.source_dates IS 'The dates as the region spells them';
COMMENT ON COLUMN freeze_audit.national_action.pertek_no IS 'Number of BKN''s pertek';
COMMENT ON COLUMN freeze_audit.national_action.pertek_date IS 'Its date';

CREATE TABLE IF NOT EXISTS freeze_audit.national_approval (
    region_name    text NOT NULL,
    letter_no      text,
    letter_date    text,
    nip            text,
    post_to        text,
    region_code    text
) PARTITION BY LIST (region_name);

COMMENT ON TABLE freeze_audit.national_approval IS 'Annexes of every region; each partition is a foreign table on the region''s own server';
COMMENT ON COLUMN freeze_audit.national_approval.region_name IS 'Name of the region, which is its partition';
COMMENT ON COLUMN freeze_audit.national_approval.letter_no IS 'Number of the letter';
COMMENT ON COLUMN freeze_audit.national_approval.letter_date IS 'Its date, as found';
COMMENT ON COLUMN freeze_audit.national_approval.nip IS 'Who is listed';
COMMENT ON COLUMN freeze_audit.national_approval.post_to IS 'For which post';
COMMENT ON COLUMN freeze_audit.national_approval.region_code IS 'Kemendagri code';

CREATE OR REPLACE VIEW freeze_audit.personnel_action AS
SELECT region_name || ':' || action_id AS action_id,
    kind, decree_date, effective_date, inaugurated_on, region_code, nip, employee_name, post_from, post_to,
    unit_from, unit_to, echelon_from, echelon_to, post_type_from, post_type_to, assignment, decree_no, approval_no,
    approval_date, revokes, recorded_at, changed_at, source_dates, pertek_no, pertek_date
FROM freeze_audit.national_action;

COMMENT ON VIEW freeze_audit.personnel_action IS 'The contract view of the whole country; an id is the region''s name and the region''s own id';

CREATE OR REPLACE VIEW freeze_audit.personnel_action_approval AS
SELECT letter_no, letter_date, nip, post_to, region_code FROM freeze_audit.national_approval
UNION ALL SELECT letter_no::text, letter_date::text, nip::text, post_to::text, region_code::text FROM freeze_audit.approval;

COMMENT ON VIEW freeze_audit.personnel_action_approval IS 'The annexes of the whole country, the hub''s own among them';

REVOKE ALL ON freeze_audit.national_action, freeze_audit.national_approval, freeze_audit.personnel_action,
    freeze_audit.personnel_action_approval FROM PUBLIC;
GRANT SELECT ON freeze_audit.personnel_action, freeze_audit.personnel_action_approval TO freeze_auditor_read;

COMMIT;
