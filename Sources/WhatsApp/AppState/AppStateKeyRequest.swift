import struct FoundationEssentials.Data
import SwiftProtobuf
import WAProto

/// Asks the own phone for keys of the shared settings.
package enum AppStateKeyRequest {
    /// The message, to be padded and encrypted for the phone.
    package static func plaintext(_ keyIDs: [[UInt8]]) throws(StanzaError) -> [UInt8] {
        var message = WAMessage()
        message.protocolMessage.type = .appStateSyncKeyRequest
        message.protocolMessage.appStateSyncKeyRequest.keyIDs = keyIDs.map { id in .with { $0.keyID = Data(id) } }
        guard let bytes: [UInt8] = try? message.serializedBytes() else { throw .unencodable }
        return bytes
    }
}
