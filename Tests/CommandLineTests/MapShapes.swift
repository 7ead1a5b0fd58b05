import Testing

/// A table as public SIMPEG schemas have them, made anew, and what an audit must make of it.
///
/// The people are the same everywhere: A was head of a section, of a division since 2022, and of another one on 22 March
/// 2024; B was appointed as a clerk in May 2024; what C's row says of its day nobody can read, where it is text.
struct MapShape: Sendable, CustomTestStringConvertible {
  let name: String
  /// Makes the tables and fills them.
  let sql: String
  /// The table that must be proposed, as SQL writes it.
  let table: String
  /// The contract's column and what it must come from.
  var from: [String: [String]] = [:]
  /// By action_id.
  var outcomes: [String: String]
  var postBefore = "Kabid Aset"
  var testDescription: String { name }
}

extension MapShape {
  static let all: [MapShape] = [
    kepegawaian, siasnStrings, siasnSnake, oracleStyle, mysqlNames, upperCase, cryptic, prefixed,
    varcharDates, monthNames,
    mixed, given, noKey, hostile,
  ]

  static let kepegawaian = MapShape(
    name: "a kepegawaian schema with date columns, soft deletes and other histories beside it",
    sql: """
      CREATE SCHEMA kepegawaian;
      CREATE TABLE kepegawaian.pegawai (id bigserial PRIMARY KEY, nip_baru varchar(20) UNIQUE, nama varchar(200), tmt_jabatan date, jabatan text);
      CREATE TABLE kepegawaian.riwayat_jabatan (id bigserial PRIMARY KEY, bkn_id varchar(36), pns_id varchar(36), pns_nip varchar(20),
        unor_id varchar(36), unor text, jenis_jabatan_id varchar(10), jabatan_id varchar(36), nama_jabatan text, eselon_id varchar(36),
        eselon varchar(100), tmt_jabatan date, no_sk varchar(100), tanggal_sk date, tmt_pelantikan date, is_active int2,
        jenis_sk varchar(100), catatan text, tabel_mutasi_id int8, created_at timestamptz DEFAULT now(), updated_at timestamptz,
        deleted_at timestamptz);
      CREATE TABLE kepegawaian.riwayat_golongan (id bigserial PRIMARY KEY, pns_nip varchar(20), tmt_golongan date, no_sk varchar(100), tanggal_sk date);
      CREATE TABLE kepegawaian.riwayat_pindah_unit_kerja (id bigserial PRIMARY KEY, pns_nip varchar(20), sk_nomor text, sk_tanggal date, asal_id text, unor_id_baru text);
      CREATE TABLE kepegawaian.riwayat_jabatan_bak AS TABLE kepegawaian.riwayat_jabatan;
      INSERT INTO kepegawaian.pegawai (nip_baru, nama, tmt_jabatan, jabatan) VALUES ('198501012010011001', 'Contoh A', '2024-03-22', 'Kabid Anggaran');
      INSERT INTO kepegawaian.riwayat_jabatan (id, pns_nip, unor, jenis_jabatan_id, nama_jabatan, eselon_id, eselon, tmt_jabatan, no_sk, tanggal_sk, tmt_pelantikan, is_active, jenis_sk, deleted_at) VALUES
        (9, '198501012010011001', 'BPKAD', '1', 'Kasi Aset', 'x1', 'IV.a', '2013-01-01', '1', '2013-01-01', NULL, 0, 'SK Jabatan', NULL),
        (7, '198501012010011001', 'BPKAD', '1', 'Kabid Aset', 'x2', 'III.b', '2022-06-01', '2', '2022-06-01', NULL, 0, 'SK Jabatan', NULL),
        (3, '198501012010011001', 'BPKAD', '1', 'Kabid Anggaran', 'x2', 'III.b', '2024-03-22', '821.2/55/2024', '2024-03-21', '2024-03-22', 1, 'SK Jabatan', NULL),
        (4, '199901012024011001', 'BPKAD', '4', 'Penelaah Teknis', NULL, NULL, '2024-05-01', '800/1', '2024-05-01', NULL, 1, 'SK Jabatan', NULL),
        (6, '198501012010011001', 'BPKAD', '1', 'Kabid Salah', 'x2', 'III.b', '2024-04-01', '4', '2024-04-01', NULL, 0, 'SK Jabatan', now());
      """,
    table: "kepegawaian.riwayat_jabatan",
    from: [
      "action_id": ["id"], "decree_date": ["tanggal_sk"], "effective_date": ["tmt_jabatan"],
      "inaugurated_on": ["tmt_pelantikan"],
      "post_to": ["nama_jabatan"], "echelon_to": ["eselon"], "employee_name": ["pegawai.nama"], "kind": [],
      "nip": ["pns_nip"],
      "decree_no": ["no_sk"], "post_type_to": ["jenis_jabatan_id"], "recorded_at": ["created_at"],
      "unit_to": ["unor"],
    ],
    outcomes: ["7": "outside", "3": "inside", "4": "not-covered"])

  private static func siasn(_ name: String, table: String, _ column: (String) -> String) -> MapShape {
    func c(_ name: String) -> String { column(name) }
    let columns = [
      "idPns", "nipBaru", "nipLama", "jenisJabatan", "unorId", "unorNama", "eselon", "eselonId",
      "jabatanFungsionalNama",
      "jabatanFungsionalUmumNama", "tmtJabatan", "nomorSk", "tanggalSk", "namaUnor", "namaJabatan",
      "tmtPelantikan",
      "jenisPenugasanId", "jenisMutasiId", "tmtMutasi", "createdAt", "updatedAt", "deletedAt",
    ]
    let used = [
      "nipBaru", "jenisJabatan", "unorNama", "eselon", "eselonId", "jabatanFungsionalUmumNama", "tmtJabatan",
      "nomorSk", "tanggalSk",
      "namaJabatan", "tmtPelantikan", "jenisPenugasanId", "jenisMutasiId", "tmtMutasi", "deletedAt",
    ]
    let a = "'198501012010011001'"
    return MapShape(
      name: name,
      sql: """
        CREATE SCHEMA s; CREATE TABLE s.\(table) (id varchar(42) PRIMARY KEY, \(columns.map { "\(c($0)) varchar(255)" }.joined(separator: ", ")));
        INSERT INTO s.\(table) (id, \(used.map(c).joined(separator: ", "))) VALUES
          ('r1', \(a), '1', 'BPKAD      ', 'IV.a', '41', '', '01-01-2013', 'SK TEMP', '01-01-2013', 'Kasi Aset', '', '', '', '', ''),
          ('r2', \(a), '1', 'BPKAD', 'III.b', '32', '', '01-06-2022', '336', '01-06-2022', 'Kabid Aset', '01-01-1970', 'D', '', '01-01-0001', NULL),
          ('r3', \(a), '1', 'BPKAD', 'III.b', '32', '', '22-03-2024', '821.2/55/2024 ', '21-03-2024', 'Kabid Anggaran', '22-03-2024', 'D', '', '', ''),
          ('r4', '199901012024011001', '4', 'BPKAD', '', '0', 'Penelaah Teknis', '01-05-2024', '800/1', '01-05-2024', '', '', NULL, '', '', ''),
          ('r5', '198601012010011002', '1', 'BPKAD', 'III.b', '32', '', '31-02-2024', '800/2', '', 'Kabid Kas', '', 'D', 'MJ', '', ''),
          ('r6', \(a), '1', 'BPKAD', 'III.b', '32', '', '01-04-2024', '9', '01-04-2024', 'Kabid Salah', '', 'D', '', '', '02-04-2024'),
          ('r7', '198701012010011003', '1', 'BPKAD', 'III.b', '32', '', '22-03-2024', '9', '22-03-2024', 'Kabid Lain', '', 'PLT', '', '', '');
        """,
      table: "s.\(table)",
      from: [
        "action_id": ["id"], "effective_date": [c("tmtJabatan").filter { $0 != "\"" }],
        "kind": [c("jenisMutasiId").filter { $0 != "\"" }],
        "assignment": [c("jenisPenugasanId").filter { $0 != "\"" }],
      ],
      outcomes: [
        "r2": "outside", "r3": "inside", "r4": "not-covered", "r5": "unjudgeable", "r7": "not-covered",
      ])
  }

  static let siasnStrings = siasn("SIASN's fields, all of them strings", table: "siasn_rw_jabatan") {
    "\"\($0)\""
  }
  static let siasnSnake = siasn(
    "SIASN's fields as a framework names them", table: "siasn_simpeg_pns_rw_jabatan"
  ) { name in
    String(name.flatMap { $0.isUppercase ? "_\($0.lowercased())" : "\($0)" })
  }

  static let oracleStyle = MapShape(
    name: "JABATAN_RIWAYAT in capitals, its persons in another table, NAMA of the post",
    sql: """
      CREATE SCHEMA "SIMPEG";
      CREATE TABLE "SIMPEG"."PEGAWAI" ("PEGAWAI_ID" numeric PRIMARY KEY, "NIP_BARU" varchar(30), "NAMA" varchar(100));
      CREATE TABLE "SIMPEG"."JABATAN_RIWAYAT" ("JABATAN_RIWAYAT_ID" numeric PRIMARY KEY, "PEGAWAI_ID" numeric, "NO_SK" varchar(50), "TANGGAL_SK" timestamp,
        "NAMA" varchar(200), "TMT_JABATAN" timestamp, "ESELON_ID" varchar(2), "TMT_ESELON" timestamp, "PEJABAT_PENETAP_ID" numeric,
        "NO_PELANTIKAN" varchar(50), "TANGGAL_PELANTIKAN" timestamp, "TUNJANGAN" numeric, "JENIS_JABATAN" varchar(2), "KODE_JABATAN" varchar(20),
        "SATKER" varchar(100), "LAST_CREATE_DATE" timestamp, "LAST_UPDATE_DATE" timestamp);
      CREATE TABLE "SIMPEG"."PANGKAT_RIWAYAT" ("PANGKAT_RIWAYAT_ID" numeric PRIMARY KEY, "PEGAWAI_ID" numeric, "NO_SK" varchar(50), "TANGGAL_SK" timestamp, "TMT_PANGKAT" timestamp);
      INSERT INTO "SIMPEG"."PEGAWAI" VALUES (1, '19850101 201001 1 001', 'Contoh A'), (2, '199901012024011001', 'Contoh B');
      INSERT INTO "SIMPEG"."JABATAN_RIWAYAT" VALUES
        (1, 1, '1', '2013-01-01', 'Kasi Aset', '2013-01-01', '41', NULL, 1, NULL, NULL, 0, '1', '1', 'BPKAD', '2013-01-01 10:00', NULL),
        (2, 1, '2', '2022-06-01', 'Kabid Aset', '2022-06-01', '32', NULL, 1, NULL, NULL, 0, '1', '1', 'BPKAD', '2022-06-01 10:00', NULL),
        (3, 1, '821.2/55/2024', '2024-03-21 23:30', 'Kabid Anggaran', '2024-03-22', '32', NULL, 1, 'BA/1', '2024-03-22 09:00', 0, '1', '1', 'BPKAD', '2024-03-25 10:00', NULL),
        (4, 2, '800/1', '2024-05-01', 'Penelaah Teknis', '2024-05-01', NULL, NULL, 1, NULL, NULL, 0, '4', '1', 'BPKAD', '2024-05-01 10:00', NULL);
      """,
    table: "\"SIMPEG\".\"JABATAN_RIWAYAT\"",
    from: [
      "action_id": ["JABATAN_RIWAYAT_ID"], "nip": ["PEGAWAI.NIP_BARU"], "employee_name": ["PEGAWAI.NAMA"],
      "post_to": ["NAMA"],
      "inaugurated_on": ["TANGGAL_PELANTIKAN"], "decree_date": ["TANGGAL_SK"], "echelon_to": ["ESELON_ID"],
      "unit_to": ["SATKER"],
    ],
    outcomes: ["2": "outside", "3": "inside", "4": "not-covered"])

  static let mysqlNames = MapShape(
    name: "a table brought over from MySQL, zero dates as text",
    sql: """
      CREATE TABLE public.riwayat_jabatan (id int PRIMARY KEY, bkn_id varchar(40), nip_baru varchar(18), nama_unor varchar(100), nama_jenis_jabatan varchar(40),
        nama_jabatan varchar(200), nama_eselon varchar(20), tmt_jabatan varchar(10), nomor_sk varchar(60), tanggal_sk varchar(10), tmt_pelantikan varchar(10),
        sk varchar(100), np varchar(100), spp varchar(100), ba varchar(100));
      INSERT INTO public.riwayat_jabatan VALUES
        (1, NULL, '198501012010011001', 'BPKAD', 'Struktural', 'Kasi Aset', 'IV.a', '2013-01-01', '1', '2013-01-01', '0000-00-00', 'a.pdf', NULL, NULL, NULL),
        (2, NULL, '198501012010011001', 'BPKAD', 'Struktural', 'Kabid Aset', 'III.b', '2022-06-01', '2', '2022-06-01', '0000-00-00', 'a.pdf', NULL, NULL, NULL),
        (3, NULL, '198501012010011001', 'BPKAD', 'Struktural', 'Kabid Anggaran', 'III.b', '2024-03-22', '821.2/55/2024', '2024-03-21', '2024-03-22', 'a.pdf', NULL, NULL, NULL),
        (4, NULL, '199901012024011001', 'BPKAD', 'Pelaksana', 'Penelaah Teknis', '', '2024-05-01', '800/1', '2024-05-01', '0000-00-00', 'a.pdf', NULL, NULL, NULL),
        (5, NULL, '198601012010011002', 'BPKAD', 'Struktural', 'Kabid Kas', 'III.b', '2024-02-30', '800/2', '0000-00-00', '0000-00-00', 'a.pdf', NULL, NULL, NULL);
      """,
    table: "public.riwayat_jabatan",
    from: [
      "post_type_to": ["nama_jenis_jabatan"], "echelon_to": ["nama_eselon"], "decree_no": ["nomor_sk"],
      "unit_to": ["nama_unor"],
    ],
    outcomes: ["2": "outside", "3": "inside", "4": "not-covered", "5": "unjudgeable"])

  static let upperCase = MapShape(
    name: "sp_riwayat_jabatan: dates with slashes, posts and units by their ids",
    sql: """
      CREATE TABLE public.sp_riwayat_jabatan ("ID" serial PRIMARY KEY, "NIP" varchar(18), "TMT_JABATAN" varchar(10), "NOMOR_SK" varchar(50), "TANGGAL_SK" varchar(10),
        "TMT_PELANTIKAN" varchar(10), "JENIS_JABATAN_ID" int, "JENJANG_JABATAN_ID" int, "JABATAN" varchar(200), "ESELON" varchar(10), "UNOR_ID" int);
      INSERT INTO public.sp_riwayat_jabatan VALUES
        (1, '198501012010011001', '01/01/2013', '1', '01/01/2013', NULL, 1, 4, 'Kasi Aset', 'IV/a', 7),
        (2, '198501012010011001', '01/06/2022', '2', '01/06/2022', NULL, 1, 4, 'Kabid Aset', 'III/b', 7),
        (3, '198501012010011001', '22/03/2024', '821.2/55/2024', '21/03/2024', '22/03/2024', 1, 4, 'Kabid Anggaran', 'III/b', 7),
        (4, '199901012024011001', '01/05/2024', '800/1', '01/05/2024', NULL, 4, 4, 'Penelaah Teknis', NULL, 7);
      """,
    table: "public.sp_riwayat_jabatan",
    from: ["action_id": ["ID"], "post_type_to": ["JENIS_JABATAN_ID"], "unit_to": ["UNOR_ID"]],
    outcomes: ["2": "outside", "3": "inside", "4": "not-covered"])

  static let cryptic = MapShape(
    name: "cryptic names: tskjabat, tmtjab, tlantik, nskjabat, keselon",
    sql: """
      CREATE SCHEMA kepeg;
      CREATE TABLE kepeg.t_rjab (kd int PRIMARY KEY, nip varchar(20), "nipLama" varchar(20), njabat varchar(200), keselon varchar(4), jnsjab varchar(4), sub_jab varchar(40),
        tmtjab varchar(20), tskjabat varchar(20), nskjabat varchar(60), tlantik varchar(20), "JnsTugasMutasi" varchar(4));
      INSERT INTO kepeg.t_rjab VALUES
        (1, '198501012010011001', 'P20001', 'Kasi Aset', '41', '1', NULL, '1 Januari 2013', '01-01-2013', '1', '', '1'),
        (2, '198501012010011001', 'P20001', 'Kabid Aset', '32', '1', NULL, '1 Juni 2022', '01-06-2022', '2', '', '1'),
        (3, '198501012010011001', 'P20001', 'Kabid Anggaran', '32', '1', NULL, '22 Maret 2024', '21-03-2024', '821.2/55/2024', '22-Mar-2024', '2'),
        (4, '199901012024011001', '', 'Penelaah Teknis', '', '4', NULL, '1 Mei 2024', '01-05-2024', '800/1', '', '1');
      """,
    table: "kepeg.t_rjab",
    from: [
      "action_id": ["kd"], "effective_date": ["tmtjab"], "decree_date": ["tskjabat"],
      "inaugurated_on": ["tlantik"], "decree_no": ["nskjabat"],
      "echelon_to": ["keselon"], "post_to": ["njabat"], "post_type_to": ["jnsjab"], "kind": [],
    ],
    outcomes: ["2": "outside", "3": "inside", "4": "not-covered"])

  static let prefixed = MapShape(
    name: "every column with the same word before it",
    sql: """
      CREATE TABLE public.jabatan_pegawai (jabatan_id serial PRIMARY KEY, jabatan_nip varchar(18), jabatan_nama varchar(200), jabatan_tmt date, jabatan_sk_no varchar(30),
        jabatan_sk_tgl date, jabatan_eselon int, jabatan_jenis int, sf varchar(11));
      INSERT INTO public.jabatan_pegawai VALUES
        (1, '198501012010011001', 'Kasi Aset', '2013-01-01', '1', '2013-01-01', 41, 1, 's'),
        (2, '198501012010011001', 'Kabid Aset', '2022-06-01', '2', '2022-06-01', 32, 1, 's'),
        (3, '198501012010011001', 'Kabid Anggaran', '2024-03-22', '821.2/55/2024', '2024-03-21', 32, 1, 's'),
        (4, '199901012024011001', 'Penelaah Teknis', '2024-05-01', '800/1', '2024-05-01', NULL, 4, 'f');
      """,
    table: "public.jabatan_pegawai",
    from: [
      "effective_date": ["jabatan_tmt"], "decree_no": ["jabatan_sk_no"], "decree_date": ["jabatan_sk_tgl"],
      "nip": ["jabatan_nip"],
    ],
    outcomes: ["2": "outside", "3": "inside"])

  static let varcharDates = MapShape(
    name: "a kind of 1 and 2 that means something else, TMT as free text",
    sql: """
      CREATE TABLE public.riw_jabatan (id int PRIMARY KEY, nip varchar(18), jabatan varchar(200), eselon varchar(40), jenis_jabatan int, jenis_mutasi smallint,
        tmtsk varchar(255), tgl_sk varchar(255), no_sk varchar(60));
      INSERT INTO public.riw_jabatan VALUES
        (1, '198501012010011001', 'Kasi Aset', 'Eselon IV.a', 1, 1, '01-01-2013', '01-01-2013', '1'),
        (2, '198501012010011001', 'Kabid Aset', 'Eselon III.b', 1, 2, '01-06-2022', '01-06-2022', '2'),
        (3, '198501012010011001', 'Kabid Anggaran', 'Eselon III.b', 1, 1, '22-03-2024', '21-03-2024', '821.2/55/2024'),
        (4, '199901012024011001', 'Penelaah Teknis', 'Non Eselon', 3, 1, '01-05-2024', '01-05-2024', '800/1'),
        (5, '198601012010011002', 'Kabid Kas', 'Eselon III.b', 1, 1, 'lihat berkas', NULL, '800/2');
      """,
    table: "public.riw_jabatan", from: ["kind": [], "effective_date": ["tmtsk"]],
    outcomes: ["2": "outside", "3": "inside", "4": "not-covered", "5": "unjudgeable"])

  static let monthNames = MapShape(
    name: "one text date with the names of months, no key but the NIP and the number",
    sql: """
      CREATE TABLE public.hist_jabatan (id_pegawai int, nip varchar(18), nama varchar(100), nama_jabatan varchar(200), tanggal_sk varchar(11), nomor_sk varchar(40), eselon varchar(8),
        PRIMARY KEY (id_pegawai, nomor_sk));
      INSERT INTO public.hist_jabatan VALUES
        (1, '198501012010011001', 'Contoh A', 'Kasi Aset', '01-Jan-2013', '1', 'IVa'), (1, '198501012010011001', 'Contoh A', 'Kabid Aset', '01-Jun-2022', '2', 'IIIb'),
        (1, '198501012010011001', 'Contoh A', 'Kabid Anggaran', '22-Mar-2024', '821.2/55/2024', 'IIIb'), (2, '199901012024011001', 'Contoh B', 'Penelaah Teknis', '01-Mei-2024', '800/1', NULL);
      """,
    table: "public.hist_jabatan",
    from: ["action_id": ["id_pegawai", "nomor_sk"], "employee_name": ["nama"], "post_to": ["nama_jabatan"]],
    outcomes: ["1/2": "outside", "1/821.2/55/2024": "inside", "2/800/1": "not-covered"])

  static let mixed = MapShape(
    name: "dates, text, instants and a twin of the text in one table",
    sql: """
      CREATE TABLE public.riwayat_jabatan (id uuid PRIMARY KEY, pegawai_id bigint, nip varchar(18), jabatan text, eselon text, "tmtJabatan" varchar(20), "tmtJabatan_" date,
        tanggal_sk date, tmt_pelantikan timestamptz, tmt_pangkat_gol_ruang varchar(50), nomor_sk text, is_deleted boolean);
      INSERT INTO public.riwayat_jabatan VALUES
        ('00000000-0000-0000-0000-000000000001', 1, '198501012010011001', 'Kasi Aset', 'IV.a', '01-01-2013', '2013-01-01', '2013-01-01', NULL, '1', '1', false),
        ('00000000-0000-0000-0000-000000000002', 1, '198501012010011001', 'Kabid Aset', 'III.b', '01-06-2022', '2022-06-01', '2022-06-01', NULL, '1', '1', NULL),
        ('00000000-0000-0000-0000-000000000003', 1, '198501012010011001', 'Kabid Anggaran', 'III.b', '20-03-2024', '2024-03-20', NULL, '2024-03-21T17:00:00Z', '1', '821.2/55/2024', false),
        ('00000000-0000-0000-0000-000000000005', 2, '198601012010011002', 'Kabid Kas', 'III.b', '2024-13-01', NULL, NULL, NULL, '1', '3', false),
        ('00000000-0000-0000-0000-000000000006', 2, '198601012010011002', 'Kabid Hapus', 'III.b', '22-03-2024', '2024-03-22', NULL, NULL, '1', '4', true);
      """,
    table: "public.riwayat_jabatan",
    from: ["effective_date": ["tmtJabatan"], "inaugurated_on": ["tmt_pelantikan"]],
    outcomes: [
      "00000000-0000-0000-0000-000000000002": "outside", "00000000-0000-0000-0000-000000000003": "inside",
      "00000000-0000-0000-0000-000000000005": "unjudgeable",
    ])

  static let given = MapShape(
    name: "a table that says kind and post before itself",
    sql: """
      CREATE TABLE public.mutasi_pegawai (id int PRIMARY KEY, jenis varchar(30), nip varchar(18), nama varchar(100), jabatan_lama text, jabatan_baru text, eselon_lama text, eselon_baru text,
        no_sk text, tgl_sk date, tmt date, tgl_pelantikan date);
      INSERT INTO public.mutasi_pegawai VALUES
        (2, 'Rotasi', '198501012010011001', 'Contoh A', 'Kasi Aset', 'Kabid Aset', 'IV.a', 'III.b', '2', '2022-06-01', '2022-06-01', NULL),
        (3, 'MUTASI', '198501012010011001', 'Contoh A', 'Kabid Aset', 'Kabid Anggaran', 'III.b', 'III.b', '821.2/55/2024', '2024-03-21', '2024-03-22', '2024-03-22'),
        (4, 'Pensiun', '198501012010011001', 'Contoh A', 'Kabid Anggaran', NULL, 'III.b', NULL, '9', '2024-05-01', '2024-05-01', NULL);
      """,
    table: "public.mutasi_pegawai",
    from: ["kind": ["jenis"], "post_from": ["jabatan_lama"], "echelon_from": ["eselon_lama"]],
    outcomes: ["2": "outside", "3": "inside", "4": "not-covered"])

  static let noKey = MapShape(
    name: "a table without any key, under a view",
    sql: """
      CREATE SCHEMA dalam; CREATE SCHEMA luar;
      CREATE TABLE dalam.data (nip text, jab text, tmt text, nosk text, es text);
      INSERT INTO dalam.data VALUES ('198501012010011001', 'Kasi Aset', '2013-01-01', '1', '4a'), ('198501012010011001', 'Kabid Aset', '2022-06-01', '2', '3b'),
        ('198501012010011001', 'Kabid Anggaran', '2024-03-22', '3', '3b');
      CREATE VIEW luar.v_riwayat_jabatan AS SELECT nip, jab AS nama_jabatan, tmt AS tmt_jabatan, nosk AS no_sk, es AS eselon FROM dalam.data;
      """,
    table: "luar.v_riwayat_jabatan",
    outcomes: [
      "198501012010011001/2/2022-06-01/Kabid Aset": "outside",
      "198501012010011001/3/2024-03-22/Kabid Anggaran": "inside",
    ])

  static let hostile = MapShape(
    name: "names that would break out of SQL, of a comment and of the terminal",
    sql: """
      CREATE SCHEMA "a"";DROP TABLE x;--";
      CREATE TABLE "a"";DROP TABLE x;--"."riwayat jabatan
      \\! touch /tmp/x
      $before$ 'E\\" ("id
      ); DROP SCHEMA freeze_audit; --" int PRIMARY KEY, "N I P" text, "Nama Jabatan" text, "TMT""Jabatan'" text, "No. SK :var" text, "select" text, "Eselon" text, "deleted at" date);
      INSERT INTO "a"";DROP TABLE x;--"."riwayat jabatan
      \\! touch /tmp/x
      $before$ 'E\\" VALUES (2, '198501012010011001', 'Kabid Aset', '2022-06-01', '2', 'x', 'III.b', NULL),
        (3, '198501012010011001', 'Kabid Anggaran', '22/03/2024', '3', E'\\u001b[31m', 'III.b', NULL), (4, '198501012010011001', 'Kabid Hapus', '22/04/2024', '3', '', 'III.b', '2024-05-05');
      """,
    table: "\"a\"\";DROP TABLE x;--\".\"riwayat jabatan\n\\! touch /tmp/x\n$before$ 'E\\\"",
    from: ["action_id": ["id\n); DROP SCHEMA freeze_audit; --"], "effective_date": ["TMT\"Jabatan'"]],
    outcomes: ["2": "outside", "3": "inside"])
}
