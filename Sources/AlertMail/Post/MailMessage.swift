import AuditBase

/// A mail as sendmail takes it: 7-bit lines of at most 76 characters, ended by LF, which is the local line end that every
/// `sendmail` expects on its input; on the wire the mail system makes it CRLF.
package struct MailMessage: Sendable {
  /// A file that goes with it.
  package struct Attachment: Sendable {
    /// Its name: ASCII letters, digits, `.`, `-`.
    package var name: String
    /// Such as `text/csv; charset=utf-8`.
    package var type: String
    /// Its content.
    package var content: [UInt8]
  }

  /// Sender.
  package var from: MailAddress
  /// Recipients.
  package var to: [MailAddress]
  /// One line.
  package var subject: String
  /// RFC 5322.
  package var date: String
  /// With its angle brackets.
  package var messageID: String
  /// Message-IDs of the threads it belongs to, the first one foremost.
  package var references: [String]
  /// `id` or `en`.
  package var language: String
  /// Further fields, ASCII.
  package var extra: [(name: String, value: String)]
  /// Plain text.
  package var text: String
  /// The same as HTML.
  package var html: String
  /// What goes with it.
  package var attachments: [Attachment]

  /// How many bytes it is.
  package var size: Int { bytes.count }

  /// The mail in bytes; the same parts give the same bytes.
  package var bytes: [UInt8] {
    var result = MailHeader.fold("From", from.headerText.split(separator: " ").map(String.init))
    let recipients = to.enumerated().flatMap { index, address in
      let words = address.headerText.split(separator: " ").map(String.init)
      return words.dropLast() + [(words.last ?? "") + (index + 1 < to.count ? "," : "")]
    }
    result += MailHeader.fold("To", recipients)
    result += MailHeader.text("Subject", subject)
    result += "Date: \(date)\n"
    result += MailHeader.fold("Message-ID", [messageID])
    if let first = references.first { result += MailHeader.fold("In-Reply-To", [first]) }
    if !references.isEmpty { result += MailHeader.fold("References", references) }
    // RFC 3834: no answering machine answers this.
    result += "Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\n"
    result += "Content-Language: \(language)\n"
    for field in extra { result += MailHeader.text(field.name, field.value) }
    result += "MIME-Version: 1.0\n"
    // "=_" never comes out of quoted-printable or base64: no content can hold a boundary.
    let boundary = String(messageID.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.suffix(40))
    if attachments.isEmpty {
      result += alternative("=_alt-" + boundary)
    } else {
      let outer = "=_mix-" + boundary
      result += "Content-Type: multipart/mixed;\n boundary=\"\(outer)\"\n\n"
      result += "--\(outer)\n" + alternative("=_alt-" + boundary)
      for attachment in attachments {
        result += "--\(outer)\nContent-Type: \(attachment.type)\n"
        result += "Content-Disposition: attachment; filename=\"\(attachment.name)\"\n"
        result += "Content-Transfer-Encoding: base64\n\n" + Base64.lines(attachment.content)
      }
      result += "--\(outer)--\n"
    }
    return Array(result.utf8)
  }

  private func alternative(_ boundary: String) -> String {
    var result = "Content-Type: multipart/alternative;\n boundary=\"\(boundary)\"\n\n"
    for (type, content) in [("plain", text), ("html", html)] {
      result += "--\(boundary)\nContent-Type: text/\(type); charset=utf-8\n"
      result += "Content-Transfer-Encoding: quoted-printable\n\n" + QuotedPrintable.encode(content) + "\n"
    }
    return result + "--\(boundary)--\n"
  }
}
