import Glibc

/// Who holds a lease, read from the name that ``LeaseOwner`` makes.
struct LeaseHolder: Equatable {
    let host: Substring
    let process: Int32

    /// nil for names that were made by something else.
    init?(_ owner: String) {
        let words = owner.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, let process = Int32(words[1]), process > 1 else { return nil }
        host = words[0]
        self.process = process
    }

    /// It ran on this host, and its process is gone: it was killed and could not give the lease back.
    ///
    /// Where two machines share a name this may be wrong; the fence then shuts one of the two out.
    func isKnownDead(to observer: LeaseHolder) -> Bool {
        host == observer.host && process != observer.process && kill(process, 0) != 0 && errno == ESRCH
    }
}
