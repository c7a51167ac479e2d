/// What a patch or snapshot leads to; to be stored in one transaction with its effects.
package struct AppStateUpdate: Sendable {
    package private(set) var state: CollectionState
    /// The value MAC of each index that changed; nil where it was removed.
    package private(set) var valueMACs: [[UInt8]: [UInt8]?] = [:]
    /// In their order.
    package private(set) var mutations: [AppStateMutation] = []
    /// Changes that do not verify, left out where that was allowed.
    package private(set) var unverified = 0
    /// Removals of something that was not there: harmless, and seen with real phones.
    package private(set) var emptyRemovals = 0

    init(_ state: CollectionState) { self.state = state }

    /// One change of a patch; a later one sees the earlier ones.
    mutating func count(_ sealed: SealedMutation, previous stored: [UInt8]?) {
        let previous = valueMACs[sealed.indexMAC] ?? stored
        if let previous { state.hash.subtract(previous) } else if sealed.operation == .remove { emptyRemovals += 1 }
        if sealed.operation == .set { state.hash.add(sealed.valueMAC) }
        valueMACs[sealed.indexMAC] = .some(sealed.operation == .set ? sealed.valueMAC : nil)
    }

    /// One record of a snapshot, where nothing comes before.
    mutating func add(_ record: SealedMutation) {
        state.hash.add(record.valueMAC)
        valueMACs[record.indexMAC] = .some(record.valueMAC)
    }

    mutating func open(_ sealed: [SealedMutation], keys: [[UInt8]: MutationKeys], isStrict: Bool) throws(AppStateError) {
        for mutation in sealed {
            guard let own = keys[mutation.keyID] else { throw .missingKey(mutation.keyID) }
            do throws(AppStateError) {
                mutations.append(try mutation.open(with: own))
            } catch {
                guard !isStrict else { throw error }
                unverified += 1
            }
        }
    }
}
