-- sample-teks.sql: a small table with cryptic names and dates as text, for mapping-teks.sql. Made-up, nobody exists.
--
--   psql -v ON_ERROR_STOP=1 -d simpeg -f sql/install.sql -f sql/sample-teks.sql -f sql/mapping-teks.sql
--
-- Makes the schema kepeg and in it the table t_rjab, and refuses a schema kepeg that it did not make itself (it looks for
-- its own comment on the schema). Run again, it leaves exactly the same rows.
--
-- Ids: kasus-2024-37 is the published case whose date is known to the month only. e-.. is one act of 2024-05-02 in every
-- spelling that means a full date; b-.. the edges of the 2024 window; p-.. dates known in part; x-.. texts that are no
-- date; k-.. codes and kinds; n-.. NIPs and decree numbers.

BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL search_path = pg_catalog, pg_temp;

DO $schema$
BEGIN
    IF to_regnamespace('kepeg') IS NULL THEN
        CREATE SCHEMA kepeg;
        COMMENT ON SCHEMA kepeg IS 'freeze-auditor sample';
    ELSIF obj_description(to_regnamespace('kepeg'), 'pg_namespace') IS DISTINCT FROM 'freeze-auditor sample' THEN
        RAISE EXCEPTION 'schema kepeg exists and was not made by sample-teks.sql; it is left alone'
            USING ERRCODE = 'FZ006', HINT = 'Load the sample into another database.';
    END IF;
END
$schema$;

CREATE TABLE IF NOT EXISTS kepeg.t_rjab (
    kd        varchar(40) NOT NULL CONSTRAINT t_rjab_pkey PRIMARY KEY,
    nip18     varchar(40),
    nm        varchar(100),
    jns       varchar(20),
    jb_l      varchar(100),
    jb_b      varchar(100),
    uk_l      varchar(100),
    uk_b      varchar(100),
    es_l      varchar(20),
    es_b      varchar(20),
    jj_l      varchar(5),
    jj_b      varchar(5),
    stt       varchar(5),
    nosk      varchar(60),
    tgsk      varchar(60),
    tmtjab    varchar(60),
    tgllantik varchar(60),
    nostj     varchar(60),
    tgstj     varchar(60),
    btlkd     varchar(40),
    kdwil     varchar(10),
    wktrekam  timestamp,
    wktubah   timestamp
);
COMMENT ON TABLE kepeg.t_rjab IS 'Made-up career history as an old program keeps it: short names, dates as text';
COMMENT ON COLUMN kepeg.t_rjab.kd IS 'Identity of the act';
COMMENT ON COLUMN kepeg.t_rjab.nip18 IS 'NIP as typed';
COMMENT ON COLUMN kepeg.t_rjab.nm IS 'Name';
COMMENT ON COLUMN kepeg.t_rjab.jns IS 'Kind: 1 mutasi, 2 promosi, 3 demosi, 4 rank rise, 5 salary step, 6 pension; or a word';
COMMENT ON COLUMN kepeg.t_rjab.jb_l IS 'Post before';
COMMENT ON COLUMN kepeg.t_rjab.jb_b IS 'Post after';
COMMENT ON COLUMN kepeg.t_rjab.uk_l IS 'Unit before';
COMMENT ON COLUMN kepeg.t_rjab.uk_b IS 'Unit after';
COMMENT ON COLUMN kepeg.t_rjab.es_l IS 'Echelon before, as a code: 22 is II.b, 31 is III.a';
COMMENT ON COLUMN kepeg.t_rjab.es_b IS 'Echelon after, as a code';
COMMENT ON COLUMN kepeg.t_rjab.jj_l IS 'Post type before: 1 structural, 2 functional, 4 pelaksana';
COMMENT ON COLUMN kepeg.t_rjab.jj_b IS 'Post type after';
COMMENT ON COLUMN kepeg.t_rjab.stt IS 'Assignment: D, TT, PLT, PLH, PJ';
COMMENT ON COLUMN kepeg.t_rjab.nosk IS 'Number of the decree';
COMMENT ON COLUMN kepeg.t_rjab.tgsk IS 'Date of the decree, as text';
COMMENT ON COLUMN kepeg.t_rjab.tmtjab IS 'Date of effect, as text';
COMMENT ON COLUMN kepeg.t_rjab.tgllantik IS 'Date of the oath, as text';
COMMENT ON COLUMN kepeg.t_rjab.nostj IS 'Number of the approval letter';
COMMENT ON COLUMN kepeg.t_rjab.tgstj IS 'Date of the approval letter, as text';
COMMENT ON COLUMN kepeg.t_rjab.btlkd IS 'kd of the act this one undoes';
COMMENT ON COLUMN kepeg.t_rjab.kdwil IS 'Kemendagri code of the region';
COMMENT ON COLUMN kepeg.t_rjab.wktrekam IS 'When entered, wall clock of Jakarta';
COMMENT ON COLUMN kepeg.t_rjab.wktubah IS 'When changed, wall clock of Jakarta';
COMMENT ON CONSTRAINT t_rjab_pkey ON kepeg.t_rjab IS 'One row an id';

-- Not DROP or TRUNCATE: the contract view rests on the table, and a reader must never find it empty.
DELETE FROM kepeg.t_rjab;

INSERT INTO kepeg.t_rjab
SELECT v.kd,
    coalesce(v.nip, to_char(date '1970-02-03' + 97 * v.n::integer, 'YYYYMMDD') || to_char(date '1995-01-01' + 61 * v.n::integer, 'YYYYMM') || (1 + v.n % 2) || lpad(v.n::text, 3, '0')),
    (ARRAY['Agus', 'Sri', 'Budi', 'Dewi', 'Hendra', 'Ratna', 'Joko'])[1 + v.n % 7] || ' ' || (ARRAY['Santoso', 'Lestari', 'Nugroho', 'Siregar', 'Wibowo'])[1 + v.n % 5],
    v.jns, 'Kepala Bidang Pengembangan', 'Kepala Bidang Perencanaan', 'Dinas Sosial', 'Dinas Perhubungan', '32', '32', '1', '1', v.stt,
    coalesce(v.nosk, '821.3/' || (300 + v.n) || '/2024'), v.tgsk, v.tmtjab, v.tgllantik, v.nostj, v.tgstj, v.btlkd, '33.16',
    v.wktrekam::timestamp, NULL
FROM (
    SELECT row_number() OVER () AS n, a.*
    FROM (VALUES
        -- kd, jns, tgsk, tmtjab, tgllantik, stt, nosk, nip, nostj, tgstj, btlkd, wktrekam
        ('kasus-2024-37', '1', '2024-03',              NULL::text,   NULL::text,   'D', NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, '2024-03-28 09:00'),
        -- 2 May 2024, written in every way met
        ('e-iso',         '1', '2024-05-02',           NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-05-02 10:00'),
        ('e-iso-miring',  '1', '2024/05/02',           NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-05-02 10:00'),
        ('e-strip',       '1', '02-05-2024',           NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-05-02 10:00'),
        ('e-miring',      '1', '02/05/2024',           NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-05-02 10:00'),
        ('e-titik',       '1', '02.05.2024',           NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-05-02 10:00'),
        ('e-rapat',       '1', '20240502',             NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-05-02 10:00'),
        ('e-jam',         '1', '2024-05-02 00:00:00',  NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-05-02 10:00'),
        ('e-jam-t',       '1', '2024-05-02T23:59:59.999Z', NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-05-02 10:00'),
        ('e-zona',        '1', '2024-05-02T00:00:00+07:00', NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-05-02 10:00'),
        ('e-bulan',       '1', '2 Mei 2024',           NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-05-02 10:00'),
        ('e-bulan-nol',   '1', '02 MEI 2024',          NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-05-02 10:00'),
        ('e-bulan-en',    '1', '02-May-2024',          NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-05-02 10:00'),
        ('e-spasi',       '1', '  02-05-2024 ',        NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-05-02 10:00'),
        ('e-spasi-tetap', '1', '~02-05-2024~',         NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-05-02 10:00'),
        ('e-apostrof',    '1', '''02-05-2024',         NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-05-02 10:00'),
        -- three spellings in one row; other month names
        ('e-campur',      '2', '30 Agustus 2024',      '01/09/2024', '02-Sept-2024', 'D', NULL, NULL, NULL, NULL, NULL, '2024-08-30 10:00'),
        ('e-agt',         '3', '5 Agt 2024',           '2024-08-05', '-', 'D', NULL, NULL, NULL, NULL, NULL, '2024-08-05 10:00'),
        ('e-luar',        '1', '15 Nopember 2023',     '15-11-2023', '15/11/2023', 'D', NULL, NULL, NULL, NULL, NULL, '2023-11-15 10:00'),
        ('e-luar-des',    '1', '29 Des 2021',          '03.01.2022', NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2021-12-29 10:00'),
        -- edges of 2024-03-22 .. 2024-09-22
        ('b-21',          '1', '21 Maret 2024',        NULL, '21-03-2024', 'D', NULL, NULL, NULL, NULL, NULL, '2024-03-21 10:00'),
        ('b-21-22',       '1', '21/03/2024',           NULL, '22/03/2024', 'D', NULL, NULL, NULL, NULL, NULL, '2024-03-21 10:00'),
        ('b-22-malam',    '1', '2024-03-22 00:00:00+07', NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-03-22 00:05'),
        ('b-akhir',       '1', '22 September 2024',    NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-09-22 10:00'),
        -- known in part: ranges, wholly inside, straddling the edge, wholly outside
        ('p-bulan-dalam', '1', '2024-06',              NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-06-20 10:00'),
        ('p-bulan-luar',  '1', '2023-06',              NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2023-06-20 10:00'),
        ('p-tahun',       '1', '2024',                 NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-12-20 10:00'),
        ('p-tahun-luar',  '1', '2022',                 NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2022-12-20 10:00'),
        ('p-campur',      '1', '2024',                 NULL, '18-06-2024', 'D', NULL, NULL, NULL, NULL, NULL, '2024-06-18 10:00'),
        -- no date at all
        ('x-null',        '1', NULL,                   NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, NULL),
        ('x-kosong',      '1', '',                     '',   '',   'D', NULL, NULL, NULL, NULL, NULL, NULL),
        ('x-strip',       '1', '-',                    NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, NULL),
        ('x-nol',         '1', '0000-00-00',           '0000-00-00', NULL, 'D', NULL, NULL, NULL, NULL, NULL, NULL),
        ('x-0001',        '1', '0001-01-01',           '01-01-0001', NULL, 'D', NULL, NULL, NULL, NULL, NULL, NULL),
        ('x-1970',        '1', '1970-01-01',           '01/01/1970', '1 Januari 1970', 'D', NULL, NULL, NULL, NULL, NULL, NULL),
        ('x-infinity',    '1', 'infinity',             '-infinity', NULL, 'D', NULL, NULL, NULL, NULL, NULL, NULL),
        ('x-mustahil',    '1', '31/02/2024',           NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, NULL),
        ('x-bulan-13',    '1', '2024-13-01',           NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, NULL),
        ('x-10000',       '1', '10000-01-01',          NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, NULL),
        ('x-dua-angka',   '1', '02/05/24',             NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, NULL),
        ('x-kata',        '1', 'menyusul',             NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, NULL),
        ('x-titik-koma',  '1', '2024; 2023',           NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, NULL),
        ('x-tolong',      '1', '0000-00-00',           NULL, '2024-07-03', 'D', NULL, NULL, NULL, NULL, NULL, '2024-07-03 10:00'),
        -- codes and kinds
        ('k-plt',         '1', '03-06-2024',           NULL, NULL, 'PLT', NULL, NULL, NULL, NULL, NULL, '2024-06-03 10:00'),
        ('k-pangkat',     '4', '03-06-2024',           NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-06-03 10:00'),
        ('k-kgb',         '5', '03-06-2024',           NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-06-03 10:00'),
        ('k-pensiun',     '6', '03-06-2024',           NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-06-03 10:00'),
        ('k-kata',        ' Rotasi ', '03-06-2024',    NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-06-03 10:00'),
        ('k-asing',       '9', '03-06-2024',           NULL, NULL, 'D', NULL, NULL, NULL, NULL, NULL, '2024-06-03 10:00'),
        ('k-setuju',      '1', '04-06-2024',           NULL, '05-06-2024', 'D', NULL, NULL, '100.2.2.6/4001/OTDA', '20 Mei 2024', NULL, '2024-06-04 10:00'),
        ('k-susul',       '1', '04-06-2024',           NULL, '05-06-2024', 'D', NULL, NULL, '100.2.2.6/4002/OTDA', '20-Jul-2024', NULL, '2024-06-04 10:00'),
        ('k-batal',       '1', '10-05-2024',           NULL, NULL, 'D', NULL, NULL, NULL, NULL, 'e-iso', '2024-05-10 10:00'),
        -- NIPs and decree numbers
        ('n-ilmiah',      '1', '03-06-2024',           NULL, NULL, 'D', ' SK TEMP ', '1.97804E+17', NULL, NULL, NULL, '2024-06-03 10:00'),
        ('n-apostrof',    '1', '03-06-2024',           NULL, NULL, 'D', NULL, '''197804122005011004', NULL, NULL, NULL, '2024-06-03 10:00')
    ) AS a (kd, jns, tgsk, tmtjab, tgllantik, stt, nosk, nip, nostj, tgstj, btlkd, wktrekam)
) AS v;

-- A no-break blank, put in by number so that this file stays plain ASCII.
UPDATE kepeg.t_rjab SET tgsk = translate(tgsk, '~', chr(160)) WHERE kd = 'e-spasi-tetap';

ANALYZE kepeg.t_rjab;

COMMIT;
