import Glibc

@testable import Daemon

/// A directory that goes with the object.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/wa-daemon-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw ShellFailure.failed(ShellFailure.systemError()) }
        path = String(cString: made)
    }

    var run: RunDirectory { RunDirectory(path + "/run") }

    deinit { Self.remove(path) }

    private static func remove(_ path: String) {
        if let directory = opendir(path) {
            while let entry = readdir(directory) {
                let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
                if name != ".", name != ".." { remove(path + "/" + name) }
            }
            closedir(directory)
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}
