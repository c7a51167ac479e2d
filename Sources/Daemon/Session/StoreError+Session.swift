import Store

extension StoreError {
    /// The trouble is the database's, not this item's: the item is left as it is and comes again. Otherwise it would fail for ever.
    var concernsEverything: Bool {
        switch self {
        case .unavailable, .accessDenied, .tooManyConnections, .gone, .commitUncertain, .deadlock, .lockTimeout, .readOnly, .full,
            .leaseLost, .schemaMissing:
            true
        case .duplicate, .reference, .invalidValue, .tampered, .malformed, .query: false
        }
    }
}
