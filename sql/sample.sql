-- sample.sql: a made-up HR database to try freeze-auditor on: 5,000 officials, ten years, about 14,000 acts.
--
--   psql -v ON_ERROR_STOP=1 -d simpeg -f sql/install.sql -f sql/sample.sql -f sql/mapping-riwayat-jabatan.sql
--
-- Makes the schema simpeg with the tables of mapping-riwayat-jabatan.sql, and nothing outside it. It refuses to touch a
-- schema simpeg that it did not make itself (it looks for its own comment on the schema). Run again, it empties its two
-- tables and fills them with exactly the same rows; views and triggers that were put on them stay. Nobody in it exists:
-- names are put together from common name parts, and every number comes from arithmetic, not from random().
--
-- Which ids mean what (everything not listed here is an ordinary act, all of them outside every window):
--   kasus-2024-01 ...   shaped like a published case; kasus-2024-37 is in sample-teks.sql, its date is only a month
--   blok-01 .. 40       40 people in one SK inside the 2024 window, without approval; batal-01 .. 05 put five of them back
--   setuju-01 .. 46     46 people, approved before (the annex in sample-approvals.sql lists 37 of them)
--   susul-01 .. 12      approved after the act;  tanpa-tanggal-01: cites a letter without a date
--   tepi-...            on, and one day beside, the edges of the 2024 window
--   plt-..., pangkat-..., fungsional-..., pelaksana-...   inside the window, but no replacement of an official
--   ekor-..., lantik-...  the tail after determination, and the six months after the inauguration of 2025-02-20
--   kotor-...           the dirt date columns and texts can hold;  ganda-1/-2: one act entered twice
--   depan-..., mundur-1, label-...  dated ahead; entered long after its dates; recorded as another kind than it is

BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL TimeZone = 'Asia/Jakarta';
SET LOCAL DateStyle = 'ISO, YMD';

DO $schema$
BEGIN
    IF to_regnamespace('simpeg') IS NULL THEN
        CREATE SCHEMA simpeg;
        COMMENT ON SCHEMA simpeg IS 'freeze-auditor sample';
    ELSIF obj_description(to_regnamespace('simpeg'), 'pg_namespace') IS DISTINCT FROM 'freeze-auditor sample' THEN
        RAISE EXCEPTION 'schema simpeg exists and was not made by sample.sql; it is left alone'
            USING ERRCODE = 'FZ006', HINT = 'Load the sample into another database: createdb contoh && psql -d contoh -f sql/sample.sql';
    END IF;
END
$schema$;

CREATE TABLE IF NOT EXISTS simpeg.pegawai (
    nip           text NOT NULL CONSTRAINT pegawai_pkey PRIMARY KEY,
    nama          text NOT NULL,
    jenis_kelamin text NOT NULL,
    tgl_lahir     date NOT NULL,
    tmt_cpns      date
);
COMMENT ON TABLE simpeg.pegawai IS 'Made-up officials, one row a person';
COMMENT ON COLUMN simpeg.pegawai.nip IS 'NIP, 18 digits: birth YYYYMMDD, appointment YYYYMM (PPPK: 21 instead of the month), sex, serial';
COMMENT ON COLUMN simpeg.pegawai.nama IS 'Name, with titles';
COMMENT ON COLUMN simpeg.pegawai.jenis_kelamin IS 'L man, P woman';
COMMENT ON COLUMN simpeg.pegawai.tgl_lahir IS 'Date of birth';
COMMENT ON COLUMN simpeg.pegawai.tmt_cpns IS 'Start of service; NULL for contract staff (PPPK)';
COMMENT ON CONSTRAINT pegawai_pkey ON simpeg.pegawai IS 'One row a person';

CREATE TABLE IF NOT EXISTS simpeg.riwayat_jabatan (
    id                 text NOT NULL CONSTRAINT riwayat_jabatan_pkey PRIMARY KEY,
    nip                text,
    jenis_mutasi       text,
    jabatan_lama       text,
    jabatan_baru       text,
    unit_lama          text,
    unit_baru          text,
    eselon_lama        text,
    eselon_baru        text,
    jenis_jabatan_lama text,
    jenis_jabatan_baru text,
    status_penugasan   text,
    no_sk              text,
    tgl_sk             date,
    tmt_jabatan        date,
    tgl_pelantikan     date,
    no_persetujuan     text,
    tgl_persetujuan    date,
    membatalkan_id     text,
    kode_wilayah       text,
    dibuat_pada        timestamptz,
    diubah_pada        timestamptz
);
-- No foreign key to pegawai: real tables rarely have one, and the misspelt NIPs below would not fit it.
COMMENT ON TABLE simpeg.riwayat_jabatan IS 'Made-up career history, one row an act';
COMMENT ON COLUMN simpeg.riwayat_jabatan.id IS 'Identity of the act';
COMMENT ON COLUMN simpeg.riwayat_jabatan.nip IS 'NIP as entered, misspellings included';
COMMENT ON COLUMN simpeg.riwayat_jabatan.jenis_mutasi IS 'Kind of act as entered';
COMMENT ON COLUMN simpeg.riwayat_jabatan.jabatan_lama IS 'Post before';
COMMENT ON COLUMN simpeg.riwayat_jabatan.jabatan_baru IS 'Post after';
COMMENT ON COLUMN simpeg.riwayat_jabatan.unit_lama IS 'Unit before';
COMMENT ON COLUMN simpeg.riwayat_jabatan.unit_baru IS 'Unit after';
COMMENT ON COLUMN simpeg.riwayat_jabatan.eselon_lama IS 'Echelon before, in several spellings';
COMMENT ON COLUMN simpeg.riwayat_jabatan.eselon_baru IS 'Echelon after, in several spellings';
COMMENT ON COLUMN simpeg.riwayat_jabatan.jenis_jabatan_lama IS 'Post type before: 1 structural, 2 functional, 4 pelaksana';
COMMENT ON COLUMN simpeg.riwayat_jabatan.jenis_jabatan_baru IS 'Post type after';
COMMENT ON COLUMN simpeg.riwayat_jabatan.status_penugasan IS 'D definitive, TT additional duty, PLT, PLH, PJ';
COMMENT ON COLUMN simpeg.riwayat_jabatan.no_sk IS 'Number of the decree; one decree serves many people';
COMMENT ON COLUMN simpeg.riwayat_jabatan.tgl_sk IS 'Date of the decree';
COMMENT ON COLUMN simpeg.riwayat_jabatan.tmt_jabatan IS 'Date it takes effect';
COMMENT ON COLUMN simpeg.riwayat_jabatan.tgl_pelantikan IS 'Date of the oath';
COMMENT ON COLUMN simpeg.riwayat_jabatan.no_persetujuan IS 'Number of the approval letter cited';
COMMENT ON COLUMN simpeg.riwayat_jabatan.tgl_persetujuan IS 'Date of that letter';
COMMENT ON COLUMN simpeg.riwayat_jabatan.membatalkan_id IS 'id of the act this one undoes';
COMMENT ON COLUMN simpeg.riwayat_jabatan.kode_wilayah IS 'Kemendagri code of the region';
COMMENT ON COLUMN simpeg.riwayat_jabatan.dibuat_pada IS 'When the row was entered';
COMMENT ON COLUMN simpeg.riwayat_jabatan.diubah_pada IS 'When the row was last changed';
COMMENT ON CONSTRAINT riwayat_jabatan_pkey ON simpeg.riwayat_jabatan IS 'One row an id';

-- DELETE, not TRUNCATE: a reader whose snapshot is older than a TRUNCATE finds an empty table, and a daemon watching the
-- sample would rightly raise an alarm about it. Not DROP either: the contract view rests on these tables.
DELETE FROM simpeg.riwayat_jabatan;
DELETE FROM simpeg.pegawai;

-- A number 0 .. n-1 that looks random and is the same on every machine and version (random() with a seed is not:
-- its algorithm changed in PostgreSQL 15). Dropped at the end.
CREATE OR REPLACE FUNCTION simpeg.pick(item bigint, salt integer, n integer) RETURNS integer
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog
AS $function$
DECLARE
    x bigint := (item * 1000003 + salt * 998244353::bigint + 12345) % 2147483647;
BEGIN
    x := ((x # (x >> 15)) * 48271) % 2147483647;
    x := ((x # (x >> 13)) * 69621) % 2147483647;
    RETURN (x # (x >> 16)) % n;
END
$function$;

------------------------------------------------------------------------------------------------------------ officials

INSERT INTO simpeg.pegawai (nip, nama, jenis_kelamin, tgl_lahir, tmt_cpns)
SELECT prefix || lpad((row_number() OVER (PARTITION BY prefix ORDER BY i))::text, 3, '0'), nama, jk, lahir, cpns
FROM (
    SELECT i, jk, lahir, nama, CASE WHEN NOT pppk THEN cpns END AS cpns,
        to_char(lahir, 'YYYYMMDD') || CASE WHEN pppk THEN '202121' ELSE to_char(cpns, 'YYYYMM') END
            || CASE jk WHEN 'L' THEN '1' ELSE '2' END AS prefix
    FROM (
        SELECT i, jk, lahir, i % 10 IN (5, 6, 7) AND simpeg.pick(i, 6, 20) = 0 AS pppk,
            -- Appointed at 20 to 23, on the first of a month, before the history below begins.
            (date_trunc('month', lahir)::date + make_interval(years => 20 + simpeg.pick(i, 2, 4), months => simpeg.pick(i, 3, 12)))::date AS cpns,
            depan.bagian[1 + simpeg.pick(i, 4, array_length(depan.bagian, 1))]
                || ' ' || belakang.bagian[1 + simpeg.pick(i, 5, array_length(belakang.bagian, 1))]
                || (ARRAY['', '', ', S.E.', ', S.Sos.', ', S.H., M.H.', ', S.T.', ', S.Pd.', ', S.STP., M.Si.'])[1 + simpeg.pick(i, 7, 8)] AS nama
        FROM (
            SELECT i, CASE simpeg.pick(i, 0, 2) WHEN 0 THEN 'L' ELSE 'P' END AS jk,
                date '1966-03-01' + simpeg.pick(i, 1, 9000) AS lahir
            FROM generate_series(1, 5000) AS i
        ) AS orang
        JOIN (VALUES
            ('L', ARRAY['Agus', 'Bambang', 'Budi', 'Dedi', 'Eko', 'Fajar', 'Gunawan', 'Hadi', 'Hendra', 'Imam', 'Joko', 'Muhammad',
                'Nur', 'Rahmat', 'Rizal', 'Slamet', 'Sugeng', 'Teguh', 'Wahyu', 'Yusuf', 'I Made', 'I Wayan', 'Yohanes', 'Andi']),
            ('P', ARRAY['Sri', 'Siti', 'Dewi', 'Endang', 'Fitri', 'Indah', 'Kartika', 'Lestari', 'Maria', 'Ni Luh', 'Nur', 'Puji', 'Ratna',
                'Rina', 'Tri', 'Wahyuni', 'Yuliana', 'Ani', 'Dian', 'Eka', 'Rahayu', 'Retno', 'Ni Made', 'Hasnah'])
        ) AS depan (jk, bagian) USING (jk)
        CROSS JOIN (VALUES
            (ARRAY['Santoso', 'Wibowo', 'Hidayat', 'Setiawan', 'Nugroho', 'Saputra', 'Siregar', 'Nasution', 'Simanjuntak', 'Lubis', 'Harahap',
                'Pratama', 'Kurniawan', 'Susanto', 'Purnomo', 'Prasetyo', 'Hasibuan', 'Tanjung', 'Sihombing', 'Latuconsina', 'Wenda', 'Mandagi',
                'Rumambi', 'Daeng Mappuji', 'Suryani', 'Handayani', 'Astuti', 'Permata', 'Wijaya', 'Utami', 'Anggraini', 'Puspita', 'Kusuma',
                'Maharani', 'Ramadhan', 'Syahputra', 'Firmansyah', 'Hakim', 'Mulyadi', 'Suharto Putra'])
        ) AS belakang (bagian)
    ) AS bernama
) AS bernomor;

----------------------------------------------------------------------------------------------------- ordinary history
-- Nineteen officials in twenty get one to four acts each, on days when decrees were signed. All those days, with the oath up to
-- two days later, lie outside every window of the shipped calendar whatever wave the region took part in: the gaps in
-- the list are 2016-04-24 .. 10-24, 2017-08-12 .. 2018-02-12, 2020-01-08 .. 2021-08-26 and 2024-03-22 .. 2025-08-20.

DO $history$
DECLARE
    span     record;
    person   record;
    signed   date[] := '{}';
    day      date;
    acts     integer;
    wave     integer;
    item     bigint;
    serial   integer := 0;
    level    integer;
    next     integer;
    roll     integer;
    kind     text;
    post     text;
    new_post text;
    unit     text;
    new_unit text;
    kind_of_post     text;
    new_kind_of_post text;
    status   text;
    oath     date;
    effect   date;
    rungs    constant text[] := ARRAY['', 'IV.b', 'IV.a', 'III.b', 'III.a', 'II.b'];
    titles   constant text[] := ARRAY['Pengelola Data', 'Kepala Subbagian', 'Kepala Seksi', 'Kepala Bidang', 'Sekretaris', 'Kepala'];
    affairs  constant text[] := ARRAY['Keuangan', 'Umum dan Kepegawaian', 'Perencanaan', 'Pelayanan', 'Pengawasan', 'Pembangunan',
        'Data dan Informasi', 'Pengembangan', 'Ketertiban', 'Kesejahteraan'];
    offices  constant text[] := ARRAY['Dinas Kesehatan', 'Dinas Pendidikan', 'Dinas Perhubungan', 'Dinas Sosial', 'Dinas Perdagangan',
        'Dinas Pekerjaan Umum', 'Dinas Pertanian', 'Dinas Lingkungan Hidup', 'Badan Keuangan Daerah', 'Badan Pendapatan Daerah',
        'Inspektorat', 'Satuan Polisi Pamong Praja', 'Dinas Perpustakaan', 'Dinas Pariwisata', 'Sekretariat Daerah'];
    trades   constant text[] := ARRAY['Guru Ahli Pertama', 'Guru Ahli Muda', 'Guru Ahli Madya', 'Bidan Terampil', 'Perawat Ahli Pertama',
        'Pengawas Sekolah Ahli Madya', 'Penyuluh Pertanian Ahli Muda', 'Auditor Ahli Pertama'];
BEGIN
    FOR span IN
        SELECT * FROM (VALUES
            (date '2016-01-06', date '2016-04-19'), ('2016-11-02', '2017-08-03'), ('2018-02-21', '2019-12-20'),
            ('2020-01-02', '2020-01-03'), ('2021-09-06', '2024-03-19'), ('2024-03-21', '2024-03-21'), ('2025-09-01', '2025-12-18')
        ) AS s (first_day, last_day)
    LOOP
        day := span.first_day;
        WHILE day <= span.last_day LOOP
            IF extract(isodow FROM day) < 6 THEN
                signed := signed || day;
                day := day + 9 + simpeg.pick(day - date '2016-01-01', 10, 10);
            ELSE
                day := day + 1;
            END IF;
        END LOOP;
    END LOOP;

    FOR person IN SELECT p.nip, row_number() OVER (ORDER BY p.nip) AS i, p.tmt_cpns IS NULL AS pppk FROM simpeg.pegawai AS p LOOP
        CONTINUE WHEN person.i % 20 = 0;
        acts := (ARRAY[1, 2, 2, 2, 3, 3, 3, 3, 3, 4])[1 + simpeg.pick(person.i, 11, 10)];
        IF person.pppk THEN
            acts := 1;
        END IF;
        -- Half the staff climbs the administrative ladder (level 0 is pelaksana), half works in a trade (level -1).
        IF person.pppk OR simpeg.pick(person.i, 12, 2) = 0 THEN
            level := -1;
            post := trades[1 + simpeg.pick(person.i, 13, 8)];
            kind_of_post := '2';
        ELSE
            level := (ARRAY[0, 0, 0, 0, 1, 1, 2, 2, 3, 4])[1 + simpeg.pick(person.i, 14, 10)];
            IF level = 4 AND simpeg.pick(person.i, 15, 8) = 0 THEN
                level := 5;
            END IF;
            post := titles[level + 1];
            kind_of_post := CASE level WHEN 0 THEN '4' ELSE '1' END;
        END IF;
        unit := offices[1 + simpeg.pick(person.i, 16, 15)];
        IF level BETWEEN 1 AND 3 THEN
            post := post || ' ' || affairs[1 + simpeg.pick(person.i, 17, 10)];
        ELSIF level > 3 THEN
            post := post || ' ' || unit;
        END IF;

        FOR act IN 1 .. acts LOOP
            item := person.i * 10 + act;
            -- The career is cut into as many parts as there are acts; one day in each part. Contract staff came late.
            wave := CASE WHEN person.pppk THEN array_length(signed, 1) * 2 / 3 + simpeg.pick(item, 18, array_length(signed, 1) / 3)
                ELSE (act - 1) * array_length(signed, 1) / acts + simpeg.pick(item, 18, array_length(signed, 1) / acts) END;
            day := signed[1 + wave];
            roll := simpeg.pick(item, 19, 100);
            next := level;
            status := 'D';
            new_kind_of_post := kind_of_post;
            new_unit := offices[1 + simpeg.pick(item, 20, 15)];
            IF level = -1 THEN
                kind := CASE WHEN roll < 8 THEN 'promosi' ELSE 'mutasi' END;
                new_post := post;
                IF roll < 8 AND post LIKE 'Guru%' THEN
                    new_post := 'Kepala Sekolah';
                    status := 'TT';
                ELSIF roll < 8 THEN
                    kind := 'mutasi';
                END IF;
            ELSE
                IF roll < 30 AND level < 5 THEN
                    kind := 'promosi';
                    next := level + 1;
                ELSIF roll >= 94 AND level > 0 THEN
                    kind := 'demosi';
                    next := level - 1;
                ELSE
                    kind := CASE WHEN roll < 80 THEN 'mutasi' WHEN roll < 86 THEN 'rotasi' WHEN roll < 90 THEN 'MJ' ELSE 'Mutasi' END;
                END IF;
                new_post := titles[next + 1] || CASE WHEN next BETWEEN 1 AND 3 THEN ' ' || affairs[1 + simpeg.pick(item, 21, 10)]
                    WHEN next > 3 THEN ' ' || new_unit ELSE '' END;
                new_kind_of_post := CASE next WHEN 0 THEN '4' ELSE '1' END;
            END IF;
            -- Who is moved within a structure takes an oath, on the day or up to two days later; never past the edge.
            oath := CASE WHEN new_kind_of_post = '1' OR status = 'TT'
                THEN day + CASE WHEN day = date '2024-03-21' THEN 0 ELSE simpeg.pick(wave, 22, 3) END END;
            -- The date of effect follows the oath, but in quiet years it strays by weeks in either direction.
            effect := CASE
                WHEN day BETWEEN '2018-06-01' AND '2019-10-01' AND simpeg.pick(item, 23, 20) = 0 THEN day - 30 + simpeg.pick(item, 24, 60)
                WHEN day BETWEEN '2022-01-01' AND '2023-11-01' AND simpeg.pick(item, 23, 20) = 0 THEN day - 60 + simpeg.pick(item, 24, 120)
                ELSE coalesce(oath, day) END;
            serial := serial + 1;
            INSERT INTO simpeg.riwayat_jabatan
            VALUES ('rj-' || lpad(serial::text, 5, '0'), person.nip, kind, post, new_post, unit, new_unit,
                -- Echelons as different clerks write them; without one, as many ways again.
                CASE WHEN level > 0 THEN rungs[level + 1] ELSE (ARRAY['', 'Non Eselon', NULL, '0'])[1 + simpeg.pick(item, 25, 4)] END,
                CASE WHEN next <= 0 THEN (ARRAY['', 'Non Eselon', NULL, '0'])[1 + simpeg.pick(item, 25, 4)]
                    WHEN simpeg.pick(item, 26, 12) = 0 THEN replace(rungs[next + 1], '.', '')
                    WHEN simpeg.pick(item, 26, 12) = 1 THEN replace(rungs[next + 1], '.', '/')
                    ELSE rungs[next + 1] END,
                kind_of_post, new_kind_of_post, status,
                -- One decree for all of a rank on that day.
                format('821.%s/%s/%s', CASE WHEN next > 3 THEN 2 WHEN next > 0 THEN 3 ELSE 4 END, lpad((100 + wave)::text, 4, '0'), extract(year FROM day)),
                day, effect, oath, NULL, NULL, NULL, '33.74',
                day + make_interval(hours => 14, mins => simpeg.pick(item, 27, 170)),
                CASE WHEN simpeg.pick(item, 28, 10) = 0 THEN day + make_interval(hours => 17) END);
            post := new_post;
            unit := new_unit;
            level := next;
            kind_of_post := new_kind_of_post;
        END LOOP;
    END LOOP;
END
$history$;

--------------------------------------------------------------------------- inside the window, but nobody was replaced
-- Each official's post as the last ordinary act before the window left it.

CREATE TEMPORARY TABLE sample_post ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY r.nip) AS i, r.*
FROM (
    SELECT DISTINCT ON (nip) nip, jabatan_baru, unit_baru, eselon_baru, jenis_jabatan_baru, status_penugasan
    FROM simpeg.riwayat_jabatan
    WHERE tgl_sk < '2024-03-22'
    ORDER BY nip, tgl_sk DESC, id
) AS r;

-- Rank rises come in April and October, salary steps in any month, pensions on the first of a month. Posts stay.
INSERT INTO simpeg.riwayat_jabatan
SELECT 'pangkat-' || lpad((row_number() OVER (ORDER BY p.i, a.kind))::text, 4, '0'), p.nip, a.kind, p.jabatan_baru, p.jabatan_baru,
    p.unit_baru, p.unit_baru, p.eselon_baru, p.eselon_baru, p.jenis_jabatan_baru, p.jenis_jabatan_baru, p.status_penugasan,
    a.prefix || '/' || (1000 + p.i), a.day - 20, a.day, NULL, NULL, NULL, NULL, '33.74', a.day - 20 + time '10:00', NULL
FROM sample_post AS p
JOIN LATERAL (VALUES
    (0, 'kenaikan pangkat', '823.4', (ARRAY[date '2018-04-01', '2019-10-01', '2022-04-01', '2023-10-01', '2024-04-01'])[1 + simpeg.pick(p.i, 31, 5)]),
    (1, 'Kenaikan Pangkat', '823.4', date '2024-06-01'),
    (2, 'KGB', '822.4', make_date(2024, 4 + simpeg.pick(p.i, 32, 6), 1)),
    (3, 'pensiun', '882.4', make_date(2024, 5 + simpeg.pick(p.i, 33, 5), 1)),
    (4, 'meninggal dunia', '474.3', make_date(2024, 5 + simpeg.pick(p.i, 33, 5), 1)),
    (5, 'tugas belajar', '893.3', date '2024-09-01'),
    (6, 'inpassing', '821.29', date '2024-07-01'),
    (7, 'penyetaraan', '821.29', date '2021-12-31')
) AS a (roll, kind, prefix, day) ON a.roll = CASE
    WHEN p.i <= 250 AND simpeg.pick(p.i, 36, 3) = 0 THEN 3  -- numbered by NIP, hence by age: the oldest retire
    WHEN simpeg.pick(p.i, 30, 100) < 22 THEN 0
    WHEN simpeg.pick(p.i, 30, 100) < 24 THEN 1
    WHEN simpeg.pick(p.i, 30, 100) < 30 THEN 2
    WHEN simpeg.pick(p.i, 30, 1000) IN (130, 330, 530) THEN 4
    WHEN simpeg.pick(p.i, 30, 1000) IN (131, 331, 531) THEN 5
    WHEN simpeg.pick(p.i, 30, 100) = 34 THEN 6
    WHEN simpeg.pick(p.i, 30, 100) = 35 THEN 7
END
-- Who left in 2024 was not moved in 2025.
WHERE a.roll NOT IN (3, 4)
    OR NOT EXISTS (SELECT FROM simpeg.riwayat_jabatan AS later WHERE later.nip = p.nip AND later.tgl_sk > '2024-12-31');

-- Vacancies filled by a Plt or Plh: that is how it is done in the window.
INSERT INTO simpeg.riwayat_jabatan
SELECT 'plt-' || lpad(n::text, 2, '0'), p.nip, 'mutasi', p.jabatan_baru, s.label || ' Kepala Bidang Perencanaan', p.unit_baru, p.unit_baru,
    p.eselon_baru, 'III.b', '1', '1', s.code, '821.3/PLT/' || n || '/2024', d.day, d.day, NULL, NULL, NULL, NULL, '33.74', d.day + time '09:30', NULL
FROM (SELECT *, row_number() OVER (ORDER BY i) AS n FROM sample_post WHERE jenis_jabatan_baru = '1') AS p
CROSS JOIN LATERAL (SELECT CASE WHEN n % 3 = 0 THEN 'PLH' ELSE 'PLT' END, CASE WHEN n % 3 = 0 THEN 'Plh.' ELSE 'Plt.' END) AS s (code, label)
CROSS JOIN LATERAL (SELECT date '2024-04-01' + simpeg.pick(n, 34, 150)) AS d (day)
WHERE n <= 60;

-- Plain functional posts, and pelaksana to pelaksana: out of scope.
INSERT INTO simpeg.riwayat_jabatan
SELECT CASE jenis_jabatan_baru WHEN '2' THEN 'fungsional-' ELSE 'pelaksana-' END || lpad(n::text, 2, '0'), p.nip, 'mutasi',
    p.jabatan_baru, p.jabatan_baru, p.unit_baru, 'UPTD Wilayah ' || (1 + n % 5), '', '', p.jenis_jabatan_baru, p.jenis_jabatan_baru, 'D',
    '824.4/' || n || '/2024', d.day, d.day, NULL, NULL, NULL, NULL, '33.74', d.day + time '11:00', NULL
FROM (
    SELECT *, row_number() OVER (PARTITION BY jenis_jabatan_baru ORDER BY i) AS n
    FROM sample_post WHERE jenis_jabatan_baru IN ('2', '4') AND status_penugasan = 'D'
) AS p
CROSS JOIN LATERAL (SELECT date '2024-04-15' + simpeg.pick(n, 35, 120)) AS d (day)
WHERE n <= 40;

----------------------------------------------------------------------------------------------------- acts to be found
-- The people below are every twentieth official, 250 in all, who have no ordinary history.

CREATE TEMPORARY TABLE sample_person ON COMMIT DROP AS
SELECT i / 20 AS i, nip FROM (SELECT row_number() OVER (ORDER BY p.nip) AS i, p.nip FROM simpeg.pegawai AS p) AS ranked WHERE i % 20 = 0;

-- Shaped after published cases: places, dates and outcomes as the press printed them, posts and persons made up. Where a
-- case is judged as known on two days, each has its own row. kasus-2024-14 is the act that kasus-2024-14r undoes.
INSERT INTO simpeg.riwayat_jabatan
SELECT k.id, p.nip, k.kind, k.post_from, k.post_to, 'Sekretariat Daerah', 'Sekretariat Daerah', k.echelon_from, k.echelon_to, NULL, NULL,
    k.assignment, format('821.2/%s/%s', 500 + k.person, extract(year FROM coalesce(k.decree, k.oath))),
    k.decree, k.effect, k.oath, k.approval_no, k.approval_date, k.revokes, k.region,
    -- Entered on the day of the first date the record carries: none of these looks like a late entry.
    least(k.decree, k.effect, k.oath) + time '16:00', NULL
FROM (
    SELECT person, id, region, kind, decree::date, effect::date, oath::date, assignment, post_from, post_to, echelon_from, echelon_to,
        approval_no, approval_date::date, revokes
    FROM (VALUES
    (1, 'kasus-2024-01', '16.05', 'mutasi', '2024-03-21', NULL, '2024-03-22', NULL,
        'Kepala Bagian Umum', 'Sekretaris Dinas Sosial', 'III.a', 'III.a', NULL, NULL, NULL),
    (2, 'kasus-2024-01k', '16.05', 'mutasi', '2024-03-21', NULL, '2024-03-22', NULL,
        'Kepala Bagian Umum', 'Sekretaris Dinas Sosial', 'III.a', 'III.a', NULL, NULL, NULL),
    (3, 'kasus-2024-04', '13.12', 'promosi', '2024-03-22', NULL, '2024-03-22', NULL,
        'Kepala Seksi Pemerintahan', 'Kepala Bidang Pemasaran', 'IV.a', 'III.b', NULL, NULL, NULL),
    (4, 'kasus-2024-05', '13.01', 'mutasi', '2024-03-21', '2024-03-22', '2024-03-22', NULL,
        'Kepala Bagian Umum', 'Sekretaris Dinas Sosial', 'III.a', 'III.a', NULL, NULL, NULL),
    (5, 'kasus-2024-08', '71.06', 'mutasi', NULL, NULL, '2024-03-22', NULL,
        'Kepala Bagian Umum', 'Sekretaris Dinas Sosial', 'III.a', 'III.a', '100.2.2.6/3419/OTDA', '2024-05-10', NULL),
    (6, 'kasus-2024-10', '71.73', 'mutasi', NULL, NULL, '2024-05-17', NULL,
        'Kepala Bagian Umum', 'Sekretaris Dinas Sosial', 'III.a', 'III.a', '100.2.2.6/3419/OTDA', '2024-05-10', NULL),
    (7, 'kasus-2024-12', '33.16', 'mutasi', NULL, NULL, '2024-03-22', NULL,
        'Kepala Bagian Umum', 'Sekretaris Dinas Sosial', 'III.a', 'III.a', NULL, NULL, NULL),
    (8, 'kasus-2024-14', '52.05', 'mutasi', '2024-03-21', NULL, '2024-03-22', NULL,
        'Kepala Dinas Perhubungan', 'Kepala Dinas Perdagangan', 'II.b', 'II.b', NULL, NULL, NULL),
    (8, 'kasus-2024-14r', '52.05', 'mutasi', '2024-04-01', NULL, NULL, NULL,
        'Kepala Dinas Perhubungan', 'Kepala Dinas Perdagangan', 'II.b', 'II.b', NULL, NULL, 'kasus-2024-14'),
    (10, 'kasus-2024-15', '34.04', 'promosi', NULL, NULL, '2024-03-22', NULL,
        'Kepala Seksi Pemerintahan', 'Kepala Bidang Pemasaran', 'IV.a', 'III.b', NULL, NULL, NULL),
    (11, 'kasus-2024-21', '94.04', 'demosi', '2024-07-30', '2024-08-01', NULL, NULL,
        'Kepala Bidang', 'Pelaksana', 'III.b', NULL, NULL, NULL, NULL),
    (12, 'kasus-2024-23', '64', 'mutasi', '2024-03-21', NULL, NULL, NULL,
        'Kepala Bagian Umum', 'Sekretaris Dinas Sosial', 'III.a', 'III.a', NULL, NULL, NULL),
    (13, 'kasus-2024-32', '33.74', 'mutasi', '2024-06-03', NULL, NULL, 'PLT',
        'Kepala Bagian Umum', 'Plt. Sekretaris Dinas Sosial', 'III.a', 'III.a', NULL, NULL, NULL),
    (14, 'kasus-2020-01', '72.01', 'mutasi', NULL, NULL, '2020-04-22', NULL,
        'Kepala Bagian Umum', 'Sekretaris Dinas Sosial', 'III.a', 'III.a', NULL, NULL, NULL),
    (15, 'kasus-2020-04', '73.71', 'mutasi', NULL, NULL, '2020-09-04', NULL,
        'Kepala Seksi Pemerintahan', 'Kepala Seksi Pelayanan', 'IV.a', 'IV.a', 'X/OTDA', '2020-09-03', NULL),
    (16, 'kasus-2020-05', '33.26', 'mutasi', NULL, NULL, '2020-01-07', NULL,
        'Kepala Bagian Umum', 'Sekretaris Dinas Sosial', 'III.a', 'III.a', NULL, NULL, NULL),
    (17, 'kasus-2020-05k', '33.26', 'mutasi', NULL, NULL, '2020-01-07', NULL,
        'Kepala Bagian Umum', 'Sekretaris Dinas Sosial', 'III.a', 'III.a', NULL, NULL, NULL),
    (18, 'kasus-2020-07', '33.09', 'mutasi', NULL, NULL, '2020-01-07', NULL,
        'Kepala Bagian Umum', 'Sekretaris Dinas Sosial', 'III.a', 'III.a', NULL, NULL, NULL),
    (19, 'kasus-2020-09', '33.22', 'mutasi', NULL, NULL, '2020-01-07', NULL,
        'Kepala Bagian Umum', 'Sekretaris Dinas Sosial', 'III.a', 'III.a', NULL, NULL, NULL),
    (20, 'kasus-2020-11', '33.27', 'mutasi', NULL, NULL, '2020-01-07', NULL,
        'Kepala Bagian Umum', 'Sekretaris Dinas Sosial', 'III.a', 'III.a', NULL, NULL, NULL),
    (21, 'kasus-2020-13', '33.71', 'mutasi', NULL, NULL, '2020-01-07', NULL,
        'Kepala Bagian Umum', 'Sekretaris Dinas Sosial', 'III.a', 'III.a', NULL, NULL, NULL),
    (22, 'kasus-2020-15', '33.72', 'mutasi', NULL, NULL, '2019-12-31', NULL,
        'Kepala Bagian Umum', 'Sekretaris Dinas Sosial', 'III.a', 'III.a', NULL, NULL, NULL),
    (23, 'kasus-2020-17', '33.21', 'mutasi', NULL, NULL, '2020-01-02', NULL,
        'Kepala Bagian Umum', 'Sekretaris Dinas Sosial', 'III.a', 'III.a', NULL, NULL, NULL),
    (24, 'kasus-2020-19', '33.11', 'mutasi', NULL, NULL, '2020-01-06', NULL,
        'Kepala Bagian Umum', 'Sekretaris Dinas Sosial', 'III.a', 'III.a', NULL, NULL, NULL),
    (25, 'kasus-2020-30', '33.74', 'mutasi', NULL, NULL, '2020-01-08', NULL,
        'Kepala Bagian Umum', 'Sekretaris Dinas Sosial', 'III.a', 'III.a', NULL, NULL, NULL),
    (26, 'kasus-2020-32', '33.74', 'mutasi', NULL, NULL, '2020-02-01', NULL,
        'Kepala Bagian Umum', 'Sekretaris Dinas Sosial', 'III.a', 'III.a', NULL, NULL, NULL),
    (27, 'kasus-2020-33', '33.74', 'mutasi', NULL, NULL, '2020-02-01', NULL,
        'Kepala Bagian Umum', 'Sekretaris Dinas Sosial', 'III.a', 'III.a', NULL, NULL, NULL),
    (28, 'kasus-2018-01', '73.73', 'mutasi', '2017-11-17', NULL, NULL, 'TT',
        'Guru', 'Kepala Sekolah', NULL, NULL, NULL, NULL, NULL),
    (29, 'kasus-2017-01', '75.02', 'mutasi', '2016-08-05', NULL, NULL, NULL,
        'Direktur RSTN', 'Dokter', 'III.a', NULL, NULL, NULL, NULL)
    ) AS v (person, id, region, kind, decree, effect, oath, assignment, post_from, post_to, echelon_from, echelon_to, approval_no, approval_date, revokes)
) AS k
JOIN sample_person AS p ON p.i = k.person;

-- Whole groups in one decree. first_person leaves room for the cases above.
INSERT INTO simpeg.riwayat_jabatan
SELECT g.name || lpad(n::text, 2, '0'), p.nip,
    CASE n % 4 WHEN 0 THEN 'promosi' ELSE 'mutasi' END,
    CASE n % 4 WHEN 0 THEN 'Kepala Seksi Pelayanan' ELSE 'Kepala Bidang Pengembangan' END,
    'Kepala Bidang ' || (ARRAY['Perencanaan', 'Pengawasan', 'Pembangunan', 'Data dan Informasi'])[1 + n % 4],
    'Dinas Sosial', (ARRAY['Dinas Perhubungan', 'Dinas Perdagangan', 'Dinas Pariwisata'])[1 + n % 3],
    CASE n % 4 WHEN 0 THEN 'IV.a' ELSE 'III.b' END, 'III.b', '1', '1', 'D',
    g.decree_no, g.decree, g.oath, g.oath, g.letter_no, g.letter_date, NULL, '33.74', g.decree + time '13:00', NULL
FROM (VALUES
    ('blok-',          40,  41, '821.3/0614/2024', date '2024-06-14', date '2024-06-18', NULL,                    NULL::date),
    ('setuju-',        46,  81, '821.3/0715/2024', '2024-07-15',      '2024-07-17',      '100.2.2.6/5104/OTDA',   '2024-07-02'),
    ('susul-',         12, 127, '821.3/0801/2024', '2024-08-01',      '2024-08-02',      '100.2.2.6/6230/OTDA',   '2024-09-05'),
    ('tanpa-tanggal-',  1, 139, '821.3/0820/2024', '2024-08-20',      '2024-08-20',      '100.2.2.6/7001/OTDA',   NULL),
    ('ekor-',           1, 140, '821.3/1104/2024', '2024-11-04',      '2024-11-05',      NULL,                    NULL),
    ('ekor-disetujui-', 1, 141, '821.3/1203/2024', '2024-12-03',      '2024-12-04',      '100.2.2.6/9120/OTDA',   '2024-11-20'),
    ('lantik-',         1, 142, '821.3/0310/2025', '2025-03-10',      '2025-03-11',      NULL,                    NULL),
    ('lantik-disetujui-', 1, 143, '821.3/0602/2025', '2025-06-02',    '2025-06-03',      '100.2.2.6/2207/OTDA',   '2025-05-19')
) AS g (name, size, first_person, decree_no, decree, oath, letter_no, letter_date)
CROSS JOIN LATERAL generate_series(1, g.size) AS n
JOIN sample_person AS p ON p.i = g.first_person + n - 1;

-- The decree that puts five of the forty back.
INSERT INTO simpeg.riwayat_jabatan
SELECT replace(id, 'blok-', 'batal-'), nip, 'mutasi', jabatan_baru, jabatan_lama, unit_baru, unit_lama, eselon_baru, eselon_lama,
    '1', '1', 'D', '821.3/0628/2024', '2024-06-28', '2024-06-28', NULL, NULL, NULL, id, '33.74', timestamptz '2024-06-28 10:00+07', NULL
FROM simpeg.riwayat_jabatan
WHERE id BETWEEN 'blok-01' AND 'blok-05';

-- Single acts. Where a column has nothing to say, an ordinary structural transfer is assumed.
INSERT INTO simpeg.riwayat_jabatan
SELECT s.id, coalesce(s.nip, p.nip), s.kind, 'Kepala Bidang Pengembangan', coalesce(s.post_to, 'Kepala Bidang Perencanaan'),
    'Dinas Sosial', 'Dinas Perhubungan', coalesce(s.echelon_from, 'III.b'), coalesce(s.echelon_to, 'III.b'), '1', coalesce(s.type_to, '1'), 'D',
    coalesce(s.decree_no, '821.3/07' || s.person || '/' || coalesce(extract(year FROM least(s.decree, s.effect, s.oath))::text, 'xxxx')),
    s.decree, s.effect, s.oath, NULL, NULL, NULL, s.region,
    coalesce(s.entered, timestamptz '2024-03-01 08:00+07'), NULL
FROM (VALUES
    -- edges of 2024-03-22 .. 2024-09-22
    (144, 'tepi-2024-03-21', 'mutasi', date '2024-03-21', date '2024-03-21', date '2024-03-21', '33.74', NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, timestamptz '2024-03-21 09:00+07'),
    (145, 'tepi-2024-03-22', 'mutasi', '2024-03-22', '2024-03-22', '2024-03-22', '33.74', NULL, NULL, NULL, NULL, NULL, NULL, '2024-03-22 09:00+07'),
    (146, 'tepi-2024-09-22', 'mutasi', '2024-09-22', '2024-09-22', '2024-09-22', '33.74', NULL, NULL, NULL, NULL, NULL, NULL, '2024-09-22 09:00+07'),
    (147, 'tepi-2024-09-23', 'mutasi', '2024-09-23', '2024-09-23', '2024-09-23', '33.74', NULL, NULL, NULL, NULL, NULL, NULL, '2024-09-23 09:00+07'),
    -- entered before the oath, which lies inside: the most useful alert of all; and one planned for years from now
    (148, 'depan-1', 'promosi', '2024-03-19', '2024-04-17', '2024-04-17', '33.74', NULL, NULL, NULL, 'IV.a', NULL, NULL, '2024-03-19 15:00+07'),
    (149, 'depan-2', 'mutasi', '2027-11-01', '2027-12-01', '2027-12-01', '33.74', NULL, NULL, NULL, NULL, NULL, NULL, '2026-01-05 09:00+07'),
    -- dates just before the window, entered ten weeks into it
    (150, 'mundur-1', 'mutasi', '2024-03-20', '2024-03-21', '2024-03-21', '33.74', NULL, NULL, NULL, NULL, NULL, NULL, '2024-05-30 19:40+07'),
    -- recorded as a transfer, in truth a demotion, a promotion
    (151, 'label-1', 'mutasi', '2024-05-06', '2024-05-06', NULL, '33.74', NULL, NULL, 'Analis Kebijakan', 'II.b', 'Non Eselon', '4', '2024-05-06 09:00+07'),
    (152, 'label-2', 'MJ', '2024-05-06', '2024-05-06', '2024-05-07', '33.74', NULL, NULL, NULL, 'IV.a', 'III.a', NULL, '2024-05-06 09:00+07'),
    -- one act entered twice
    (153, 'ganda-1', 'mutasi', '2024-07-01', '2024-07-01', '2024-07-02', '33.74', '821.3/0701/2024', NULL, NULL, NULL, NULL, NULL, '2024-07-01 10:00+07'),
    (153, 'ganda-2', 'mutasi', '2024-07-01', '2024-07-01', '2024-07-02', '33.74', '821.3/0701/2024', NULL, NULL, NULL, NULL, NULL, '2024-07-01 10:00+07'),
    -- dates that are none: alone they leave nothing to judge ...
    (154, 'kotor-kosong',          'mutasi', NULL, NULL, NULL, '33.74', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (155, 'kotor-infinity',        'mutasi', 'infinity', 'infinity', 'infinity', '33.74', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (156, 'kotor-minus-infinity',  'mutasi', '-infinity', NULL, NULL, '33.74', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (157, 'kotor-0001',            'mutasi', '0001-01-01', '0001-01-01', NULL, '33.74', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (158, 'kotor-1970',            'mutasi', '1970-01-01', NULL, '1970-01-01', '33.74', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (159, 'kotor-10000',           'mutasi', '10000-01-01', NULL, NULL, '33.74', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (160, 'kotor-sm',              'mutasi', '0044-03-15 BC', NULL, NULL, '33.74', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (161, 'kotor-campur-kosong',   'mutasi', '0001-01-01', 'infinity', '1970-01-01', '33.74', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    -- ... but beside a real date they must neither hide it nor count themselves
    (162, 'kotor-infinity-dalam',  'mutasi', 'infinity', NULL, '2024-06-03', '33.74', NULL, NULL, NULL, NULL, NULL, NULL, '2024-06-03 09:00+07'),
    (163, 'kotor-1970-dalam',      'mutasi', '2024-06-03', '1970-01-01', NULL, '33.74', NULL, NULL, NULL, NULL, NULL, NULL, '2024-06-03 09:00+07'),
    (164, 'kotor-0001-luar',       'mutasi', '2023-06-05', '0001-01-01', NULL, '33.74', NULL, NULL, NULL, NULL, NULL, NULL, '2023-06-05 09:00+07'),
    (165, 'kotor-10000-luar',      'mutasi', '2023-06-05', '10000-01-01', NULL, '33.74', NULL, NULL, NULL, NULL, NULL, NULL, '2023-06-05 09:00+07'),
    -- kinds: padded, in capitals, abbreviated ...
    (166, 'kotor-jenis-spasi',     '  Mutasi ', '2024-06-10', NULL, NULL, '33.74', NULL, NULL, NULL, NULL, NULL, NULL, '2024-06-10 09:00+07'),
    (167, 'kotor-jenis-kapital',   'PROMOSI', '2024-06-10', NULL, NULL, '33.74', NULL, NULL, NULL, 'IV.a', NULL, NULL, '2024-06-10 09:00+07'),
    (168, 'kotor-jenis-tab',       E'demosi\t', '2024-06-10', NULL, NULL, '33.74', NULL, NULL, NULL, 'III.a', NULL, NULL, '2024-06-10 09:00+07'),
    (169, 'kotor-jenis-mu',        'mu', '2024-06-10', NULL, NULL, '33.74', NULL, NULL, NULL, NULL, NULL, NULL, '2024-06-10 09:00+07'),
    -- ... and such as nobody can judge
    (170, 'kotor-jenis-tanya',     'mutasi?', '2024-06-10', NULL, NULL, '33.74', NULL, NULL, NULL, NULL, NULL, NULL, '2024-06-10 09:00+07'),
    (171, 'kotor-jenis-kosong',    '', '2024-06-10', NULL, NULL, '33.74', NULL, NULL, NULL, NULL, NULL, NULL, '2024-06-10 09:00+07'),
    (172, 'kotor-jenis-null',      NULL, '2024-06-10', NULL, NULL, '33.74', NULL, NULL, NULL, NULL, NULL, NULL, '2024-06-10 09:00+07'),
    (173, 'kotor-jenis-strip',     '-', '2024-06-10', NULL, NULL, '33.74', NULL, NULL, NULL, NULL, NULL, NULL, '2024-06-10 09:00+07'),
    (174, 'kotor-jenis-angka',     '99', '2024-06-10', NULL, NULL, '33.74', NULL, NULL, NULL, NULL, NULL, NULL, '2024-06-10 09:00+07'),
    -- decree numbers
    (175, 'kotor-sk-temp',         'mutasi', '2024-06-11', NULL, NULL, '33.74', ' SK TEMP  ', NULL, NULL, NULL, NULL, NULL, '2024-06-11 09:00+07'),
    (176, 'kotor-sk-spasi',        'mutasi', '2024-06-14', NULL, '2024-06-18', '33.74', '  821.3/0614/2024 ', NULL, NULL, NULL, NULL, NULL, '2024-06-14 09:00+07'),
    (177, 'kotor-sk-strip',        'mutasi', '2024-06-11', NULL, NULL, '33.74', '-', NULL, NULL, NULL, NULL, NULL, '2024-06-11 09:00+07'),
    (178, 'kotor-sk-baris-baru',   'mutasi', '2024-06-11', NULL, NULL, '33.74', E'821.3/0611/2024\r\nBcc: x@example.org', NULL, NULL, NULL, NULL, NULL, '2024-06-11 09:00+07'),
    -- NIPs: a digit lost, dots, blanks, apostrophe, scientific notation, the zeros a spreadsheet leaves, none
    (179, 'kotor-nip-17',          'mutasi', '2024-06-12', NULL, NULL, '33.74', NULL, '19780412200501100', NULL, NULL, NULL, NULL, '2024-06-12 09:00+07'),
    (180, 'kotor-nip-titik',       'mutasi', '2024-06-12', NULL, NULL, '33.74', NULL, '19780412.200501.1.004', NULL, NULL, NULL, NULL, '2024-06-12 09:00+07'),
    (181, 'kotor-nip-spasi',       'mutasi', '2024-06-12', NULL, NULL, '33.74', NULL, ' 19780412 200501 1 004 ', NULL, NULL, NULL, NULL, '2024-06-12 09:00+07'),
    (182, 'kotor-nip-apostrof',    'mutasi', '2024-06-12', NULL, NULL, '33.74', NULL, '''197804122005011004', NULL, NULL, NULL, NULL, '2024-06-12 09:00+07'),
    (183, 'kotor-nip-ilmiah',      'mutasi', '2024-06-12', NULL, NULL, '33.74', NULL, '1.97804E+17', NULL, NULL, NULL, NULL, '2024-06-12 09:00+07'),
    (184, 'kotor-nip-nol',         'mutasi', '2024-06-12', NULL, NULL, '33.74', NULL, '197804122005011000', NULL, NULL, NULL, NULL, '2024-06-12 09:00+07'),
    (185, 'kotor-nip-kosong',      'mutasi', '2024-06-12', NULL, NULL, '33.74', NULL, '', NULL, NULL, NULL, NULL, '2024-06-12 09:00+07'),
    -- regions: not recorded, padded
    (186, 'kotor-wilayah-null',    'mutasi', '2024-06-13', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2024-06-13 09:00+07'),
    (187, 'kotor-wilayah-spasi',   'mutasi', '2024-06-13', NULL, NULL, ' 33.74 ', NULL, NULL, NULL, NULL, NULL, NULL, '2024-06-13 09:00+07')
) AS s (person, id, kind, decree, effect, oath, region, decree_no, nip, post_to, echelon_from, echelon_to, type_to, entered)
JOIN sample_person AS p ON p.i = s.person;

-- A name as a form field left it.
UPDATE simpeg.pegawai SET nama = '  ' || upper(nama) || '   ' WHERE nip = (SELECT nip FROM sample_person WHERE i = 166);

-- Only a tool of this file; the schema is to hold the two tables and nothing else.
DROP FUNCTION simpeg.pick(bigint, integer, integer);

-- So that the first audit is planned with the true sizes in mind.
ANALYZE simpeg.pegawai;
ANALYZE simpeg.riwayat_jabatan;

COMMIT;
