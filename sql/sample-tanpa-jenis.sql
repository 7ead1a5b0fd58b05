-- sample-tanpa-jenis.sql: the usual history of posts, without a kind and without the post before, for
-- mapping-tanpa-jenis.sql. Made-up, nobody exists.
--
--   psql -v ON_ERROR_STOP=1 -d simpeg -f sql/install.sql -f sql/sample-tanpa-jenis.sql -f sql/mapping-tanpa-jenis.sql
--
-- Makes the schema kepegawaian with pegawai (one row a person) and riwayat_jabatan (one row a post), and refuses a schema
-- of that name that it did not make itself (it looks for its own comment on the schema). Run again, it leaves exactly the
-- same rows.

BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL search_path = pg_catalog, pg_temp;

DO $schema$
BEGIN
    IF to_regnamespace('kepegawaian') IS NULL THEN
        CREATE SCHEMA kepegawaian;
        COMMENT ON SCHEMA kepegawaian IS 'freeze-auditor sample';
    ELSIF obj_description(to_regnamespace('kepegawaian'), 'pg_namespace') IS DISTINCT FROM 'freeze-auditor sample' THEN
        RAISE EXCEPTION 'schema kepegawaian exists and was not made by sample-tanpa-jenis.sql; it is left alone'
            USING ERRCODE = 'FZ006', HINT = 'Load the sample into another database.';
    END IF;
END
$schema$;

CREATE TABLE IF NOT EXISTS kepegawaian.pegawai (
    id       bigint       NOT NULL CONSTRAINT pegawai_pkey PRIMARY KEY,
    nip_baru varchar(20)  CONSTRAINT pegawai_nip_baru_key UNIQUE,
    nama     varchar(200)
);
COMMENT ON TABLE kepegawaian.pegawai IS 'Made-up officials';
COMMENT ON COLUMN kepegawaian.pegawai.id IS 'Number of the person in this program';
COMMENT ON COLUMN kepegawaian.pegawai.nip_baru IS 'NIP, 18 digits';
COMMENT ON COLUMN kepegawaian.pegawai.nama IS 'Name';
COMMENT ON CONSTRAINT pegawai_pkey ON kepegawaian.pegawai IS 'One row a person';
COMMENT ON CONSTRAINT pegawai_nip_baru_key ON kepegawaian.pegawai IS 'One person an NIP';

CREATE TABLE IF NOT EXISTS kepegawaian.riwayat_jabatan (
    id             bigint       NOT NULL CONSTRAINT riwayat_jabatan_pkey PRIMARY KEY,
    pns_nip        varchar(20),
    unor           text,
    jenis_jabatan  varchar(10),
    nama_jabatan   text,
    eselon         varchar(100),
    tmt_jabatan    date,
    no_sk          varchar(100),
    tanggal_sk     date,
    tmt_pelantikan date,
    penugasan      varchar(10),
    is_active      smallint,
    created_at     timestamptz,
    updated_at     timestamptz,
    deleted_at     timestamptz
);
COMMENT ON TABLE kepegawaian.riwayat_jabatan IS 'Made-up history of posts: one row a post, no kind, no post before';
COMMENT ON COLUMN kepegawaian.riwayat_jabatan.id IS 'Number of the row, in the order of typing';
COMMENT ON COLUMN kepegawaian.riwayat_jabatan.pns_nip IS 'NIP of the official';
COMMENT ON COLUMN kepegawaian.riwayat_jabatan.unor IS 'Unit, padded as the national system pads it';
COMMENT ON COLUMN kepegawaian.riwayat_jabatan.jenis_jabatan IS '1 structural, 2 functional, 4 pelaksana';
COMMENT ON COLUMN kepegawaian.riwayat_jabatan.nama_jabatan IS 'The post taken';
COMMENT ON COLUMN kepegawaian.riwayat_jabatan.eselon IS 'Echelon of the post taken';
COMMENT ON COLUMN kepegawaian.riwayat_jabatan.tmt_jabatan IS 'TMT';
COMMENT ON COLUMN kepegawaian.riwayat_jabatan.no_sk IS 'Number of the decree';
COMMENT ON COLUMN kepegawaian.riwayat_jabatan.tanggal_sk IS 'Date of the decree';
COMMENT ON COLUMN kepegawaian.riwayat_jabatan.tmt_pelantikan IS 'Date of the oath';
COMMENT ON COLUMN kepegawaian.riwayat_jabatan.penugasan IS 'D definitive, TT additional duty, PLT, PLH, PJ; empty on older rows';
COMMENT ON COLUMN kepegawaian.riwayat_jabatan.is_active IS '1: the post of today. Not a mark of deletion: old posts have 0';
COMMENT ON COLUMN kepegawaian.riwayat_jabatan.created_at IS 'When the row was entered';
COMMENT ON COLUMN kepegawaian.riwayat_jabatan.updated_at IS 'When it was last changed';
COMMENT ON COLUMN kepegawaian.riwayat_jabatan.deleted_at IS 'When the program hid the row; NULL: it stands';
COMMENT ON CONSTRAINT riwayat_jabatan_pkey ON kepegawaian.riwayat_jabatan IS 'One row a number';

TRUNCATE kepegawaian.riwayat_jabatan, kepegawaian.pegawai;

INSERT INTO kepegawaian.pegawai (id, nip_baru, nama) VALUES
    (1, '198501012010011001', 'Contoh Asih'),
    (2, '198602022011012002', 'Contoh Budi'),
    (3, '199903032024031003', 'Contoh Cahya'),
    (4, '197804042003121004', 'Contoh Dewi'),
    (5, '198005052006042005', 'Contoh Eko');

INSERT INTO kepegawaian.riwayat_jabatan
    (id, pns_nip, unor, jenis_jabatan, nama_jabatan, eselon, tmt_jabatan, no_sk, tanggal_sk, tmt_pelantikan, penugasan, is_active, created_at, deleted_at)
VALUES
    -- Typed in years later, newest first: the order is that of the TMT, never that of the numbers.
    (12, '198501012010011001', 'BPKAD     ', '1', 'Kepala Bidang Anggaran', 'III.b', '2024-03-22', '821.2/55/2024', '2024-03-21', '2024-03-22', 'D', 1, '2024-03-25 10:00+07', NULL),
    (13, '198501012010011001', 'BPKAD', '1', 'Kepala Bidang Aset', 'III.b', '2022-06-01', '821.2/20/2022', '2022-05-30', '2022-06-01', 'D', 0, '2024-03-25 10:01+07', NULL),
    (14, '198501012010011001', 'BPKAD', '1', 'Kepala Subbidang Aset', 'IV.a', '2019-01-02', '821.2/3/2019', '2019-01-02', NULL, '', 0, '2024-03-25 10:02+07', NULL),
    (15, '198501012010011001', 'BPKAD', '4', 'Pengadministrasi Umum', '', '2010-01-01', '813/1/2010', '2009-12-28', NULL, NULL, 0, '2024-03-25 10:03+07', NULL),
    -- Down to a section in the freeze: a demosi that no column calls so.
    (20, '198602022011012002', 'Dinas Sosial', '1', 'Kepala Bidang Rehabilitasi', 'III.b', '2021-11-01', '821.2/9/2021', '2021-11-01', '2021-11-01', 'D', 0, '2021-11-02 08:00+07', NULL),
    (21, '198602022011012002', 'Kecamatan Contoh', '1', 'Kepala Seksi Trantib', 'IV.a', '2024-05-02', '821.2/77/2024', '2024-05-02', '2024-05-02', 'D', 1, '2024-05-03 08:00+07', NULL),
    -- A first post, of a clerk: an appointment.
    (30, '199903032024031003', 'Dinas Sosial', '4', 'Penelaah Teknis Kebijakan', NULL, '2024-05-01', '813/40/2024', '2024-04-26', NULL, NULL, 1, '2024-05-02 09:00+07', NULL),
    -- A Plt beside her own post: no replacement, and not the post before the next one.
    (40, '197804042003121004', 'Dinas Kesehatan', '1', 'Sekretaris Dinas', 'III.a', '2020-10-01', '821.2/60/2020', '2020-10-01', '2020-10-01', 'D', 1, '2020-10-02 09:00+07', NULL),
    (41, '197804042003121004', 'Dinas Kesehatan', '1', 'Kepala Dinas', 'II.b', '2024-04-15', '824/15/2024', '2024-04-15', NULL, 'PLT', 0, '2024-04-16 09:00+07', NULL),
    (42, '197804042003121004', 'Dinas Kesehatan', '1', 'Kepala Bidang Gizi', 'III.b', '2024-06-03', '821.2/90/2024', '2024-06-03', '2024-06-03', 'D', 0, '2024-06-04 09:00+07', NULL),
    -- Typed by mistake and hidden by the program.
    (43, '197804042003121004', 'Dinas Kesehatan', '1', 'Kepala Bidang Salah Ketik', 'III.b', '2024-06-02', '821.2/90/2024', '2024-06-02', NULL, 'D', 0, '2024-06-03 09:00+07', '2024-06-03 09:05+07'),
    -- The first row there is, of a head: he had a post before that nobody typed in. Judged.
    (50, '198005052006042005', 'Dinas Perhubungan', '1', 'Kepala Bidang Angkutan', 'III.b', '2024-07-01', '821.2/95/2024', '2024-07-01', '2024-07-01', 'D', 1, '2024-07-02 09:00+07', NULL),
    -- Nobody's row.
    (60, NULL, 'Dinas Perhubungan', '1', 'Kepala Seksi Parkir', 'IV.a', '2024-07-01', '821.2/95/2024', '2024-07-01', '2024-07-01', 'D', 1, '2024-07-02 09:00+07', NULL);

COMMIT;
