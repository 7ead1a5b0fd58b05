/// Where an element belongs. Prefixes are only spelling; the same names in another vocabulary are other elements.
enum XMLNamespace: UInt8, Sendable {
  case none
  /// SpreadsheetML, as Excel writes it (transitional) or as the standard wants it (strict).
  case sheet
  /// The relationships that a workbook's elements point along (`r:id`).
  case pointer
  /// The files that hold the relationships of a package.
  case relationships
  case contentTypes
  case other

  init(_ name: some Collection<UInt8>) {
    let name = String(decoding: name, as: UTF8.self)
    self =
      switch name {
      case "": .none
      case "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main":
        .sheet
      case "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships":
        .pointer
      case "http://schemas.openxmlformats.org/package/2006/relationships": .relationships
      case "http://schemas.openxmlformats.org/package/2006/content-types": .contentTypes
      default: .other
      }
  }
}

/// The open elements of a document and the vocabularies that their prefixes stand for.
struct XMLScope {
  private struct Binding {
    let prefix: [UInt8]
    let namespace: XMLNamespace
    let depth: Int
  }

  /// The names with their prefixes, one after the other, and where each begins.
  private var names: [UInt8] = []
  private var starts: [Int] = []
  private var bindings: [Binding] = []
  /// What a name without a prefix belongs to.
  private(set) var defaultNamespace = XMLNamespace.none

  /// Open elements.
  var depth: Int { starts.count }

  mutating func open(_ name: ArraySlice<UInt8>) {
    starts.append(names.count)
    names.append(contentsOf: name)
  }

  /// Declares a prefix for the innermost element; the empty one is the default.
  mutating func bind(_ prefix: ArraySlice<UInt8>, to namespace: XMLNamespace) {
    bindings.append(Binding(prefix: Array(prefix), namespace: namespace, depth: depth))
    if prefix.isEmpty { defaultNamespace = namespace }
  }

  /// Whether the innermost element is spelled like this.
  func isInnermost(_ name: ArraySlice<UInt8>) -> Bool {
    guard let start = starts.last, names.count - start == name.count else { return false }
    return names[start...].elementsEqual(name)
  }

  /// The innermost element's name where it is one byte long.
  var innermostLetter: UInt8? {
    guard let start = starts.last, names.count - start == 1 else { return nil }
    return names[start]
  }

  mutating func close() {
    guard let start = starts.popLast() else { return }
    names.removeLast(names.count - start)
    guard let last = bindings.last, last.depth > depth else { return }
    while let last = bindings.last, last.depth > depth { bindings.removeLast() }
    defaultNamespace = bindings.last { $0.prefix.isEmpty }?.namespace ?? .none
  }

  func namespace(of prefix: ArraySlice<UInt8>) -> XMLNamespace {
    bindings.last { $0.prefix.elementsEqual(prefix) }?.namespace ?? .none
  }
}
