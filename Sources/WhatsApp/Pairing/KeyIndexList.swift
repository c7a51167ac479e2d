import CryptoPrimitives
package import Signal
import SwiftProtobuf
import WAProto

/// The account's signed word on which of its linked devices are valid. Source: protocol notes on pairing, section 4.
package struct KeyIndexList: Equatable, Sendable {
    /// Seconds since 1970.
    package let timestamp: UInt64
    package let currentIndex: UInt32
    package let validIndexes: Set<UInt32>

    /// - Parameter accountKey: identity of the account's device 0. nil where it is not known yet: then the list is read unchecked,
    ///   as the public clients do, and the devices' own proofs decide (``SignedDeviceIdentity``).
    package init(_ bytes: [UInt8], accountKey: PublicKey?) throws(PairingError) {
        guard let signed = try? WAADVSignedKeyIndexList(serializedBytes: bytes),
            let list = try? WAADVKeyIndexList(serializedBytes: Array(signed.details))
        else { throw .malformed("key-index-list") }
        if let key = accountKey {
            let isSigned = [SignaturePrefix.keyIndexList, SignaturePrefix.hostedKeyIndexList].contains { prefix in
                XEdDSA.verify(Array(signed.accountSignature), message: prefix + Array(signed.details), publicKey: key.bytes)
            }
            guard isSigned else { throw .accountSignatureMismatch }
        }
        timestamp = list.timestamp
        currentIndex = list.currentIndex
        validIndexes = Set(list.validIndexes)
    }

    /// Devices linked after the list was signed count as valid too.
    package func allows(keyIndex: UInt32) -> Bool { keyIndex > currentIndex || validIndexes.contains(keyIndex) }
}

extension DeviceListAnswer {
    /// The devices to encrypt for: the phone, and linked devices with a key index that the list allows. Where the service tells no
    /// key index of any device there is nothing to go by, and all count.
    package func accepted(by list: KeyIndexList?) -> [Device] {
        if list == nil, devices.allSatisfy({ $0.keyIndex == nil }) { return devices }
        return devices.filter { device in
            if device.id == 0 { return true }
            guard let index = device.keyIndex else { return false }
            return list?.allows(keyIndex: index) ?? true
        }
    }
}
