-- mapping-riwayat-jabatan.sql: the contract view over a SIMPEG on PostgreSQL with date columns. First example.
--
--   psql -v ON_ERROR_STOP=1 -d simpeg -f sql/install.sql -f sql/mapping-riwayat-jabatan.sql
--
-- Reads simpeg.riwayat_jabatan (one row an act) and simpeg.pegawai (one row a person); sample.sql makes both with
-- made-up data. For your own SIMPEG copy this file, change the right-hand side below, keep the names on the left.
-- A site runs ONE mapping: it replaces the view that is there. (mapping-teks.sql is the other example: text dates.)
-- Run it as a role that may read the tables; that role owns the view, and the auditor needs no right on the tables.
--
-- Rules of thumb: leave dirt alone, the auditor shows it as found; filter nothing, a row left out here is a row never
-- judged; an optional column the site does not have stays NULL::text. Convert no date through timestamptz: 00:00 in
-- Jakarta is the day before in UTC.

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

-- Every column is cast, so that varchar(n) or char(n) in the table does not leak into the view's types, which CREATE OR
-- REPLACE could never change again. source_dates stays NULL: a date column holds no other spelling.
CREATE OR REPLACE VIEW freeze_audit.personnel_action AS
SELECT
    r.id::text                 AS action_id,
    r.jenis_mutasi::text       AS kind,
    r.tgl_sk::date             AS decree_date,
    r.tmt_jabatan::date        AS effective_date,
    r.tgl_pelantikan::date     AS inaugurated_on,
    r.kode_wilayah::text       AS region_code,
    r.nip::text                AS nip,
    p.nama::text               AS employee_name,
    r.jabatan_lama::text       AS post_from,
    r.jabatan_baru::text       AS post_to,
    r.unit_lama::text          AS unit_from,
    r.unit_baru::text          AS unit_to,
    r.eselon_lama::text        AS echelon_from,
    r.eselon_baru::text        AS echelon_to,
    r.jenis_jabatan_lama::text AS post_type_from,
    r.jenis_jabatan_baru::text AS post_type_to,
    r.status_penugasan::text   AS assignment,
    r.no_sk::text              AS decree_no,
    r.no_persetujuan::text     AS approval_no,
    r.tgl_persetujuan::date    AS approval_date,
    r.membatalkan_id::text     AS revokes,
    r.dibuat_pada::timestamptz AS recorded_at,
    r.diubah_pada::timestamptz AS changed_at,
    NULL::text                 AS source_dates
    -- Where the office keeps BKN's pertek, two more columns, behind all others (optional; shown, not judged):
    -- , r.no_pertek::text AS pertek_no, r.tgl_pertek::date AS pertek_date
FROM simpeg.riwayat_jabatan AS r
-- LEFT: an act whose NIP is misspelt must still be judged. pegawai.nip is unique; over a table where it is not, one act
-- would come out twice.
LEFT JOIN simpeg.pegawai AS p ON p.nip = r.nip;

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
