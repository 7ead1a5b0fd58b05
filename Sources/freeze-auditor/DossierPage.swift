import AuditBase
import AuditReports
import FreezeRules

/// `VERIFY.txt`: how to check a dossier with sha256sum, openssl and jq alone. Lines of four blanks are commands.
struct DossierPage {
  private let sheet: DossierSheet
  private let ledger: DossierLedger?
  private let hasChain: Bool

  init(_ sheet: DossierSheet, _ ledger: DossierLedger?, hasChain: Bool) {
    self.sheet = sheet
    self.ledger = ledger
    self.hasChain = hasChain
  }

  var text: String {
    var steps = [sums]
    if let ledger {
      if ledger.isSigned { steps.append(signature) }
      steps.append(links(ledger.isSigned))
      if sheet.personalData == .full { steps.append(bodies("events.ndjson")) }
      if hasChain { steps.append(bodies("chain.ndjson")) }
    }
    let numbered = steps.enumerated().map { "\($0.offset + 1). \($0.element)" }
    return ([intro] + numbered + [limits]).joined(separator: "\n\n") + "\n"
  }

  private func words(_ indonesian: String, _ english: String) -> String {
    Text(indonesian, english)[sheet.language]
  }

  private func part(_ title: String, _ commands: String) -> String {
    title + "\n\n" + commands.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
  }

  private var intro: String {
    words(
      "CARA MEMERIKSA FOLDER INI\n\nTanpa percaya kepada pembuatnya: hanya sha256sum, openssl (3.0 atau lebih baru), jq dan alat dasar. Jalankan di dalam folder ini. Perintah yang gagal atau mencetak TIDAK COCOK berarti ada yang berubah.\n\(sheet.privacy).",
      "HOW TO CHECK THIS FOLDER\n\nWithout trusting whoever made it: only sha256sum, openssl (3.0 or later), jq and basic tools. Run it inside this folder. A command that fails or prints DIFFERS means that something was changed.\n\(sheet.privacy)."
    )
  }

  private var sums: String {
    part(
      words(
        "Setiap berkas masih seperti ditulis. SHA256SUMS sendiri: catat atau minta hash-nya saat folder diterima.",
        "Every file is as it was written. SHA256SUMS itself: note its hash when the folder is handed over."
      ),
      "sha256sum --strict -c SHA256SUMS")
  }

  private var signature: String {
    part(
      words(
        "Kepala arsip peringatan bertanda tangan. examiner.pub adalah kunci publik yang Anda terima dari kantor itu lebih dulu, tidak dari folder ini; letakkan di sebelah folder ini.",
        "The ledger's head is signed. examiner.pub is the public key that you had from the office before, not from this folder; put it beside this folder."
      ),
      """
      sed '/^$/q' checkpoint.note | sed '$d' > ../note.text
      tail -n 1 checkpoint.note | cut -d' ' -f3 | base64 -d | tail -c 64 > ../note.signature
      { printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'; cut -d+ -f3- ../examiner.pub | base64 -d | tail -c 32; } > ../note.key
      openssl pkeyutl -verify -pubin -keyform DER -inkey ../note.key -rawin -in ../note.text -sigfile ../note.signature
      """)
  }

  private func links(_ isSigned: Bool) -> String {
    let head =
      isSigned
      ? "test -z \"$(cat chain.ndjson)\" || test \"$(jq -r .hash chain.ndjson | tail -n 1 | tr a-f A-F | basenc --base16 -d | base64)\" = \"$(sed -n 3p checkpoint.note)\""
      : "test -z \"$(cat chain.ndjson)\" || test \"$(jq -r .hash chain.ndjson | tail -n 1)\" = \"$(jq -r .head_hash head.json)\""
    let file = isSigned ? "checkpoint.note" : "head.json"
    return part(
      words(
        "Peristiwa SK ini ada dalam rantai, tiap mata rantai menyambung, dan yang terakhir adalah kepala dalam \(file).",
        "The events of this decree are in the chain, every link fits the one before, and the last one is the head in \(file)."
      ),
      """
      jq -es '[range(1; length) as $i | .[$i].prev_hash == .[$i - 1].hash and .[$i].seq == .[$i - 1].seq + 1] | all' chain.ndjson
      jq -es --slurpfile events events.ndjson '(map({(.hash): .seq}) | add // {}) as $chain | all($events[]; $chain[.hash] == .seq)' chain.ndjson
      \(head)
      """)
  }

  private func bodies(_ file: String) -> String {
    part(
      words(
        "Hash setiap peristiwa dalam \(file) adalah SHA-256 atas prev_hash dan isinya; dihitung ulang.",
        "The hash of each event in \(file) is SHA-256 over prev_hash and its body; computed again."
      ),
      """
      jq -r 'select(.body != null) | [.prev_hash, .hash, (.body | @base64)] | @tsv' \(file) | while read -r prev hash body; do
        { printf %s "$prev" | tr a-f A-F | basenc --base16 -d; printf %s "$body" | base64 -d; } | sha256sum | grep -q "^$hash " || { echo "\(words("TIDAK COCOK", "DIFFERS")) $hash"; exit 1; }
      done
      """)
  }

  private var limits: String {
    var lines: [String] = []
    if ledger == nil {
      lines.append(
        words(
          "Folder ini dibuat tanpa arsip peringatan: isinya tidak terikat pada waktu.",
          "This folder was made without the ledger: nothing in it is tied to a time."))
    } else {
      if sheet.personalData == .masked {
        lines.append(
          words(
            "Isi peristiwa disamarkan, sehingga hash-nya tidak dapat dihitung dari folder ini; minta dossier dengan --full.",
            "The bodies of the events are masked, so their hashes cannot be computed from this folder; ask for a dossier with --full."
          ))
      }
      if !hasChain {
        lines.append(
          words(
            "Peristiwa orang lain dalam chain.ndjson hanya berupa hash: bahwa tiap hash benar-benar berasal dari isinya dibuktikan oleh dossier --full --chain, atau di kantor itu dengan: freeze-auditor alerts verify --checkpoint checkpoint.note --public-key examiner.pub",
            "Events of other people are in chain.ndjson as hashes only: that each hash really comes from its body is proved by a dossier with --full --chain, or at the office with: freeze-auditor alerts verify --checkpoint checkpoint.note --public-key examiner.pub"
          ))
      }
      if let removed = ledger?.lastRemoved, removed > 0 {
        lines.append(
          words(
            "Isi peristiwa yang sudah selesai sampai nomor \(removed) hanya ada dalam berkas segel kantor itu (alerts archive); minta berkasnya dan periksa dengan alerts verify --archive.",
            "The bodies of settled events up to number \(removed) are in the office's archive only (alerts archive); ask for it and check it with alerts verify --archive."
          ))
      }
      if ledger?.isSigned == false {
        lines.append(
          words(
            "Kepala arsip peringatan tidak bertanda tangan (tidak ada kunci; lihat alerts keygen): bandingkan head.json dengan surat ringkasan yang disimpan orang lain.",
            "The ledger's head is not signed (there is no key; see alerts keygen): compare head.json with a digest mail that somebody else kept."
          ))
      }
    }
    lines.append(
      words(
        "Menilai ulang: rules.yaml dan calendar.yaml adalah yang dipakai; derivation dalam records.json menyebut tiap langkah dengan dasarnya.",
        "Judging again: rules.yaml and calendar.yaml are those that were used; derivation in records.json names each step with its source."
      ))
    return words("YANG TIDAK DIBUKTIKAN", "WHAT IT DOES NOT PROVE") + "\n\n"
      + lines.map { "- " + $0 }.joined(separator: "\n")
  }
}
