-- mapping-tanpa-jenis.sql: the contract view over the usual history of posts: one table, one row a post, no kind and no
-- post before. Third example.
--
--   psql -v ON_ERROR_STOP=1 -d simpeg -f sql/install.sql -f sql/sample-tanpa-jenis.sql -f sql/mapping-tanpa-jenis.sql
--
-- Reads kepegawaian.riwayat_jabatan and kepegawaian.pegawai, which sample-tanpa-jenis.sql makes. For your own tables copy this
-- file and change the query called history; or let `freeze-auditor map --db ...` write it from your catalog.
-- A site runs ONE mapping: it replaces the view that is there. Run it as a role that may read the tables; that role owns
-- the view, and the auditor needs no right on the tables.
--
-- How a row becomes an act:
-- - What a row names is the post TAKEN. The post LEFT is that of the row before of the same person, by TMT: lag().
-- - The kind is mutasi; whether it was a promosi or a demosi the auditor sees from the echelons. Only a person's first row,
--   to a post that leads nothing, is an appointment. The first row of a head is judged: the one before was never typed in.
-- - A Plt or Plh keeps the own post: that row is neither a post left nor a post before.
-- - Rows that the program hides (deleted_at) are left out; the auditor tells when an act that had an alert goes away.
--   is_active is no such mark: it says which post is held today, and every older act would vanish with it.
--
-- lag() sorts the whole history at each reading: some 4 s for a million rows (10 s where dates are text). Where that weighs, keep it as a MATERIALIZED
-- VIEW that is refreshed between two readings.

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
-- REPLACE could never change again. Where a date stands as text: freeze_audit.parse_date(r.column), and the text in
-- source_dates as mapping-teks.sql has it.
CREATE OR REPLACE VIEW freeze_audit.personnel_action AS
WITH history AS (
    -- Your tables, as what they mean.
    SELECT
        r.id                       AS sort_key,
        r.id::text                 AS action_id,
        -- Who it is; NULL where nobody knows, so that strangers do not become each other's past.
        nullif(btrim(r.pns_nip::text), '') AS person,
        r.tanggal_sk::date         AS decree_date,
        r.tmt_jabatan::date        AS effective_date,
        r.tmt_pelantikan::date     AS inaugurated_on,
        r.pns_nip::text            AS nip,
        p.nama::text               AS employee_name,
        r.nama_jabatan::text       AS post_to,
        btrim(r.unor::text)        AS unit_to,
        r.eselon::text             AS echelon_to,
        r.jenis_jabatan::text      AS post_type_to,
        r.penugasan::text          AS assignment,
        r.no_sk::text              AS decree_no,
        r.created_at::timestamptz  AS recorded_at,
        r.updated_at::timestamptz  AS changed_at
    FROM kepegawaian.riwayat_jabatan AS r
    -- LEFT: an act whose NIP is misspelt must still be judged. nip_baru is unique; over a table where it is not, one act
    -- would come out twice.
    LEFT JOIN kepegawaian.pegawai AS p ON p.nip_baru = r.pns_nip
    WHERE r.deleted_at IS NULL
), marked AS (
    SELECT h.*,
        coalesce(upper(btrim(h.assignment)) IN ('PLT', 'PLH'), false)
            OR coalesce(h.post_to COLLATE "C" ~* '^ *(plt|plh|pelaksana +(tugas|harian))([^a-z]|$)', false) AS is_stand_in,
        coalesce(h.echelon_to COLLATE "C" !~* '^ *(-|0+|99|null|none|non.*|tidak.*)? *$', false)
            OR coalesce(lower(btrim(h.post_type_to)) IN ('1', 'struktural'), false)
            OR coalesce(h.post_to COLLATE "C" ~* '^ *(kepala|ka[. ]|sekretaris|camat|lurah|asisten|inspektur|direktur)', false)
            AS is_leading
    FROM history AS h
), told AS (
    SELECT m.*,
        lag(m.post_to) OVER career      AS post_before,
        lag(m.unit_to) OVER career      AS unit_before,
        lag(m.echelon_to) OVER career   AS echelon_before,
        lag(m.post_type_to) OVER career AS post_type_before,
        -- Nobody has a row before, nor a first one; a stand-in's row is beside the career.
        m.person IS NOT NULL AND NOT m.is_stand_in AS has_career,
        row_number() OVER career = 1    AS is_first
    FROM marked AS m
    WINDOW career AS (PARTITION BY m.person, m.is_stand_in
        ORDER BY coalesce(m.effective_date, m.decree_date, m.inaugurated_on), m.decree_date, m.inaugurated_on, m.sort_key)
)
SELECT
    t.action_id,
    CASE WHEN t.has_career AND t.is_first AND NOT t.is_leading THEN 'pengangkatan pns' ELSE 'mutasi' END AS kind,
    t.decree_date,
    t.effective_date,
    t.inaugurated_on,
    NULL::text                                           AS region_code,
    t.nip,
    t.employee_name,
    CASE WHEN t.has_career THEN t.post_before END        AS post_from,
    t.post_to,
    CASE WHEN t.has_career THEN t.unit_before END        AS unit_from,
    t.unit_to,
    CASE WHEN t.has_career THEN t.echelon_before END     AS echelon_from,
    t.echelon_to,
    CASE WHEN t.has_career THEN t.post_type_before END   AS post_type_from,
    t.post_type_to,
    t.assignment,
    t.decree_no,
    NULL::text                                           AS approval_no,
    NULL::date                                           AS approval_date,
    NULL::text                                           AS revokes,
    t.recorded_at,
    t.changed_at,
    NULL::text                                           AS source_dates
    -- Where the office keeps BKN's pertek, two more columns, behind all others (optional; shown, not judged):
    -- , t.no_pertek::text AS pertek_no, t.tgl_pertek::date AS pertek_date
FROM told AS t;

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
