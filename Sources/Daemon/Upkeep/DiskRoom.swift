import Glibc

/// Whether files can still be written. The free space of the file system says nothing of an account's quota, so that it is tried.
enum DiskRoom {
    /// Bytes below which a disk counts as full: a few received files.
    static let wanted = 32 << 20

    /// - Returns: false where so much can not be written in the directory; nil where that can not be told.
    static func isThere(in directory: String, bytes: Int = wanted) -> Bool? {
        let path = "\(directory)/room-\(getpid())"
        unlink(path)
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { return isFull(errno) ? false : nil }
        defer {
            close(file)
            unlink(path)
        }
        let failure = posix_fallocate(file, 0, off_t(bytes))
        return failure == 0 ? true : isFull(failure) ? false : nil
    }

    private static func isFull(_ error: Int32) -> Bool { [ENOSPC, EDQUOT, EFBIG].contains(error) }
}
