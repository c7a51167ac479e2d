import Glibc

/// A file that holds one input after another, in a directory of its own where what is made of them is removed again.
final class TrialFile {
    struct Trouble: Error { let number: Int32 }

    let directory: String
    let path: String

    init() throws {
        // In memory where the system has a place for it: a million files are no strain on a disk then.
        let place = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        var template = Array("\(place)/wa-fuzz-XXXXXX\0".utf8CString.dropLast())
        guard mkdtemp(&template) != nil else { throw Trouble(number: errno) }
        directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        path = directory + "/input"
    }

    deinit {
        unlink(path)
        rmdir(directory)
    }

    func hold(_ bytes: [UInt8]) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else { throw Trouble(number: errno) }
        defer { close(descriptor) }
        guard write(descriptor, bytes, bytes.count) == bytes.count else { throw Trouble(number: errno) }
    }
}
