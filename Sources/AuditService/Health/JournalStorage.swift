import Foundation

/// Where journald keeps what it takes.
struct JournalStorage: Equatable {
  enum Place: Equatable {
    /// On the disk.
    case persistent
    /// In memory only.
    case volatile
    /// Nowhere.
    case none
  }

  var place: Place
  /// Files of journald's configuration, and folders of journals, that could not be read: one of them may say otherwise.
  var unread: [String] = []

  /// By the files journald writes, and by what it was told.
  ///
  /// A folder under /var/log/journal is no proof: it stays behind when the storage is changed. journald writes to
  /// /run/log/journal while it keeps nothing on the disk, and only then.
  /// - Parameter root: of the system looked at.
  static func find(root: String = "") -> JournalStorage {
    var (storage, unread) = setting(root)
    if storage == "none" { return JournalStorage(place: .none, unread: unread) }
    let inMemory = isWritten("\(root)/run/log/journal", unread: &unread)
    let onDisk = isWritten("\(root)/var/log/journal", unread: &unread)
    let isPersistent = storage != "volatile" && !inMemory && onDisk
    return JournalStorage(place: isPersistent ? .persistent : .volatile, unread: unread)
  }

  /// Whether this machine's journald writes into the folder; a folder that cannot be listed is added to the unread.
  private static func isWritten(_ folder: String, unread: inout [String]) -> Bool {
    let files = FileManager.default
    guard files.fileExists(atPath: folder) else { return false }
    func names(in folder: String) -> [String] {
      guard let names = try? files.contentsOfDirectory(atPath: folder) else {
        unread.append(folder)
        return []
      }
      return names
    }
    let machines = names(in: folder).filter { $0.utf8.count >= 32 && $0.prefix(32).allSatisfy(\.isHexDigit) }
    return machines.contains { names(in: "\(folder)/\($0)").contains("system.journal") }
  }

  /// What `Storage=` says, and what could not be read of it: of one name the file in /etc counts, of several names the
  /// last.
  private static func setting(_ root: String) -> (storage: String, unread: [String]) {
    let files = FileManager.default
    var unread: [String] = []
    var dropIns: [String: String] = [:]
    for folder in ["/usr/lib/systemd", "/usr/local/lib/systemd", "/run/systemd", "/etc/systemd"] {
      let path = "\(root)\(folder)/journald.conf.d"
      guard files.fileExists(atPath: path) else { continue }
      guard let names = try? files.contentsOfDirectory(atPath: path) else {
        unread.append(path)
        continue
      }
      for name in names where name.hasSuffix(".conf") { dropIns[name] = "\(path)/\(name)" }
    }
    let main = ["/etc/systemd", "/run/systemd", "/usr/local/lib/systemd", "/usr/lib/systemd"].map {
      "\(root)\($0)/journald.conf"
    }.first(where: files.fileExists)
    var storage = "auto"
    for path in [main].compactMap(\.self) + dropIns.sorted(by: { $0.key < $1.key }).map(\.value) {
      // A link to /dev/null, or to nothing, switches a file of that name off.
      if (try? files.destinationOfSymbolicLink(atPath: path)) == "/dev/null" { continue }
      guard let data = files.contents(atPath: path) else {
        if files.fileExists(atPath: path) { unread.append(path) }
        continue
      }
      // journald itself takes any bytes: a comment in Latin-1 hides no setting.
      for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
        let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        if parts.first == "Storage" { storage = parts.count == 2 ? parts[1].lowercased() : "auto" }
      }
    }
    return (storage, unread)
  }
}
