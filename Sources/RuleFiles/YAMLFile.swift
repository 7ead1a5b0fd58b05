import FreezeRules
import Yams

/// Something wrong in a file that a person wrote: file, line, key, what is wrong and what is allowed.
public struct FileError: ExplainedError, Equatable {
  /// As given by the user, or the name of the shipped file.
  public let file: String
  /// 1-based; 0 when the file as a whole is meant.
  public let line: Int
  /// Such as `elections[2].determination[0].date`; empty for the file as a whole.
  public let key: String
  /// What is wrong and what is allowed.
  public let problem: Bilingual

  /// An error of these parts.
  public init(file: String, line: Int, key: String, _ problem: Bilingual) {
    self.file = file
    self.line = line
    self.key = key
    self.problem = problem
  }

  /// `file:line: key: problem`.
  public var message: Bilingual {
    let place = file + (line > 0 ? ":\(line)" : "") + ": " + (key.isEmpty ? "" : key + ": ")
    return Bilingual(id: place + problem.indonesian, en: place + problem.english)
  }
}

/// A value of a YAML file that knows where it stands, so that every complaint can say so.
public struct YAMLValue {
  let node: Node
  let file: String
  /// Where it stands, such as `rules[0].id`.
  public let key: String

  /// The root of a document.
  public init(parsing text: String, file: String) throws(FileError) {
    self.file = file
    key = ""
    try YAMLGuard.check(text, file: file)
    do {
      // Every scalar is text here, and its meaning ours to find; the standard resolver would guess types by patterns whose
      // engine alone takes 5 MB.
      guard let root = try Yams.compose(yaml: text, .basic) else {
        throw FileError(
          file: file, line: 0, key: "", Bilingual(id: "berkas kosong", en: "the file is empty"))
      }
      node = root
    } catch let error as FileError {
      throw error
    } catch let error as YamlError {
      throw Self.syntax(error, file)
    } catch {
      throw FileError(
        file: file, line: 0, key: "", Bilingual(id: "bukan YAML: \(error)", en: "not YAML: \(error)"))
    }
  }

  private init(_ node: Node, _ file: String, _ key: String) {
    self.node = node
    self.file = file
    self.key = key
  }

  /// A value that stands in no file, such as an environment variable.
  public init(text: String, file: String) {
    self.init(Node(text), file, "")
  }

  /// Another text at the same place, such as one item of a list that was written as one text.
  public func replacing(text: String) -> YAMLValue { YAMLValue(Node(text), file, key) }

  private static func syntax(_ error: YamlError, _ file: String) -> FileError {
    func failed(_ line: Int, _ what: String) -> FileError {
      FileError(
        file: file, line: line, key: "",
        Bilingual(id: "bukan YAML yang sah: \(what)", en: "not valid YAML: \(what)"))
    }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return failed(mark.line, problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.map { "\($0)" }.sorted().joined(separator: ", ")
      return FileError(
        file: file, line: context.mark.line, key: keys,
        Bilingual(
          id: "kunci ganda; yang boleh satu kali dalam satu pemetaan",
          en: "duplicate key; once is allowed in one mapping"))
    default: return failed(0, "\(error)")
    }
  }

  /// 1-based line, 0 when unknown.
  public var line: Int { node.mark?.line ?? 0 }

  /// A complaint about this value.
  public func error(id: String, en: String) -> FileError {
    FileError(file: file, line: line, key: key, Bilingual(id: id, en: en))
  }

  /// A mapping with these keys and no others.
  public func mapping(allowed: [String]) throws(FileError) -> YAMLMapping {
    guard let mapping = node.mapping else {
      let keys = allowed.joined(separator: ", ")
      throw error(
        id: "harus berupa pemetaan dengan kunci: \(keys)", en: "must be a mapping with the keys: \(keys)")
    }
    var fields: [String: YAMLValue] = [:]
    for (name, value) in mapping {
      let text = name.scalar?.string ?? "?"
      let child = key.isEmpty ? text : key + "." + text
      guard allowed.contains(text) else {
        let keys = allowed.joined(separator: ", ")
        throw FileError(
          file: file, line: name.mark?.line ?? line, key: child,
          Bilingual(id: "kunci tidak dikenal; yang boleh: \(keys)", en: "unknown key; allowed: \(keys)"))
      }
      fields[text] = YAMLValue(value, file, child)
    }
    return YAMLMapping(value: self, fields: fields)
  }

  /// Every pair of a mapping with free keys, in file order.
  public func pairs() throws(FileError) -> [(name: String, value: YAMLValue)] {
    guard let mapping = node.mapping else {
      throw error(id: "harus berupa pemetaan", en: "must be a mapping")
    }
    return mapping.map {
      let name = $0.key.scalar?.string ?? "?"
      return (name, YAMLValue($0.value, file, key.isEmpty ? name : key + "." + name))
    }
  }

  /// A sequence.
  public func list() throws(FileError) -> [YAMLValue] {
    guard let sequence = node.sequence else {
      throw error(
        id: "harus berupa daftar: [a, b] atau baris berawalan \"- \"",
        en: "must be a list: [a, b] or lines that begin with \"- \"")
    }
    return sequence.enumerated().map { YAMLValue($0.element, file, key + "[\($0.offset)]") }
  }

  /// Whether this is a sequence rather than one value.
  public var isList: Bool { node.sequence != nil }

  /// Text that is not blank.
  public func text() throws(FileError) -> String {
    guard let scalar = node.scalar, !Self.isNull(scalar), scalar.string.contains(where: { !$0.isWhitespace })
    else {
      throw error(id: "harus berupa teks yang tidak kosong", en: "must be text that is not blank")
    }
    // An escape in quotes can write what the guard does not see in the bytes.
    guard !scalar.string.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      throw error(
        id: "ada karakter kendali; hanya teks yang boleh",
        en: "there is a control character; only text is allowed")
    }
    return scalar.string
  }

  /// The name of a law, a decree or a letter: text with a letter in it.
  public func instrument() throws(FileError) -> String {
    let text = try self.text()
    guard text.contains(where: \.isLetter) else {
      throw error(
        id: "\"\(text)\" bukan nama aturan atau surat; tulis misalnya \"PKPU 2/2024\"",
        en: "\"\(text)\" names no instrument; write for example \"PKPU 2/2024\"")
    }
    return text
  }

  /// YAML's words for nothing, unless they stand in quotes.
  static func isNull(_ scalar: Node.Scalar) -> Bool {
    scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  /// One of these words.
  public func word(of allowed: [String]) throws(FileError) -> String {
    let text = try self.text()
    guard allowed.contains(text) else {
      let words = allowed.joined(separator: ", ")
      throw error(
        id: "\"\(text)\" tidak dikenal; yang boleh: \(words)",
        en: "\"\(text)\" is not known; allowed: \(words)")
    }
    return text
  }

  /// One case of an enumeration.
  public func choice<T: CaseIterable & RawRepresentable>() throws(FileError) -> T where T.RawValue == String {
    let text = try word(of: T.allCases.map(\.rawValue))
    guard let value = T(rawValue: text) else { throw error(id: "tidak dikenal", en: "not known") }
    return value
  }

  /// A day written `YYYY-MM-DD`.
  public func date() throws(FileError) -> CivilDate {
    let text = try self.text()
    guard let date = CivilDate(iso: text) else {
      throw error(
        id: "\"\(text)\" bukan tanggal; tulis YYYY-MM-DD, dan harinya harus ada",
        en: "\"\(text)\" is not a date; write YYYY-MM-DD, and the day must exist")
    }
    let years = RecordedDate.plausibleYears
    guard years.contains(date.year) else {
      throw error(
        id: "tahun \(date.year) tidak masuk akal; yang boleh \(years.lowerBound) sampai \(years.upperBound)",
        en: "the year \(date.year) makes no sense; allowed are \(years.lowerBound) to \(years.upperBound)")
    }
    return date
  }

  /// A day, or `nil` for the word `open`.
  public func dateOrOpen() throws(FileError) -> CivilDate? {
    if node.scalar?.string == "open" { return nil }
    return try date()
  }

  /// A whole number in a range.
  public func integer(in range: ClosedRange<Int>) throws(FileError) -> Int {
    let text = try self.text()
    guard let value = Int(text), range.contains(value) else {
      throw error(
        id: "\"\(text)\" bukan bilangan bulat \(range.lowerBound) sampai \(range.upperBound)",
        en: "\"\(text)\" is not a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// `true` or `false`.
  public func flag() throws(FileError) -> Bool { try word(of: ["true", "false"]) == "true" }
}

/// A mapping whose keys are all allowed.
public struct YAMLMapping {
  let value: YAMLValue
  let fields: [String: YAMLValue]

  /// The value under a key, `nil` when the key is missing or null.
  public subscript(name: String) -> YAMLValue? {
    guard let field = fields[name] else { return nil }
    // YAML's null (`key:` with nothing behind it, `~`) is the same as leaving the key out.
    if let scalar = field.node.scalar, YAMLValue.isNull(scalar) { return nil }
    return field
  }

  /// The value under a key that must be there.
  public func required(_ name: String) throws(FileError) -> YAMLValue {
    guard let field = self[name] else {
      throw value.error(id: "kunci \"\(name)\" wajib ada", en: "the key \"\(name)\" is required")
    }
    return field
  }

  /// A complaint about the mapping as a whole.
  public func error(id: String, en: String) -> FileError { value.error(id: id, en: en) }
}
