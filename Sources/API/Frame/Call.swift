import Model
import Store

/// A request that may be answered: its key is good, its permission and limits are checked.
struct Call {
    let request: Request
    let path: RequestPath
    /// Values of the pattern's parameters.
    let parameters: [String: String]
    let key: APIKeyRow
    let settings: OwnerSettings
    let database: Database
    let service: Service

    var now: Timestamp { service.now() }

    /// The fields of the body, without the one that only the API itself may set.
    func fields() throws -> Fields { try RequestBody.fields(of: request).adding(OutgoingMedia.spoolField, .null) }

    /// The end of what this request may wait; the rest up to 8 seconds is for the answer.
    var deadline: Deadline { Deadline(Limits.requestWaitMilliseconds - 300, after: request.started) }

    /// The key's session as its row stands now.
    func session() throws -> SessionRow {
        guard let row = try database.sessions.find(id: key.sessionID) else { throw Problem.internalError }
        return row
    }

    /// - Throws: ``Problem`` 503 while nothing could be asked of WhatsApp.
    func requireConnection() throws {
        let row = try session()
        guard SessionState.daemonRuns(self, row) else { throw Problem.notConnectedDaemonStopped }
        guard row.status == .connected else { throw Problem.notConnected }
    }

    /// Rings and waits for the answer as long as the request may, if one of the waiting slots is free; otherwise only rings.
    func ringAndWait(_ ring: Doorbell.Ring) {
        guard let slot = service.waitingSlot() else {
            _ = doorbell.ring(ring, until: Deadline(0))
            return
        }
        _ = doorbell.ring(ring, until: deadline)
        slot.release()
    }

    /// Does work again that the database gave up in favour of somebody else's; the third time it is an answer.
    func retryingDeadlocks<Result>(_ work: () throws(StoreError) -> Result) throws(StoreError) -> Result {
        for _ in 0..<2 {
            do throws(StoreError) { return try work() } catch .deadlock { continue }
        }
        return try work()
    }

    var doorbell: Doorbell { Doorbell(runDirectory: service.runDirectory) }
}
