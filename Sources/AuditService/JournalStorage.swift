import Foundation

/// Where journald keeps what it takes.
enum JournalStorage: Equatable {
  /// On the disk.
  case persistent
  /// In memory only.
  case volatile
  /// Nowhere.
  case none

  /// By the files journald writes, and by what it was told.
  ///
  /// A folder under /var/log/journal is no proof: it stays behind when the storage is changed. journald writes to
  /// /run/log/journal while it keeps nothing on the disk, and only then.
  /// - Parameter root: of the system looked at.
  static func find(root: String = "") -> JournalStorage {
    let storage = setting(root)
    if storage == "none" { return .none }
    let files = FileManager.default
    func isWritten(_ place: String) -> Bool {
      let folders = (try? files.contentsOfDirectory(atPath: root + place)) ?? []
      return folders.contains { name in
        name.utf8.count >= 32 && name.prefix(32).allSatisfy(\.isHexDigit)
          && files.fileExists(atPath: "\(root)\(place)/\(name)/system.journal")
      }
    }
    if storage == "volatile" || isWritten("/run/log/journal") { return .volatile }
    return isWritten("/var/log/journal") ? .persistent : .volatile
  }

  /// What `Storage=` says: of one name the file in /etc counts, of several names the last.
  private static func setting(_ root: String) -> String {
    let files = FileManager.default
    var dropIns: [String: String] = [:]
    for folder in ["/usr/lib/systemd", "/usr/local/lib/systemd", "/run/systemd", "/etc/systemd"] {
      for name in (try? files.contentsOfDirectory(atPath: "\(root)\(folder)/journald.conf.d")) ?? []
      where name.hasSuffix(".conf") {
        dropIns[name] = "\(root)\(folder)/journald.conf.d/\(name)"
      }
    }
    let main = ["/etc/systemd", "/run/systemd", "/usr/local/lib/systemd", "/usr/lib/systemd"].map {
      "\(root)\($0)/journald.conf"
    }.first(where: files.fileExists)
    var storage = "auto"
    for path in [main].compactMap(\.self) + dropIns.sorted(by: { $0.key < $1.key }).map(\.value) {
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { continue }
      for line in text.split(separator: "\n") {
        let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        if parts.first == "Storage" { storage = parts.count == 2 ? parts[1].lowercased() : "auto" }
      }
    }
    return storage
  }
}
