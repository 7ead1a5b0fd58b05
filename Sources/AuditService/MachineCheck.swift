import Glibc
import SystemLog

extension HealthCheck {
  /// Clock and journal.
  package mutating func machine() {
    clock()
    journal()
  }

  private mutating func clock() {
    if !MachineClock.isSynchronised {
      add(
        .failed(.machine), "clock", id: "jam tidak tersinkron. Pasang chrony atau: timedatectl set-ntp true",
        en: "the clock is not synchronised. Install chrony, or: timedatectl set-ntp true")
    } else {
      add(.good, "clock", id: "jam tersinkron", en: "the clock is synchronised")
    }
  }

  private mutating func journal() {
    guard access("/run/systemd/journal/socket", F_OK) == 0 else {
      add(
        .note, "journal", id: "tidak ada journald; log keluar di stdout sebagai baris JSON",
        en: "there is no journald; the log goes to standard output as JSON lines")
      return
    }
    if hasPersistentJournal {
      add(
        .good, "journal", id: "journal tersimpan di /var/log/journal",
        en: "the journal is kept in /var/log/journal")
    } else {
      add(
        .failed(.machine), "journal",
        id:
          "journal hanya di memori: peringatan hilang saat mesin dinyalakan ulang. mkdir -p /var/log/journal && systemctl restart systemd-journald",
        en:
          "the journal is volatile: alerts are lost when the machine restarts. mkdir -p /var/log/journal && systemctl restart systemd-journald"
      )
    }
  }

  /// journald keeps what it has under /var in a folder named after the machine.
  private var hasPersistentJournal: Bool {
    guard let folder = opendir("/var/log/journal") else { return false }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.utf8.count == 32, name.allSatisfy(\.isHexDigit) { return true }
    }
    return false
  }
}
