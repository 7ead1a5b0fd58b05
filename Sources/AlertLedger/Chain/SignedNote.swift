import AuditBase
import Crypto
import Foundation
import FreezeRules

/// A public key as Go's `sumdb/note` and C2SP `signed-note` write it: `NAME+HASH+KEY`.
package struct VerifierKey: Sendable, Equatable {
  /// Who signs.
  package let name: String
  let key: [UInt8]

  /// The number of Ed25519 in that format.
  static let algorithm: UInt8 = 1

  init(name: String, key: [UInt8]) {
    self.name = name
    self.key = key
  }

  /// Four bytes by which a signature names its key.
  var id: [UInt8] { Array(SHA256.hash(data: Array("\(name)\n".utf8) + [Self.algorithm] + key).prefix(4)) }

  /// One line, to be given to everybody.
  package var text: String {
    "\(name)+\(Hex.encode(id))+\(Data([Self.algorithm] + key).base64EncodedString())"
  }

  /// From ``text``.
  package init(_ text: String) throws(Failure) {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    if text.hasPrefix("PRIVATE+KEY+") || text.contains("PRIVATE KEY") {
      throw Failure(
        .configuration, "ini kunci rahasia; yang diminta kunci publik, yang dicetak alerts keygen",
        "this is a private key; the public one is asked for, which alerts keygen printed")
    }
    let key = try KeyText(text)
    guard key.bytes.count == 32, (try? Curve25519.Signing.PublicKey(rawRepresentation: key.bytes)) != nil
    else {
      throw Failure(
        .configuration, "bukan kunci publik Ed25519 (32 bita)", "no public key of Ed25519 (32 bytes)")
    }
    self.init(name: key.name, key: key.bytes)
    guard id == key.id else {
      throw Failure(
        .configuration, "sidik kunci tidak cocok dengan nama dan isinya: ada huruf yang berubah",
        "the key's hash does not fit its name and content: a character was changed")
    }
  }

  /// Whether it made the signature of this text.
  func verifies(_ signature: [UInt8], of text: String) -> Bool {
    (try? Curve25519.Signing.PublicKey(rawRepresentation: key))?
      .isValidSignature(signature, for: Array(text.utf8)) ?? false
  }
}

/// A private key in the same form: `PRIVATE+KEY+NAME+HASH+SEED`.
package struct SigningKey: Sendable {
  private static let prefix = "PRIVATE+KEY+"
  /// What everybody may have.
  package let verifier: VerifierKey
  private let key: Curve25519.Signing.PrivateKey

  /// A fresh key.
  package init(name: String) throws(Failure) {
    guard KeyText.isName(name) else {
      throw Failure(
        .configuration,
        "nama kunci tidak boleh kosong atau memuat spasi, \"+\" atau karakter kendali; misalnya bkpsdm.example.go.id/16.05",
        "the name of a key must not be blank nor hold spaces, \"+\" or control characters; such as bkpsdm.example.go.id/16.05"
      )
    }
    key = Curve25519.Signing.PrivateKey()
    verifier = VerifierKey(name: name, key: Array(key.publicKey.rawRepresentation))
  }

  /// From ``text``.
  package init(_ text: String) throws(Failure) {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard text.hasPrefix(Self.prefix) else {
      throw Failure(
        .configuration, "bukan kunci rahasia dari alerts keygen (diawali PRIVATE+KEY+)",
        "no private key of alerts keygen (begins with PRIVATE+KEY+)")
    }
    let parts = try KeyText(String(text.dropFirst(Self.prefix.count)))
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: parts.bytes) else {
      throw Failure(
        .configuration, "bukan kunci rahasia Ed25519 (32 bita)", "no private key of Ed25519 (32 bytes)")
    }
    self.key = key
    verifier = VerifierKey(name: parts.name, key: Array(key.publicKey.rawRepresentation))
    guard verifier.id == parts.id else {
      throw Failure(
        .configuration, "sidik kunci tidak cocok dengan nama dan isinya: ada huruf yang berubah",
        "the key's hash does not fit its name and content: a character was changed")
    }
  }

  /// One line, to be kept from everybody.
  package var text: String {
    Self.prefix + "\(verifier.name)+\(Hex.encode(verifier.id))+"
      + (Data([VerifierKey.algorithm]) + key.rawRepresentation).base64EncodedString()
  }

  /// A text that ends with a line break, an empty line, and the line that signs it.
  package func sign(_ text: String) throws(Failure) -> String {
    do {
      let signature = try key.signature(for: Array(text.utf8))
      let line = (Data(verifier.id) + signature).base64EncodedString()
      return text + "\n— \(verifier.name) \(line)\n"
    } catch { throw Failure(.configuration, "penandatanganan gagal", "signing failed") }
  }
}

/// The parts of either key's text.
private struct KeyText {
  let name: String
  let id: [UInt8]
  let bytes: [UInt8]

  init(_ text: String) throws(Failure) {
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, Self.isName(parts[0]), let id = Hex.decode(parts[1]), id.count == 4,
      let bytes = Data(base64Encoded: parts[2]), let algorithm = bytes.first
    else {
      throw Failure(
        .configuration,
        "bukan kunci nota bertanda tangan: harus NAMA+SIDIK+KUNCI dalam satu baris, seperti dicetak alerts keygen",
        "no key of signed notes: must be NAME+HASH+KEY in one line, as alerts keygen prints it")
    }
    guard algorithm == VerifierKey.algorithm else {
      throw Failure(
        .configuration, "kunci dari jenis lain (algoritma \(algorithm)); yang dikenal hanya Ed25519 (1)",
        "a key of another kind (algorithm \(algorithm)); only Ed25519 (1) is known")
    }
    name = parts[0]
    self.id = id
    self.bytes = Array(bytes.dropFirst())
  }

  static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 200
      && !name.unicodeScalars.contains {
        $0 == "+" || $0.properties.isWhitespace || $0.properties.generalCategory == .control
          || $0.properties.generalCategory == .format
      }
  }
}

/// A text with the lines that sign it (C2SP `signed-note`).
package struct SignedNote: Sendable {
  /// What is signed, with its last line break.
  let text: String
  private let signatures: [(name: String, bytes: [UInt8]?)]

  private static let mark = "— "

  /// The first note in a text: the note alone, or a mail that holds it, as text or as it was sent.
  package init?(in text: String) {
    // A mail as it was sent: quoted-printable.
    let plain = text.contains("=E2=80=94 ") ? Self.unquoted(text) : text
    // By scalars: CR LF is one character.
    let lines = plain.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(String.UnicodeScalarView(line.last == "\r" ? line.dropLast() : line))
    }
    for index in lines.indices where index >= 2 && lines[index].hasPrefix(Self.mark) {
      guard lines[index - 1].isEmpty else { continue }
      let body = lines[..<(index - 1)].reversed().prefix { !$0.isEmpty }.reversed()
      guard !body.isEmpty else { continue }
      self.text = body.joined(separator: "\n") + "\n"
      signatures = lines[index...].prefix { $0.hasPrefix(Self.mark) }.map { line in
        let words = line.dropFirst(Self.mark.count).split(separator: " ", omittingEmptySubsequences: false)
        let bytes = words.count == 2 ? Data(base64Encoded: String(words[1])) : nil
        return (words.first.map(String.init) ?? "", bytes.map { Array($0) })
      }
      return
    }
    return nil
  }

  /// Whether a key signed just this text.
  package func check(_ key: VerifierKey) throws(Failure) {
    let own = signatures.filter { $0.name == key.name }
    let named = own.compactMap { $0.bytes }.filter { Array($0.prefix(4)) == key.id }
    if named.contains(where: { key.verifies(Array($0.dropFirst(4)), of: text) }) { return }
    if !named.isEmpty || own.contains(where: { $0.bytes == nil }) {
      throw Failure(
        .ledger, "nota tidak asli: tanda tangannya tidak cocok dengan isinya, ada bita yang berubah",
        "the note is not genuine: its signature does not fit its content, a byte was changed")
    }
    let names = signatures.map { signature in
      PlainText.line(signature.name, limit: 100)
        + (signature.bytes.map { "+" + Hex.encode($0.prefix(4)) } ?? "")
    }.joined(separator: ", ")
    let given = "\(key.name)+\(Hex.encode(key.id))"
    throw Failure(
      .ledger,
      "nota tidak ditandatangani dengan kunci ini: ditandatangani \(names), kunci yang diberikan \(given)",
      "the note is not signed with this key: signed by \(names), the key given is \(given)")
  }

  /// Quoted-printable undone.
  private static func unquoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "=") else {
        bytes.append(byte)
        continue
      }
      if rest.starts(with: "\n".utf8) {
        rest = rest.dropFirst()
      } else if rest.starts(with: "\r\n".utf8) {
        rest = rest.dropFirst(2)
      } else if let two = Hex.decode(String(decoding: rest.prefix(2), as: UTF8.self)), two.count == 1 {
        bytes += two
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
