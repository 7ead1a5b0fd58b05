extension ContractColumn {
  /// Other names of the column, the better ones first; two of one rank in one file are an ambiguity, not a choice.
  /// The last ranks are the fields of a SIASN export of riwayat jabatan.
  var knownNames: [[String]] {
    switch self {
    case .actionID:
      [["idriwayat", "idriwayatjabatan", "idmutasi", "idusulan", "idtindakan"], ["id"], ["uuid"], ["bknid"]]
    case .kind:
      [
        [
          "jenis", "jenismutasi", "jenistindakan", "jenisperubahan", "jenisusulan", "jnsmutasi",
          "jenisperpindahan", "jenispelantikan", "jenisskmutasi",
        ],
        ["jenismutasiid", "jnstugasmutasi", "jenissk", "jnssk"],
      ]
    case .decreeDate:
      [
        [
          "tglsk", "tanggalsk", "tglkeputusan", "tanggalkeputusan", "tglskjabatan", "tanggalskjabatan",
          "sktgl", "sktanggal", "tgsk", "tskjabat", "tskjab", "tglskjab", "tglsuratkeputusan",
          "tanggalsuratkeputusan", "tglskmutasi", "tanggalskmutasi", "tglskpelantikan", "tanggalskpelantikan",
          "tglskpengangkatan", "tanggalskpengangkatan", "tglpenetapansk", "tanggalpenetapansk",
          "jabatansktgl", "jabatansktanggal", "tglskbaru", "tanggalskbaru",
        ],
        [
          "sktglsk", "skjabatantanggal", "skjabatantgl", "suratkeputusantanggal", "suratkeputusantgl",
          "keputusantanggal", "keputusantgl",
        ],
      ]
    case .effectiveDate:
      [
        ["tmtbaru", "tmtjabatanbaru", "tmtjabbaru"],
        [
          "tmt", "tmtjabatan", "tmtsk", "tglmulaitugas", "terhitungmulaitanggal", "tmtjab", "tmtjabat",
          "jabatantmt", "tmtskjabatan", "tgltmt", "tanggaltmt", "terhitungmulai", "tanggalmulaitugas",
          "tglmulaijabatan", "tanggalmulaijabatan", "tglberlaku", "tanggalberlaku", "mulaiberlaku",
          "tglmulaiberlaku", "tanggalmulaiberlaku", "tglefektif", "tanggalefektif", "tmttugas",
        ], ["tmtmutasi"],
      ]
    case .inauguratedOn:
      [
        [
          "tglpelantikan", "tanggalpelantikan", "tgllantik", "tanggallantik", "pelantikan", "tgldilantik",
          "tanggaldilantik", "tlantik", "tglsumpah", "tanggalsumpah", "tglsumpahjabatan",
          "tanggalsumpahjabatan", "tglpengambilansumpah", "tanggalpengambilansumpah", "rencanadilantik",
          "rencanapelantikan", "tglrencanapelantikan", "tanggalrencanapelantikan", "rencanatglpelantikan",
          "rencanatanggalpelantikan", "tglrencanadilantik", "rencanalantik", "jadwalpelantikan",
          "haripelantikan", "pelantikantanggal", "pelantikantgl", "dilantik", "dilantiktanggal",
          "dilantiktgl", "dilantikpada", "tglpengukuhan", "tanggalpengukuhan", "sumpahjabatan", "tsumpah",
          "tanggalpelantikandansumpah", "tglpelantikansumpah", "tanggalsumpahpelantikan", "waktupelantikan",
          "haritanggalpelantikan", "pelaksanaanpelantikan", "tanggalpelaksanaanpelantikan",
        ], ["tmtpelantikan", "tmtlantik"],
      ]
    case .regionCode: [["kodewilayah", "kdwilayah", "kodedaerah", "kodekemendagri", "kdwil"], ["wilayah"]]
    case .nip: [["nipbaru"], ["nippegawai", "nippns", "nipasn", "nip18", "pnsnip", "nipnew"]]
    case .employeeName:
      [
        [
          "nama", "namapegawai", "namalengkap", "namapns", "namaasn", "namapejabat", "namadangelar",
          "namalengkapdangelar", "namagelar", "nm",
        ]
      ]
    case .postFrom:
      [
        [
          "jabatanlama", "jabatanasal", "jabatansebelum", "jabatansebelumnya", "darijabatan",
          "namajabatanlama", "jablama", "jabatansemula", "jabatansaatini", "jabatansekarang",
        ]
      ]
    case .postTo:
      [
        [
          "jabatanbaru", "jabatantujuan", "jabatansesudah", "kejabatan", "namajabatanbaru", "jabbaru",
          "jabatanmenjadi", "jabatanyangbaru",
        ], ["namajabatan", "njab"],
        ["jabatan"], ["jabatanfungsionalnama"], ["jabatanfungsionalumumnama"],
      ]
    case .unitFrom:
      [
        [
          "unitlama", "unitkerjalama", "unorlama", "opdlama", "skpdlama", "unitasal", "unitkerjaasal",
          "opdasal",
        ]
      ]
    case .unitTo:
      [
        [
          "unitbaru", "unitkerjabaru", "unorbaru", "opdbaru", "skpdbaru", "unittujuan", "unitkerjatujuan",
          "opdtujuan",
        ], ["unornama"],
        ["namaunor"], ["unitkerja", "opd", "skpd", "unor", "perangkatdaerah"],
        ["unit", "namaunit", "instansi"],
      ]
    case .echelonFrom:
      [["eselonlama", "eselonasal", "eselonsebelum", "eselonidlama", "esellama", "esllama", "keselonlama"]]
    case .echelonTo:
      [
        ["eselonbaru", "eselontujuan", "eselonsesudah", "eselbaru", "eslbaru", "keselonbaru"],
        ["eselon", "esel", "esl", "namaeselon"], ["eselonid", "keselon", "kdeselon", "kodeeselon"],
      ]
    case .postTypeFrom: [["jenisjabatanlama", "jenisjabatanasal", "jnsjablama"]]
    case .postTypeTo:
      [
        ["jenisjabatanbaru", "jenisjabatantujuan", "jnsjabbaru"],
        ["jenisjabatan", "jnsjab", "namajenisjabatan"],
        ["jenisjabatanid"],
      ]
    case .assignment: [["penugasan", "jenispenugasan", "statuspenugasan"], ["jenispenugasanid"]]
    case .decreeNo:
      [
        [
          "nosk", "nomorsk", "noskjabatan", "nomorskjabatan", "nokeputusan", "nomorkeputusan", "nskjabat",
          "nskjab", "sknomor", "skno", "jabatanskno", "jabatansknomor", "nosuratkeputusan",
          "nomorsuratkeputusan", "noskmutasi", "nomorskmutasi", "suratkeputusannomor",
        ]
      ]
    case .approvalNo:
      [
        [
          "nopersetujuan", "nomorpersetujuan", "nosuratpersetujuan", "nosuratmendagri", "nomorsuratmendagri",
          "nomorsuratpersetujuan", "persetujuannomor", "nopersetujuanmendagri", "nomorpersetujuanmendagri",
        ]
      ]
    case .approvalDate:
      [
        [
          "tglpersetujuan", "tanggalpersetujuan", "tglsuratpersetujuan", "tglsuratmendagri",
          "tanggalsuratmendagri", "tanggalsuratpersetujuan", "persetujuantanggal", "tglpersetujuanmendagri",
          "tanggalpersetujuanmendagri",
        ]
      ]
    case .revokes: [["mencabut", "membatalkan", "skdicabut", "noskdicabut", "nomorskdicabut"]]
    case .recordedAt:
      [
        [
          "tglinput", "tanggalinput", "waktuinput", "tglentri", "createdat", "tglentry", "tanggalentri",
          "dibuatpada", "lastcreatedate",
        ]
      ]
    case .changedAt:
      [["tglubah", "tanggalubah", "updatedat", "diubahpada", "lastupdatedate", "tglupdate", "tanggalupdate"]]
    case .sourceDates: []
    case .pertekNo:
      [
        [
          "nopertek", "nomorpertek", "perteknomor", "pertekno", "nopertekbkn", "nomorpertekbkn",
          "nopertimbanganteknis", "nomorpertimbanganteknis", "pertimbanganteknisnomor",
          "pertimbanganteknisno",
          "nopertimbanganteknisbkn", "nomorpertimbanganteknisbkn", "nosuratpertek", "nomorsuratpertek",
        ], ["pertek", "pertekbkn", "pertimbanganteknis", "pertimbanganteknisbkn"],
      ]
    case .pertekDate:
      [
        [
          "tglpertek", "tanggalpertek", "pertektanggal", "pertektgl", "tglpertekbkn", "tanggalpertekbkn",
          "tglpertimbanganteknis", "tanggalpertimbanganteknis", "pertimbanganteknistanggal",
          "pertimbanganteknistgl", "tglpertimbanganteknisbkn", "tanggalpertimbanganteknisbkn",
          "tglsuratpertek", "tanggalsuratpertek",
        ]
      ]
    }
  }

  /// All of them and its own, normalised.
  var everyName: Set<String> { Self.everyNames[self] ?? [] }

  private static let everyNames = Dictionary(
    uniqueKeysWithValues: allCases.map { column in
      (column, Set(column.knownNames.joined()).union([ColumnMap.normalised(column.rawValue)]))
    })
}

/// What a header says of a column that the contract does not have.
enum OtherHeader {
  /// Whether the column may hold days of something, by the words of its name.
  static func soundsLikeDate(_ normalised: String) -> Bool {
    ["tgl", "tanggal", "tmt", "date", "waktu", "hari", "lantik", "sumpah", "jadwal"].contains {
      normalised.contains($0)
    }
  }

  /// A column that only the summary of a report has.
  static func isOfSummary(_ normalised: String) -> Bool {
    normalised == "kesimpulanterberat" || normalised == "strongestconclusion"
  }

  /// Days of a person, of other acts and of the record itself, which no act of this kind is judged by.
  static func isOfOtherThings(_ normalised: String) -> Bool {
    [
      "lahir", "birth", "ttl", "cpns", "tmtpns", "pangkat", "golongan", "tmtgol", "kgb", "gaji", "pensiun",
      "bup",
      "ijazah", "lulus", "diklat", "kontrak", "nikah", "cetak", "unduh", "ekspor", "export", "print",
      "createdat", "updatedat", "deletedat", "created", "updated", "deleted", "lastlogin", "usul", "pertek",
      "verifikasi", "mkg", "masakerja", "meninggal", "tmtlama", "tgllama", "tanggallama", "sklama",
      // What a workbook of ours adds.
      "suratpalinglambat", "letterdatedby", "bebassejak", "freefrom", "masalarangan", "frozenperiod",
      "jabatanlama", "tmtasal", "sebelum", "berakhir", "selesai", "akhirjabatan", "npwp", "bpjs",
    ].contains { normalised.contains($0) }
  }
}

/// The columns of an approvals file and their other names.
enum ApprovalColumn: String, CaseIterable {
  case letterNo = "letter_no"
  case letterDate = "letter_date"
  case nip
  case postTo = "post_to"
  case regionCode = "region_code"

  var names: [String] {
    let other: [String] =
      switch self {
      case .letterNo:
        [
          "nosurat", "nomorsurat", "nopersetujuan", "nomorpersetujuan", "suratnomor", "suratno",
          "nosuratpersetujuan", "nomorsuratpersetujuan", "nosuratmendagri", "nomorsuratmendagri",
        ]
      case .letterDate:
        [
          "tglsurat", "tanggalsurat", "tglpersetujuan", "tanggalpersetujuan", "surattanggal", "surattgl",
          "tglsuratpersetujuan", "tanggalsuratpersetujuan", "tglsuratmendagri", "tanggalsuratmendagri",
        ]
      case .nip: ["nipbaru", "nippegawai", "nippns", "nipasn", "nip18"]
      case .postTo:
        [
          "jabatanbaru", "jabatan", "jabatantujuan", "namajabatan", "namajabatanbaru", "jabatanyangdisetujui",
          "jabatandisetujui",
        ]
      case .regionCode: ["kodewilayah", "kdwilayah"]
      }
    return [ColumnMap.normalised(rawValue)] + other
  }

  /// How many of these some headers name.
  static func score(_ header: [String]) -> Int {
    let names = Set(header.map(ColumnMap.normalised))
    return allCases.count { !names.isDisjoint(with: $0.names) }
  }
}
