import Foundation

/// Indonesian text for people holds no code words, and no words that are English put into Indonesian one by one.
package enum PlainIndonesian {
  /// What stands for what: the words that must not come back, each with what is said instead.
  package static let banned: [(word: String, better: String)] = [
    ("buku besar", "arsip peringatan"), ("sewa", "giliran menulis"), ("daemon", "layanan pemantau"),
    ("lease", "giliran"), ("ledger", "arsip peringatan"), ("jendela", "masa larangan"),
    ("bacaan", "cara hitung"), ("cara baca\\w*", "cara hitung"), ("penalaran\\w*", "uraian penilaian"),
    ("menurut yang diketahui", "berdasarkan jadwal dan ketentuan per"),
    ("(menurut|hari|dari) pengetahuan\\w*", "berdasarkan jadwal dan ketentuan per"),
    ("tidak adanya surat ini", "bila surat ini tidak datang"), ("peladen", "server"), ("bita", "byte"),
    ("(untaian|rangkaian) koneksi", "string koneksi"), ("rangkuman", "ringkasan"), ("digest", "ringkasan"),
    ("inside", "di dalam"), ("outside", "di luar"), ("depends", "tergantung cara menghitung"),
    ("unjudgeable", "tidak dapat dinilai"), ("reversal", "pembatalan"), ("approved-late", "terlambat"),
    ("approval-mismatch", "tidak dalam lampiran"), ("not-covered", "di luar cakupan"),
    ("(decree|effective|approval)_date", "tanggal SK, TMT"), ("inaugurated_on", "tanggal pelantikan"),
    ("(action_id|decree_no|employee_name|region_code)", "ID, nomor SK, nama, wilayah"),
    ("possible_backdating", "mungkin bertanggal mundur"), ("kind_differs", "jenisnya berbeda"),
    ("(in|out)-(back|forward)-(up|down)", "hari batas ikut, mundur"),
    ("(depends_on|boundary_day|known_on|legal_basis)", "-"),
    ("pasal-(71-2|162-3)(-tail)?", "Pasal 71 ayat (2)"), ("pp-49-2008-132a", "PP 49/2008 Pasal 132A"),
    ("(record|schedule|outcome|rules) changed", "berubah"), ("(letter|decree|oath|notice)", "-"),
  ]

  /// The banned words of a text with their surroundings. What belongs to a name of the program is none of its words: an option
  /// (`--known-on`), a key (`ledger.conninfo`), a path, a file.
  package static func faults(in text: String) -> [String] {
    banned.flatMap { word, better -> [String] in
      guard
        let pattern = try? NSRegularExpression(
          pattern: "(?<![\\w.\\-/=\\[])(\(word))(?![\\w\\-/=]|\\.\\w)", options: [.caseInsensitive])
      else { return ["\(word) is no pattern"] }
      let line = text as NSString
      return pattern.matches(in: text, range: NSRange(location: 0, length: line.length)).map {
        let from = max(0, $0.range.location - 40)
        let around = line.substring(
          with: NSRange(location: from, length: min(line.length - from, $0.range.length + 80)))
        return "\(line.substring(with: $0.range)) (\(better)): …\(around)…"
      }
    }
  }
}
