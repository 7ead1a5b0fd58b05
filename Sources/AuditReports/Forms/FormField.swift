/// What the facts can give a form. The raw values are what a template writes between `{{` and `}}`.
package enum FormField: String, CaseIterable, Sendable {
  /// `report.office` of the configuration.
  case office = "kantor"
  case region = "wilayah"
  case decreeNo = "nomor_sk"
  case decreeDate = "tanggal_sk"
  case effectiveDate = "tmt"
  case oath = "tanggal_pelantikan"
  case count = "jumlah_orang"
  /// What the act is, in a few words.
  case object = "objek"
  /// What happened, in a sentence.
  case event = "peristiwa"
  /// The days inside the window.
  case eventDay = "hari_peristiwa"
  /// What was found, person by person counted.
  case account = "uraian"
  case window = "masa_larangan"
  case sources = "dasar"
  case letter = "surat_menteri"
  case pertek
  case reportBy = "laporan_paling_lambat"
  /// When the ledger first told of it.
  case known = "diketahui_auditor"
  case madeOn = "tanggal_dibuat"
  case source = "sumber_data"
  case privacy = "keterangan_data_pribadi"
  /// Never in the facts: always left for a person.
  case blank = "isian"
}

/// What the facts can give of one person; in the row of a table that is repeated.
package enum FormPersonField: String, CaseIterable, Sendable {
  case number = "orang.nomor"
  case name = "orang.nama"
  case nip = "orang.nip"
  case postFrom = "orang.jabatan_lama"
  case postTo = "orang.jabatan_baru"
  case unitFrom = "orang.unit_lama"
  case unitTo = "orang.unit_baru"
  case echelonFrom = "orang.eselon_lama"
  case echelonTo = "orang.eselon_baru"
  case inside = "orang.tanggal"
  case conclusion = "orang.kesimpulan"
  case letter = "orang.surat"
  case pertek = "orang.pertek"
}

/// What fills a form. What is not in it is left blank, with its label.
package struct FormValues: Sendable {
  /// Of the SK.
  package var fields: [FormField: String] = [:]
  /// Of each person.
  package var people: [[FormPersonField: String]] = []

  /// Nothing is known.
  package init() {}
}
