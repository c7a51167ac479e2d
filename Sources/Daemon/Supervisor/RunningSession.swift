/// One WhatsApp number as the ``Supervisor`` sees it.
package protocol RunningSession: Sendable {
    /// Runs until the session is no longer wanted, or ``stop()``; connection trouble is its own affair and never ends it.
    /// When it returns the lease is released and the row says the truth.
    func run() async
    /// The row's `wanted` may have changed, or the same wish was made again (connect while the QR has expired, say).
    func wishRang() async
    /// There are new outbox rows.
    func outboxRang() async
    /// There are new rows of `wa_actions`.
    func actionsRang() async
    /// Rows of either kind may have come without a ring, or be due now: called every few seconds, so that it has to be cheap when there are none.
    func sweep() async
    /// Asks WhatsApp for the numbers that wait in `wa_numbers`.
    /// - Returns: false where it could not be asked.
    func numbersRang() async -> Bool
    /// Begins to fetch names and groups anew.
    /// - Returns: false without a connection.
    func syncRang() async -> Bool
    /// The daemon ends: finish the open transaction, close the connection, release the lease, return from ``run()`` within 3 seconds.
    func stop() async
}
