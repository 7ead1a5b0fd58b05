import FreezeRules
import Testing

/// The collected facts that the shipped registry and calendar were made from, in a compact form of their own: what both
/// are compared with. Nothing here is read by the program.
enum RegionData {
  static func rows(_ file: String) throws -> [[String: String]] {
    let lines = try CaseFiles.text("data/\(file)").split(separator: "\n").map {
      $0.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    }
    let header = try #require(lines.first)
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  /// Named sets of regions.
  static let known = Result { try read() }
  static func groups() throws -> [String: Set<String>] { try known.get() }

  private static func read() throws -> [String: Set<String>] {
    var groups: [String: Set<String>] = [:]
    for line in try CaseFiles.text("data/groups.txt").split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: ":", maxSplits: 1)
      groups[String(parts[0])] = Set(parts[1].split(separator: " ").map(String.init))
    }
    return groups
  }

  /// The codes that a group or a code stands for.
  static func codes(_ groupOrCode: String) throws -> Set<String> {
    try groups()[groupOrCode] ?? [groupOrCode]
  }

  /// Codes of two digits are provinces; of the others those from 71 up are cities.
  static func counts(_ codes: Set<String>) -> [Int] {
    let isCity = { (code: String) in code.count == 5 && (Int(code.suffix(2)) ?? 0) >= 71 }
    return [
      codes.count { $0.count == 2 }, codes.count(where: isCity),
      codes.count { $0.count == 5 && !isCity($0) },
    ]
  }
}
