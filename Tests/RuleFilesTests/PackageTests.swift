import Foundation
import Testing
import TestSupport

/// The arrows of Package.swift are the arrows of the code.
@Suite struct PackageTests {
  struct Target: CustomTestStringConvertible, Sendable {
    let name: String
    let folder: String
    let declared: Set<String>
    var testDescription: String { name }
  }

  /// What comes with the toolchain is declared nowhere.
  private static let toolchain: Set = ["Dispatch", "Foundation", "Glibc", "Synchronization", "Testing"]

  /// The targets, as the text of Package.swift has them.
  static let targets: [Target] = {
    let file = repositoryRoot.appendingPathComponent("Package.swift")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    let list = text.matches(of: #/\.(target|executableTarget|testTarget)\(/#)
    return list.indices.compactMap { index in
      let end = index + 1 < list.count ? list[index + 1].range.lowerBound : text.endIndex
      let part = text[list[index].range.upperBound..<end]
      guard let name = part.firstMatch(of: #/name:\s*"([^"]+)"/#)?.output.1, name != "fuzz-parsers" else {
        return nil
      }
      // A product is declared by its own name, whatever package it comes from.
      let dependencies =
        part.firstMatch(of: #/dependencies: \[((?:[^\]])*)\]/#)?.output.1
        .replacing(#/package: "[^"]*"/#, with: "") ?? ""
      let declared = dependencies.matches(of: #/"([^"]+)"/#).map { String($0.output.1) }
      let isTest = list[index].output.1 == "testTarget" || name == "TestSupport"
      return Target(
        name: String(name), folder: (isTest ? "Tests/" : "Sources/") + name,
        declared: Set(declared.map { $0.replacing("-", with: "_") }))
    }
  }()

  @Test(arguments: targets) func `A target declares just what it imports`(_ target: Target) throws {
    let folder = repositoryRoot.appendingPathComponent(target.folder)
    var imported: Set<String> = []
    for case let file as String in FileManager.default.enumerator(atPath: folder.path) ?? .init()
    where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      for line in text.matches(of: #/(?m)^(?:@testable |package |public |internal )?import (\w+)/#) {
        imported.insert(String(line.output.1))
      }
    }
    #expect(imported.subtracting(Self.toolchain) == target.declared)
  }

  @Test func `Every target is looked at`() { #expect(Self.targets.count > 20) }
}
