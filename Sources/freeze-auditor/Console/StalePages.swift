import AuditBase
import AuditReports
import Glibc

/// Pages of an earlier report of the same name, which had more of them: beside the new report they would mislead.
struct StalePages {
  /// The file of a page, by its number.
  let path: (Int) -> String
  /// What the head of such a page says.
  let mark: [UInt8]

  /// Removes those that are beyond doubt this report's own.
  /// - Parameter last: the number of the last page that was just written.
  /// - Returns: files with the name of a page that are something else, or cannot be removed.
  func remove(after last: Int) -> [String] {
    var others: [String] = []
    var number = last + 1
    var found = stat()
    while lstat(path(number), &found) == 0 {
      if !isPage(path(number)) || unlink(path(number)) != 0 { others.append(path(number)) }
      number += 1
    }
    return others
  }

  /// A file of our own, no link to one, with the mark in its head.
  private func isPage(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var opened = stat()
    guard fstat(descriptor, &opened) == 0, opened.st_mode & S_IFMT == S_IFREG, opened.st_uid == geteuid(),
      opened.st_nlink == 1
    else { return false }
    var head = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &head, head.count)
    guard count >= mark.count else { return false }
    return head[..<count].firstRange(of: mark) != nil
  }
}
