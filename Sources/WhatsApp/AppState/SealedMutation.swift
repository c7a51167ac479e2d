import CryptoPrimitives
// SwiftProtobuf speaks of bytes as Data; nothing else of Foundation is used.
import struct FoundationEssentials.Data
import Model
import SwiftProtobuf
import WAProto

/// One change of a setting as it travels: encrypted, with the two MACs that stand for index and value. Source: protocol notes on state, section 1.
package struct SealedMutation: Equatable, Sendable {
    package let operation: AppStateMutation.Operation
    package let keyID: [UInt8]
    package let indexMAC: [UInt8]
    package let valueMAC: [UInt8]
    /// Initialisation vector and ciphertext.
    let content: [UInt8]

    package static let macLength = 32

    init(_ mutation: WASyncdMutation) throws(AppStateError) {
        try self.init(mutation.record, mutation.operation == .remove ? .remove : .set)
    }

    /// - Parameter operation: records of a snapshot are all `set`.
    init(_ record: WASyncdRecord, _ operation: AppStateMutation.Operation) throws(AppStateError) {
        self.operation = operation
        keyID = Array(record.keyID.id)
        indexMAC = Array(record.index.blob)
        guard AppStateKey.isUsable(id: keyID) else { throw .malformed("key id") }
        guard indexMAC.count == Self.macLength else { throw .malformed("index") }
        let blob = Array(record.value.blob)
        let contentLength = blob.count - Self.macLength
        guard contentLength >= 2 * AESCBC.ivLength, contentLength.isMultiple(of: AESCBC.ivLength) else { throw .malformed("value") }
        content = Array(blob.prefix(contentLength))
        valueMAC = Array(blob.suffix(Self.macLength))
    }

    /// Encrypts a change.
    /// - Parameter iv: 16 random bytes.
    init(_ mutation: AppStateMutation, keys: MutationKeys, iv: [UInt8]) throws(AppStateError) {
        var data = WASyncActionData()
        let index = CanonicalJSON.bytes(.array(mutation.index.map(JSONValue.string)))
        data.index = Data(index)
        data.value = mutation.value
        data.padding = Data()
        data.version = mutation.version
        guard let plain: [UInt8] = try? data.serializedBytes(),
            let ciphertext = try? AESCBC.encrypt(plain, key: keys.valueEncryption, iv: iv)
        else { throw .malformed("value") }
        operation = mutation.operation
        keyID = keys.id
        content = iv + ciphertext
        indexMAC = keys.indexMAC(of: index)
        valueMAC = keys.valueMAC(of: content, operation: operation)
    }

    var record: WASyncdRecord {
        .with {
            $0.index.blob = Data(indexMAC)
            $0.value.blob = Data(content + valueMAC)
            $0.keyID.id = Data(keyID)
        }
    }

    var mutation: WASyncdMutation {
        .with {
            $0.operation = operation == .set ? .set : .remove
            $0.record = record
        }
    }

    /// Verifies both MACs and decrypts.
    func open(with keys: MutationKeys) throws(AppStateError) -> AppStateMutation {
        guard ConstantTime.equal(keys.valueMAC(of: content, operation: operation), valueMAC) else { throw .mismatch(.value) }
        let iv = Array(content.prefix(AESCBC.ivLength))
        guard let plain = try? AESCBC.decrypt(Array(content.dropFirst(AESCBC.ivLength)), key: keys.valueEncryption, iv: iv) else {
            throw .malformed("padding")
        }
        guard let data = try? WASyncActionData(serializedBytes: plain) else { throw .malformed("protobuf") }
        // As bytes: written anew it might be spelled otherwise.
        guard ConstantTime.equal(keys.indexMAC(of: Array(data.index)), indexMAC) else { throw .mismatch(.index) }
        return AppStateMutation(operation, index: Self.texts(of: Array(data.index)), value: data.value, version: data.version)
    }

    private static func texts(of index: [UInt8]) -> [String] {
        guard let text = String(validating: index, as: UTF8.self), case .array(let values)? = try? JSONParser.parse(text) else { return [] }
        var texts: [String] = []
        for value in values {
            guard case .string(let text) = value else { return [] }
            texts.append(text)
        }
        return texts
    }
}
