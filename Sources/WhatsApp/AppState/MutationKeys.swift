import CryptoPrimitives

/// The five keys that follow from an ``AppStateKey``. Source: protocol notes on state, section 1.
package struct MutationKeys: Equatable, Sendable, Concealed {
    package let id: [UInt8]
    let index: [UInt8]
    let valueEncryption: [UInt8]
    let valueMAC: [UInt8]
    let snapshotMAC: [UInt8]
    let patchMAC: [UInt8]
    package var concealedByteCount: Int { 5 * Self.length }

    private static let length = 32
    private static let info = Array("WhatsApp Mutation Keys".utf8)

    package init(_ key: AppStateKey) {
        let expanded = HKDF.sha256(key.data, info: Self.info, length: 5 * Self.length)
        func part(_ number: Int) -> [UInt8] { Array(expanded[number * Self.length..<(number + 1) * Self.length]) }
        id = key.id
        index = part(0)
        valueEncryption = part(1)
        valueMAC = part(2)
        snapshotMAC = part(3)
        patchMAC = part(4)
    }

    func indexMAC(of index: [UInt8]) -> [UInt8] { HMAC.sha256(index, key: self.index) }

    /// - Parameter content: initialisation vector and ciphertext.
    func valueMAC(of content: [UInt8], operation: AppStateMutation.Operation) -> [UInt8] {
        let covered = [operation.macByte] + id + content + CollectionState.bytes(UInt64(id.count + 1))
        return Array(HMAC.sha512(covered, key: valueMAC).prefix(Self.length))
    }
}
