import AuditBase
import Postgres
import RuleFiles

/// One key with what holds for it, and where that was said.
package struct ConfigurationValue: Sendable, Equatable {
  /// Where a value was said.
  package enum Origin: Sendable, Equatable {
    /// Nowhere.
    case standard
    /// In an environment variable.
    case variable(String)
    /// In a file, on a line; 0 where that is not known.
    case file(String, line: Int)
  }

  /// Such as `poll.interval` or `sources[0].view`.
  package let key: String
  package let text: String
  package let origin: Origin
}

extension Configuration {
  /// Every key with its value and origin, in the order of the example file. Connection strings are shown without secrets.
  package static func origins(
    path: String?, environment: [String: String]
  ) throws(FileError) -> [ConfigurationValue] {
    let file = try RuleSet.text(path)
    let root = try file.map { file throws(FileError) in
      try YAMLValue(parsing: file.text, file: file.file).mapping(allowed: ConfigurationKey.topLevel)
    }
    var values: [ConfigurationValue] = []
    for key in ConfigurationKey.all {
      if let text = environment[key.variable], !text.isEmpty {
        values.append(
          ConfigurationValue(key: key.name, text: shown(text, key.name), origin: .variable(key.variable)))
        continue
      }
      guard let value = try find(key.name, in: root) else {
        values.append(ConfigurationValue(key: key.name, text: key.standard, origin: .standard))
        continue
      }
      values += try written(value, key.name)
    }
    return values
  }

  private static func find(_ key: String, in root: YAMLMapping?) throws(FileError) -> YAMLValue? {
    let parts = key.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return root?[key] }
    return try root?[parts[0]]?.mapping(allowed: ConfigurationKey.sections[parts[0]] ?? [])[parts[1]]
  }

  private static func written(_ value: YAMLValue, _ key: String) throws(FileError) -> [ConfigurationValue] {
    let origin = ConfigurationValue.Origin.file(value.fileName, line: value.line)
    if value.isMapping {
      var values: [ConfigurationValue] = []
      for (name, field) in try value.pairs() { values += try written(field, "\(key).\(name)") }
      return values
    }
    guard value.isList else {
      return [ConfigurationValue(key: key, text: shown(try value.text(), key), origin: origin)]
    }
    let items = try value.list()
    guard items.contains(where: \.isMapping) else {
      var texts: [String] = []
      for item in items { texts.append(try item.text()) }
      return [ConfigurationValue(key: key, text: "[" + texts.joined(separator: ", ") + "]", origin: origin)]
    }
    var values: [ConfigurationValue] = []
    for (index, item) in items.enumerated() {
      for (name, field) in try item.pairs() { values += try written(field, "\(key)[\(index)].\(name)") }
    }
    return values
  }

  private static func shown(_ text: String, _ key: String) -> String {
    key.hasSuffix("conninfo") ? ConnectionString.redacted(text) : text
  }
}
