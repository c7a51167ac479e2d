package import Model

/// What a row of `wa_sessions` asks of the supervisor.
package struct SessionNeed: Sendable, Equatable {
    package var session: Int64
    package var wish: SessionWish
    package var status: SessionStatus

    package init(session: Int64, wish: SessionWish, status: SessionStatus) {
        self.session = session
        self.wish = wish
        self.status = status
    }

    /// A row that wants nothing needs nobody, unless a killed daemon left it in a state that is not true any more.
    package var mustRun: Bool { wish != .disconnected || status != .disconnected }
}
