import Foundation

extension ThrowawayCluster {
  /// The newest PostgreSQL of /usr/lib/postgresql, else the one in PATH.
  static func serverBinaries() throws -> String {
    let root = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    for version in versions.compactMap({ Int($0) }).sorted(by: >) {
      let folder = "\(root)/\(version)/bin"
      if FileManager.default.isExecutableFile(atPath: "\(folder)/initdb") { return folder }
    }
    if let initdb = findExecutable("initdb") {
      return URL(fileURLWithPath: initdb).resolvingSymlinksInPath().deletingLastPathComponent().path
    }
    throw TestSupportError("no PostgreSQL server is installed: apt-get install postgresql")
  }

  /// The command as the server's user.
  static func asServerUser(_ command: [String]) -> [String] {
    getuid() == 0 ? ["runuser", "-u", "postgres", "--"] + command : command
  }

  static func giveToServerUser(_ path: String) throws {
    guard getuid() == 0 else { return }
    guard let user = getpwnam("postgres") else {
      throw TestSupportError("as root, a user named postgres is needed: apt-get install postgresql")
    }
    guard chown(path, user.pointee.pw_uid, user.pointee.pw_gid) == 0 else {
      throw TestSupportError("\(path) could not be given to user postgres")
    }
  }
}

/// A TCP port on 127.0.0.1 that nobody uses, chosen by the kernel. Somebody may take it before it is used.
package func freePort() throws -> Int {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let bound = withUnsafeMutablePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
    }
  }
  guard bound else { throw TestSupportError("no free port") }
  return Int(UInt16(bigEndian: address.sin_port))
}
