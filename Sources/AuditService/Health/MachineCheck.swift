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
    let storage = JournalStorage.find()
    if !storage.unread.isEmpty {
      let files = storage.unread.joined(separator: ", ")
      add(
        .note, "journal",
        id:
          "\(files) tidak dapat dibaca, jadi belum pasti di mana journal disimpan. Jalankan doctor sebagai root, atau lihat: systemd-analyze cat-config systemd/journald.conf",
        en:
          "\(files) cannot be read, so where the journal is kept is not certain. Run doctor as root, or see: systemd-analyze cat-config systemd/journald.conf"
      )
    }
    switch storage.place {
    case .persistent:
      add(
        .good, "journal", id: "journal tersimpan di /var/log/journal",
        en: "the journal is kept in /var/log/journal")
    case .volatile where !storage.unread.isEmpty:
      // What was not read may be where the journal is kept: the note above says it.
      break
    case .volatile:
      add(
        .failed(.machine), "journal",
        id:
          "journal hanya di memori: peringatan hilang saat mesin dinyalakan ulang. Tulis Storage=persistent di /etc/systemd/journald.conf.d/freeze-auditor.conf ([Journal]), lalu systemctl restart systemd-journald",
        en:
          "the journal is volatile: alerts are lost when the machine restarts. Write Storage=persistent into /etc/systemd/journald.conf.d/freeze-auditor.conf ([Journal]), then systemctl restart systemd-journald"
      )
    case .none:
      add(
        .failed(.machine), "journal",
        id:
          "journald tidak menyimpan apa-apa (Storage=none): peringatan tidak tercatat di mesin ini. Tulis Storage=persistent di /etc/systemd/journald.conf.d/freeze-auditor.conf ([Journal]), lalu systemctl restart systemd-journald",
        en:
          "journald keeps nothing (Storage=none): alerts leave no trace on this machine. Write Storage=persistent into /etc/systemd/journald.conf.d/freeze-auditor.conf ([Journal]), then systemctl restart systemd-journald"
      )
    }
  }
}
