import Glibc

/// A system call that failed, with what to do about it left to whoever reads `what`.
struct SystemError: Error, CustomStringConvertible {
    let what: String
    let number: Int32

    init(_ what: String, number: Int32 = errno) {
        self.what = what
        self.number = number
    }

    var description: String { "\(what): \(strerror(number).map { String(cString: $0) } ?? "error \(number)")" }
}

/// One line for whoever reads the web server's or the daemon's log.
func complain(_ line: String) {
    let bytes = Array("wa-connect-fcgi: \(line)\n".utf8)
    _ = write(2, bytes, bytes.count)
}
