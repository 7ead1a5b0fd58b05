-- mapping-teks.sql: the contract view over an HR table with cryptic names and dates kept as text. Second example.
--
--   psql -v ON_ERROR_STOP=1 -d simpeg -f sql/install.sql -f sql/sample-teks.sql -f sql/mapping-teks.sql
--
-- Reads kepeg.t_rjab, which sample-teks.sql makes with all the spellings met in the field. For your own tables copy
-- this file, change the right-hand side below, keep the names on the left.
-- A site runs ONE mapping: it replaces the view that is there. (mapping-riwayat-jabatan.sql is the other example.)
-- Run it as a role that may read the table; that role owns the view, and the auditor needs no right on the table.
--
-- freeze_audit.parse_date turns a full date in any spelling into a date, and what it cannot read into a reserved date that
-- the auditor knows: nothing is lost by it alone. source_dates carries the texts as found besides, so that reports show
-- them, and so that a column whose cells prove to be month-first is read so.

BEGIN;
SET LOCAL lock_timeout = '30s';

DO $before$
DECLARE
    -- Every column of the contract, in its order. Names and types are what the auditor looks for.
    contract constant text := 'action_id text, kind text, decree_date date, effective_date date, inaugurated_on date, '
        || 'region_code text, nip text, employee_name text, post_from text, post_to text, unit_from text, '
        || 'unit_to text, echelon_from text, echelon_to text, post_type_from text, post_type_to text, '
        || 'assignment text, decree_no text, approval_no text, approval_date date, revokes text, '
        || 'recorded_at timestamp with time zone, changed_at timestamp with time zone, source_dates text';
    existing text;
BEGIN
    IF to_regprocedure('freeze_audit.parse_date(text)') IS NULL THEN
        RAISE EXCEPTION 'freeze_audit is not installed in this database' USING HINT = 'Run sql/install.sql first.';
    END IF;
    -- CREATE OR REPLACE VIEW can only add columns at the end: it refuses to drop, rename, reorder or retype one. A view
    -- of exactly this shape is replaced in place (it keeps its privileges and what rests on it); one of another shape
    -- is dropped first, without CASCADE, so something of the site's that rests on it stops us instead of vanishing.
    SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum)
    INTO existing
    FROM pg_attribute AS a
    WHERE a.attrelid = to_regclass('freeze_audit.personnel_action') AND a.attnum > 0 AND NOT a.attisdropped;
    IF existing <> contract THEN
        DROP VIEW freeze_audit.personnel_action;
        RAISE NOTICE 'the view freeze_audit.personnel_action had other columns and is made anew';
    END IF;
END
$before$;

CREATE OR REPLACE VIEW freeze_audit.personnel_action AS
SELECT
    t.kd::text                            AS action_id,
    -- Codes of this office. What is no known code passes unchanged, so that the auditor shows it as found.
    CASE btrim(t.jns) WHEN '1' THEN 'mutasi' WHEN '2' THEN 'promosi' WHEN '3' THEN 'demosi'
        WHEN '4' THEN 'kenaikan pangkat' WHEN '5' THEN 'KGB' WHEN '6' THEN 'pensiun'
        ELSE t.jns END::text AS kind,
    freeze_audit.parse_date(t.tgsk)       AS decree_date,
    freeze_audit.parse_date(t.tmtjab)     AS effective_date,
    freeze_audit.parse_date(t.tgllantik)  AS inaugurated_on,
    t.kdwil::text                         AS region_code,
    t.nip18::text                         AS nip,
    t.nm::text                            AS employee_name,
    t.jb_l::text                          AS post_from,
    t.jb_b::text                          AS post_to,
    t.uk_l::text                          AS unit_from,
    t.uk_b::text                          AS unit_to,
    t.es_l::text                          AS echelon_from,
    t.es_b::text                          AS echelon_to,
    t.jj_l::text                          AS post_type_from,
    t.jj_b::text                          AS post_type_to,
    t.stt::text                           AS assignment,
    t.nosk::text                          AS decree_no,
    t.nostj::text                         AS approval_no,
    freeze_audit.parse_date(t.tgstj)      AS approval_date,
    t.btlkd::text                         AS revokes,
    -- This office keeps wall-clock time of Jakarta without a zone; say so, or the session's zone would be assumed.
    t.wktrekam AT TIME ZONE 'Asia/Jakarta' AS recorded_at,
    t.wktubah AT TIME ZONE 'Asia/Jakarta' AS changed_at,
    -- Only the fields that hold a text at all; the names are those of the contract. The semicolon is theirs alone.
    nullif(concat_ws('; ',
        'decree_date=' || replace(t.tgsk, ';', ','),
        'effective_date=' || replace(t.tmtjab, ';', ','),
        'inaugurated_on=' || replace(t.tgllantik, ';', ','),
        'approval_date=' || replace(t.tgstj, ';', ',')), '') AS source_dates
    -- Where the office keeps BKN's pertek, two more columns, behind all others (optional; shown, not judged):
    -- , t.nopertek::text AS pertek_no, freeze_audit.parse_date(t.tgpertek) AS pertek_date
FROM kepeg.t_rjab AS t;

COMMENT ON VIEW freeze_audit.personnel_action IS
    'Contract view of freeze-auditor: one row for each act on an official''s post, made by the site over its own tables';
COMMENT ON COLUMN freeze_audit.personnel_action.action_id IS 'Identity of the record; the same record keeps it for ever';
COMMENT ON COLUMN freeze_audit.personnel_action.kind IS 'Kind of act as recorded: mutasi, promosi, demosi, ...';
COMMENT ON COLUMN freeze_audit.personnel_action.decree_date IS 'Date of the decree (tanggal SK)';
COMMENT ON COLUMN freeze_audit.personnel_action.effective_date IS 'Date it takes effect (TMT)';
COMMENT ON COLUMN freeze_audit.personnel_action.inaugurated_on IS 'Date of the oath (pelantikan)';
COMMENT ON COLUMN freeze_audit.personnel_action.region_code IS 'Kemendagri code of the region; NULL: the region of the configuration';
COMMENT ON COLUMN freeze_audit.personnel_action.nip IS 'NIP of the official, as found';
COMMENT ON COLUMN freeze_audit.personnel_action.employee_name IS 'Name of the official';
COMMENT ON COLUMN freeze_audit.personnel_action.post_from IS 'Post before the act';
COMMENT ON COLUMN freeze_audit.personnel_action.post_to IS 'Post after the act';
COMMENT ON COLUMN freeze_audit.personnel_action.unit_from IS 'Unit before';
COMMENT ON COLUMN freeze_audit.personnel_action.unit_to IS 'Unit after';
COMMENT ON COLUMN freeze_audit.personnel_action.echelon_from IS 'Echelon before, in any spelling';
COMMENT ON COLUMN freeze_audit.personnel_action.echelon_to IS 'Echelon after, in any spelling';
COMMENT ON COLUMN freeze_audit.personnel_action.post_type_from IS 'Post type before: 1 structural, 2 functional, 4 pelaksana';
COMMENT ON COLUMN freeze_audit.personnel_action.post_type_to IS 'Post type after';
COMMENT ON COLUMN freeze_audit.personnel_action.assignment IS 'D definitive, TT additional duty, PLT, PLH, PJ';
COMMENT ON COLUMN freeze_audit.personnel_action.decree_no IS 'Number of the decree (nomor SK)';
COMMENT ON COLUMN freeze_audit.personnel_action.approval_no IS 'Number of the approval letter the record cites';
COMMENT ON COLUMN freeze_audit.personnel_action.approval_date IS 'Date of that letter';
COMMENT ON COLUMN freeze_audit.personnel_action.revokes IS 'action_id of the act that this one undoes';
COMMENT ON COLUMN freeze_audit.personnel_action.recorded_at IS 'When the row was entered';
COMMENT ON COLUMN freeze_audit.personnel_action.changed_at IS 'When the row was last changed';
COMMENT ON COLUMN freeze_audit.personnel_action.source_dates IS 'The dates as found, where the site keeps them as text';

-- An ordinary view reads the tables below it as its owner, so the reader needs no privilege on them. Do not set
-- security_invoker on it (PostgreSQL 15 and newer): that would hand the reader the need for all of them.
REVOKE ALL ON freeze_audit.personnel_action FROM PUBLIC;
DO $grant$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'freeze_auditor_read') THEN
        REVOKE ALL ON freeze_audit.personnel_action FROM freeze_auditor_read;
        GRANT SELECT ON freeze_audit.personnel_action TO freeze_auditor_read;
    ELSE
        RAISE WARNING 'role freeze_auditor_read does not exist; nobody but the owner can read the view'
            USING HINT = 'As a superuser run: CREATE ROLE freeze_auditor_read NOLOGIN; Then run install.sql and this file again.';
    END IF;
END
$grant$;

COMMIT;
