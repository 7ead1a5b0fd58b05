import Foundation

/// Where passwords stand: what systemd hands to a service (`LoadCredential=`), or for a person's command the files that
/// the units load them from, beside the configuration. `16.05.yaml` has its own, `16.05.source-password`.
package struct Credentials: Sendable, Equatable {
  /// What the names of those files begin with; `nil` without a configuration file.
  private let beside: String?

  /// Only what systemd hands over.
  package init() { beside = nil }

  /// - Parameter path: of the configuration file.
  package init(besideConfiguration path: String?) {
    beside = path.map { path in
      let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
      let name = path.dropFirst(folder.count)
      if name == "config.yaml" { return folder }
      let stem = name.hasSuffix(".yaml") ? name.dropLast(5) : name.hasSuffix(".yml") ? name.dropLast(4) : name
      return folder + stem + "."
    }
  }

  /// A password without its final newline, `nil` where there is none, or where this user may not read it.
  func read(_ name: String, _ environment: [String: String]) -> String? {
    let path: String
    if let folder = environment["CREDENTIALS_DIRECTORY"] {
      path = folder + "/" + name
    } else if let beside {
      path = beside + name
    } else {
      return nil
    }
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
    return text.isEmpty ? nil : text
  }
}
