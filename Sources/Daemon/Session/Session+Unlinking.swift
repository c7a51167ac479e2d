import Logging
import Model
import Store
import WhatsApp

/// The end of a link, by the owner or by the phone.
extension Session {
    /// The owner wants the device unlinked: the service is told, whatever it answers, and the keys are wiped.
    func logOut() async {
        if lastReason != .loggedOut, (try? await loadStoredAccount())?.isLinked == true {
            isUnlinking = true
            after(SessionTimes.unlink) { await $0.endLink(.unlinked) }
            _ = await connectOnce()
            isUnlinking = false
        }
        await forgetAccount(.loggedOut)
        await finish(.loggedOut)
    }

    /// Tells the service on the open connection, and ends it.
    func unlink() async {
        if let own = account?.own {
            do { _ = try await ask(CompanionRemoval.query(own: own.phoneNumber), within: SessionTimes.unlink) } catch {
                logger.warning("the service did not answer to unlinking: \(error)")
            }
        }
        lastReason = .loggedOut
        endLink(.unlinked)
    }

    /// The service has unlinked this device, or the owner has: keys and state go, log and contacts stay.
    func forgetAccount(_ reason: SessionReason) async {
        account = nil
        lastReason = reason
        let now = environment.now()
        if fence == nil { _ = try? await holdLease() }
        await writeRow { database, id in
            try database.sessions.wipe(id: id, at: now)
            try database.sessions.setStatus(.disconnected, reason: reason, id: id)
            try database.sessions.setWanted(.disconnected, id: id)
        }
    }
}
