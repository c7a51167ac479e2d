import CryptoPrimitives
import Glibc

/// `media.dir`: files that were received, and below it those that are under way. For this user only.
struct MediaDirectory: Sendable {
    let path: String

    init(_ path: String) { self.path = path }

    /// Files that are not finished; what a killed daemon left is removed.
    var incoming: String { path + "/incoming" }
    /// Files to be sent, from their arrival until WhatsApp has the message.
    var outgoing: String { path + "/outgoing" }

    /// Makes what is missing.
    func make() throws(MediaFailure) {
        for directory in [path, incoming, outgoing] {
            var partial = ""
            for component in directory.split(separator: "/", omittingEmptySubsequences: true) {
                partial += (partial.isEmpty && !directory.hasPrefix("/") ? "" : "/") + component
                if mkdir(partial, partial == directory ? 0o700 : 0o755) != 0, errno != EEXIST { throw .disk("can not make \(partial)", errno) }
            }
        }
    }

    /// A name in ``incoming`` that nothing has.
    func freshIncoming() -> String {
        var random = SystemRandomNumberGenerator()
        return incoming + "/" + Hex.encode(Random.bytes(16, using: &random))
    }

    /// The final name of a received file, below ``path``.
    static func name(of row: Int64) -> String {
        var random = SystemRandomNumberGenerator()
        return "\(row)-\(Hex.encode(Random.bytes(8, using: &random)))"
    }

    /// Moves a finished file to its place.
    /// - Returns: its size.
    func place(_ file: String, as name: String) throws(MediaFailure) -> Int64 {
        var about = stat()
        guard stat(file, &about) == 0 else { throw .disk("can not read a file in media.dir", errno) }
        guard rename(file, path + "/" + name) == 0 else { throw .disk("can not move a file in media.dir", errno) }
        // The name has to outlive a power cut as well as the row does.
        let directory = open(path, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
        if directory >= 0 {
            fsync(directory)
            close(directory)
        }
        return Int64(about.st_size)
    }

    func remove(_ name: String) { unlink(path + "/" + name) }

    func removeOutgoing(_ name: String) { unlink(outgoing + "/" + name) }
}
