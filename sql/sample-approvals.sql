-- sample-approvals.sql: annexes of approval letters for the people of sample.sql.
--
--   psql -v ON_ERROR_STOP=1 -d simpeg -f sql/install.sql -f sql/sample.sql -f sql/sample-approvals.sql
--
-- Apart from sample.sql because it changes the question: without an approvals source a record's own letter number and
-- date count ("approved as recorded"); with one, the annex decides, person by person and post by post. Of the 46 people
-- setuju-01 .. 46, whose decree cites one letter, the annex lists 37, and one more of them for another post.
-- setuju-01 stands in it with the NIP spaced as letters print it. Other letters: one later than the act (susul-...),
-- one without a date, and those of the cases that were approved.
--
-- Only adds lines that are not there yet, to freeze_audit.approval; refuses where schema simpeg is not the sample. To remove:
--   DELETE FROM freeze_audit.approval WHERE letter_no IN ('100.2.2.6/5104/OTDA', '100.2.2.6/6230/OTDA', '100.2.2.6/7001/OTDA',
--       '100.2.2.6/9120/OTDA', '100.2.2.6/2207/OTDA', '100.2.2.6/3419/OTDA', 'X/OTDA');

BEGIN;
SET LOCAL search_path = pg_catalog, pg_temp;

DO $guard$
BEGIN
    IF obj_description(to_regnamespace('simpeg'), 'pg_namespace') IS DISTINCT FROM 'freeze-auditor sample' THEN
        RAISE EXCEPTION 'schema simpeg is not the sample; no made-up approvals are put beside real records'
            USING ERRCODE = 'FZ006', HINT = 'Run sql/sample.sql in a database of its own first.';
    END IF;
END
$guard$;

INSERT INTO freeze_audit.approval (letter_no, letter_date, nip, post_to, region_code)
SELECT annex.*
FROM (
    SELECT r.no_persetujuan AS letter_no, r.tgl_persetujuan AS letter_date,
        CASE WHEN r.id = 'setuju-01' THEN regexp_replace(r.nip, '^(.{8})(.{6})(.)(.{3})$', '\1 \2 \3 \4') ELSE r.nip END AS nip,
        CASE WHEN r.id = 'setuju-38' THEN 'Kepala Bidang Kesejahteraan' ELSE r.jabatan_baru END AS post_to,
        r.kode_wilayah AS region_code
    FROM simpeg.riwayat_jabatan AS r
    WHERE r.no_persetujuan IS NOT NULL AND r.id NOT BETWEEN 'setuju-39' AND 'setuju-46'
    ORDER BY r.no_persetujuan, r.id
) AS annex
WHERE NOT EXISTS (
    SELECT FROM freeze_audit.approval AS a
    WHERE (a.letter_no, a.nip, a.post_to) = (annex.letter_no, annex.nip, annex.post_to)
        AND a.letter_date IS NOT DISTINCT FROM annex.letter_date
        AND a.region_code IS NOT DISTINCT FROM annex.region_code
);

COMMIT;
