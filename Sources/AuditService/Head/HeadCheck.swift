import AlertLedger
import AuditBase
import Foundation

extension HealthCheck {
  /// Compares the ledger with the head that the daemon keeps outside of it.
  mutating func head(_ path: String?, _ store: LedgerStore) throws(LedgerError) {
    guard let file = HeadFile.find(environment, configuration: path) else {
      add(
        .note, "head",
        id:
          "tidak ada folder keadaan (STATE_DIRECTORY): kepala arsip peringatan tidak disimpan di luar basis data, jadi sesudah layanan dimulai ulang arsip peringatan yang diganti tidak ketahuan",
        en:
          "no state folder (STATE_DIRECTORY): the ledger's head is kept nowhere outside the database, so after a restart of the daemon a ledger that was replaced is not noticed"
      )
      return
    }
    switch file.read() {
    case .missing:
      add(
        .note, "head", id: "\(file.path) belum ada: layanan pemantau belum pernah menulis arsip peringatan",
        en: "\(file.path) is not there yet: no daemon has written the ledger so far")
    case .unreadable(let reason):
      add(
        .note, "head", id: "\(file.path) tidak terbaca (\(reason)); jalankan sebagai root",
        en: "\(file.path) cannot be read (\(reason)); run this as root")
    case .known(var known):
      _ = try known.look(try store.head()) { head throws(LedgerError) in try store.continues(head) }
      if let refusal = known.refusal {
        add(.failed(.ledger), "head", refusal)
      } else {
        add(
          .good, "head", id: "kepalanya disimpan di \(file.path) dan cocok",
          en: "the head is kept in \(file.path) and fits")
      }
    }
  }
}

extension HeadFile {
  /// The one of the daemon with this configuration, seen by a person: as systemd lays the folders out.
  static func find(_ environment: [String: String], configuration path: String?) -> HeadFile? {
    if let own = HeadFile(environment) { return own }
    let name = path.map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent } ?? "config"
    let folder = "/var/lib/freeze-auditor" + (name == "config" ? "" : "-" + name)
    // The folder of a dynamic user is a link into one that only root may enter.
    let isThere = (try? FileManager.default.attributesOfItem(atPath: folder)) != nil
    return isThere ? HeadFile(folder: folder) : nil
  }
}
