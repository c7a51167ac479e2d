import CryptoPrimitives
import SwiftProtobuf
import WAProto

/// All sessions with one device: the one in use, and those it replaced, with which late messages can still be read.
package struct SessionRecord: Equatable, Sendable {
    var current: SessionState?
    /// Newest first.
    var archived: [SessionState]

    /// A record without sessions.
    package init() {
        current = nil
        archived = []
    }

    /// Reads the stored form.
    /// - Throws: `corruptRecord`.
    package init(serialized: [UInt8]) throws(SignalError) {
        guard let stored = try? WASignalRecordStructure(serializedBytes: serialized) else { throw .corruptRecord }
        current = stored.hasCurrentSession ? try SessionState(stored: stored.currentSession) : nil
        archived = []
        for session in stored.previousSessions.prefix(SignalLimits.archivedSessions) {
            archived.append(try SessionState(stored: session))
        }
    }

    /// The form to store; seal it, it holds private keys.
    package func serialized() -> [UInt8] {
        var stored = WASignalRecordStructure()
        if let current { stored.currentSession = current.stored }
        stored.previousSessions = archived.map(\.stored)
        // Serialising fails only for missing required fields, and version 2 schemas of ours have none.
        return (try? stored.serializedBytes()) ?? []
    }

    /// Whether messages can be sent.
    package var hasCurrentSession: Bool { current != nil }

    /// The other device's registration number, which retry receipts compare; nil without a current session.
    package var remoteRegistrationID: UInt32? { current?.remoteRegistrationID }

    /// The other device's identity in the current session.
    package var remoteIdentity: PublicKey? { current?.remoteIdentity }

    /// What names the current session: unchanged where a retry is asked for in the same session again.
    package var baseKey: PublicKey? { current?.baseKey }

    /// Puts the current session aside, so that the next send starts a new one.
    package mutating func archiveCurrentSession() {
        guard let old = current else { return }
        current = nil
        archived.insert(old, at: 0)
        archived.removeLast(max(archived.count - SignalLimits.archivedSessions, 0))
    }
}

extension SessionRecord {
    /// Makes a new session the current one.
    mutating func begin(_ session: SessionState) {
        archiveCurrentSession()
        current = session
    }

    /// Encrypts in the current session.
    mutating func encrypt(_ plaintext: [UInt8]) throws(SignalError) -> Ciphertext {
        guard var session = current else { throw .noSession }
        let ciphertext = try session.encrypt(plaintext)
        current = session
        return ciphertext
    }
}

extension SessionRecord: Concealed {
    /// See `Concealed`; the size of the root keys stands for the whole.
    package var concealedByteCount: Int { (archived.count + (current == nil ? 0 : 1)) * 32 }
}
