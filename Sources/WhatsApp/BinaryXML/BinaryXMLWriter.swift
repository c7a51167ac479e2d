import Model

/// Writes nodes. Texts take the shortest of the forms in the order that the reference clients use: token, packed, raw.
/// Source: protocol notes on binary XML, sections 3 to 5.
struct BinaryXMLWriter {
    private(set) var bytes: [UInt8]
    /// A list had more entries than its count can tell; what was written is not what was asked for.
    private(set) var overflowed = false

    /// - Parameter prefix: what stands in front of the node, the flag byte.
    init(prefix: [UInt8] = []) { bytes = prefix }

    mutating func node(_ node: Node) {
        list(count: 1 + 2 * node.attributes.count + (node.content == nil ? 0 : 1))
        text(node.tag)
        for (key, value) in node.attributes.elements {
            text(key)
            switch value {
            case .text(let value): text(value)
            case .jid(let jid): self.jid(jid)
            }
        }
        switch node.content {
        case .nodes(let children):
            list(count: children.count)
            for child in children { self.node(child) }
        case .bytes(let value): raw(value)
        case .text(let value): text(value)
        case .jid(let jid): self.jid(jid)
        case nil: break
        }
    }

    mutating func text(_ value: String) {
        var value = value
        value.makeContiguousUTF8()
        let source = value
        value.withUTF8 { utf8 in
            if utf8.isEmpty {
                raw([])
            } else if let token = TokenDictionary.shared.token(for: source, bytes: utf8) {
                self.token(token)
            } else if let alphabet = PackedText.alphabet(for: utf8) {
                bytes.append(alphabet == .nibble ? BinaryXMLTag.nibble8 : BinaryXMLTag.hex8)
                PackedText.encode(utf8, alphabet, into: &bytes)
            } else {
                raw(utf8)
            }
        }
    }

    private mutating func token(_ token: TokenDictionary.Token) {
        switch token {
        case .single(let tag): bytes.append(tag)
        case .double(let dictionary, let index):
            bytes.append(BinaryXMLTag.dictionaries.lowerBound + dictionary)
            bytes.append(index)
        }
    }

    private mutating func raw(_ value: some Collection<UInt8>) {
        switch value.count {
        case ..<(1 << 8): bytes += [BinaryXMLTag.binary8, byte(value.count)]
        case ..<(1 << 20): bytes += [BinaryXMLTag.binary20, byte(value.count >> 16), byte(value.count >> 8), byte(value.count)]
        default:
            overflowed = overflowed || value.count > Int(UInt32.max)
            bytes.append(BinaryXMLTag.binary32)
            for shift in [24, 16, 8, 0] { bytes.append(byte(value.count >> shift)) }
        }
        bytes.append(contentsOf: value)
    }

    private mutating func list(count: Int) {
        switch count {
        case 0: bytes.append(BinaryXMLTag.listEmpty)
        case ..<256: bytes += [BinaryXMLTag.list8, byte(count)]
        default:
            overflowed = overflowed || count > BinaryXMLLimits.listEntries
            bytes += [BinaryXMLTag.list16, byte(count >> 8), byte(count)]
        }
    }

    private mutating func jid(_ jid: JID) {
        // Only the pair can leave the user out.
        guard !jid.user.isEmpty else { return pair(jid) }
        switch jid.server {
        case .messenger:
            bytes.append(BinaryXMLTag.fbJID)
            text(jid.user)
            uint16(jid.device)
            text(jid.server.rawValue)
        case .interop:
            bytes.append(BinaryXMLTag.interopJID)
            text(jid.user)
            uint16(jid.device)
            uint16(jid.integrator)
            text(jid.server.rawValue)
        default:
            if let domain = Self.domain(of: jid), let device = UInt8(exactly: jid.device) {
                bytes += [BinaryXMLTag.adJID, domain, device]
                text(jid.user)
            } else {
                pair(jid)
            }
        }
    }

    /// The first byte of the AD_JID form, nil for addresses that are written as a pair.
    private static func domain(of jid: JID) -> UInt8? {
        switch jid.server {
        case .phoneNumber: jid.device > 0 ? ADJIDDomain.phoneNumber.rawValue : nil
        case .lid: jid.device > 0 ? ADJIDDomain.lid.rawValue : nil
        case .hosted: ADJIDDomain.hosted.rawValue
        case .hostedLID: ADJIDDomain.hostedLID.rawValue
        default: nil
        }
    }

    private mutating func pair(_ jid: JID) {
        bytes.append(BinaryXMLTag.jidPair)
        if jid.user.isEmpty {
            bytes.append(BinaryXMLTag.listEmpty)
        } else {
            // A device that fits no typed form is kept in the text rather than cut to another device's number.
            text(jid.device == 0 ? jid.user : "\(jid.user):\(jid.device)")
        }
        text(jid.server.rawValue)
    }

    private mutating func uint16(_ value: UInt16) { bytes += [byte(Int(value) >> 8), byte(Int(value))] }

    private func byte(_ value: Int) -> UInt8 { UInt8(truncatingIfNeeded: value) }
}
