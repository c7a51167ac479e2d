import Model

/// Reads one node from untrusted bytes. Announced counts never drive allocation; depth, nodes and attributes are bounded.
/// Source: protocol notes on binary XML, sections 2 to 5.
struct BinaryXMLReader {
    private var bytes: ByteReader
    private var nodeCount = 0

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = ByteReader(bytes) }

    /// The root node; nothing may follow it.
    mutating func root() throws(BinaryXMLError) -> Node {
        let root = try node(depth: 1)
        guard bytes.remaining == 0 else { throw .leftover(bytes: bytes.remaining) }
        return root
    }

    private mutating func node(depth: Int) throws(BinaryXMLError) -> Node {
        guard depth <= BinaryXMLLimits.depth else { throw .tooDeep(limit: BinaryXMLLimits.depth) }
        nodeCount += 1
        guard nodeCount <= BinaryXMLLimits.nodes else { throw .tooManyNodes(limit: BinaryXMLLimits.nodes) }
        let position = bytes.position
        let size = try list(tag: bytes.uint8())
        guard size > 0, let tag = try text(tag: bytes.uint8()), !tag.isEmpty else { throw .invalidNode(position: position) }
        var node = Node(tag, try attributes(count: (size - 1) / 2))
        // The tag and the pairs are an odd number of entries, so an even size has content.
        if size % 2 == 0 { node.content = try content(depth: depth) }
        return node
    }

    private mutating func attributes(count: Int) throws(BinaryXMLError) -> Attributes {
        guard count <= BinaryXMLLimits.attributes else {
            throw .tooManyAttributes(count: count, limit: BinaryXMLLimits.attributes)
        }
        var attributes = Attributes()
        for _ in 0..<count {
            let position = bytes.position
            guard let key = try text(tag: bytes.uint8()), !key.isEmpty else { throw .invalidNode(position: position) }
            attributes[key] = try attributeValue()
        }
        return attributes
    }

    private mutating func attributeValue() throws(BinaryXMLError) -> AttributeValue {
        let tag = try bytes.uint8()
        if let length = try binaryLength(tag: tag) {
            // Names that other people chose stand here; damaged ones are shown with replacement characters rather than losing the stanza.
            return .text(String(decoding: try bytes.take(length), as: UTF8.self))
        }
        if let jid = try jid(tag: tag) { return .jid(jid) }
        return .text(try text(tag: tag) ?? "")
    }

    private mutating func content(depth: Int) throws(BinaryXMLError) -> Node.Content {
        let tag = try bytes.uint8()
        if let length = try binaryLength(tag: tag) { return .bytes(Array(try bytes.take(length))) }
        if let jid = try jid(tag: tag) { return .jid(jid) }
        switch tag {
        case BinaryXMLTag.listEmpty, BinaryXMLTag.list8, BinaryXMLTag.list16:
            let count = try list(tag: tag)
            var children: [Node] = []
            for _ in 0..<count { children.append(try node(depth: depth + 1)) }
            return .nodes(children)
        default:
            return .text(try text(tag: tag) ?? "")
        }
    }

    private mutating func list(tag: UInt8) throws(BinaryXMLError) -> Int {
        switch tag {
        case BinaryXMLTag.listEmpty: 0
        case BinaryXMLTag.list8: Int(try bytes.uint8())
        case BinaryXMLTag.list16: Int(try bytes.uint16())
        default: throw unexpected(tag)
        }
    }

    /// The length behind a BINARY tag, nil for other tags.
    private mutating func binaryLength(tag: UInt8) throws(BinaryXMLError) -> Int? {
        switch tag {
        case BinaryXMLTag.binary8: Int(try bytes.uint8())
        case BinaryXMLTag.binary20: Int(try bytes.uint20())
        case BinaryXMLTag.binary32: Int(try bytes.uint32())
        default: nil
        }
    }

    /// A text in any of its forms; nil for the empty list, which stands for "no text".
    private mutating func text(tag: UInt8) throws(BinaryXMLError) -> String? {
        if let length = try binaryLength(tag: tag) {
            let position = bytes.position
            guard let text = String(validating: try bytes.take(length), as: UTF8.self) else { throw .invalidUTF8(position: position) }
            return text
        }
        switch tag {
        case BinaryXMLTag.listEmpty: return nil
        case BinaryXMLTag.nibble8: return try packed(.nibble)
        case BinaryXMLTag.hex8: return try packed(.hex)
        case BinaryXMLTag.dictionaries: return try doubleToken(Int(tag - BinaryXMLTag.dictionaries.lowerBound))
        default:
            guard let token = TokenDictionary.single(tag) else { throw unexpected(tag) }
            return token
        }
    }

    private mutating func doubleToken(_ dictionary: Int) throws(BinaryXMLError) -> String {
        let index = try bytes.uint8()
        guard let token = TokenDictionary.double(dictionary, index) else {
            throw .unknownToken(dictionary: dictionary + 1, index: Int(index))
        }
        return token
    }

    private mutating func packed(_ alphabet: PackedText.Alphabet) throws(BinaryXMLError) -> String {
        let position = bytes.position
        let header = try bytes.uint8()
        let (odd, count) = (header & PackedText.oddFlag != 0, Int(header & ~PackedText.oddFlag))
        let packed = try bytes.take(count)
        guard !(odd && count == 0), let text = PackedText.decode(packed, odd: odd, alphabet) else {
            throw .invalidPackedText(position: position)
        }
        return text
    }

    /// The address behind one of the JID tags, nil for other tags.
    private mutating func jid(tag: UInt8) throws(BinaryXMLError) -> JID? {
        switch tag {
        case BinaryXMLTag.jidPair:
            let user = try text(tag: bytes.uint8()) ?? ""
            let server = try server()
            // Devices beyond a byte have no other form than the text one.
            if user.contains(":"), server == .phoneNumber || server == .lid, let jid = JID(parsing: "\(user)@\(server.rawValue)") {
                return jid
            }
            return JID(user: user, server: server)
        case BinaryXMLTag.adJID:
            let (domain, device) = (try bytes.uint8(), try bytes.uint8())
            guard let server = ADJIDDomain(rawValue: domain)?.server else { throw .unknownDomain(domain) }
            return JID(user: try user(), server: server, device: UInt16(device))
        case BinaryXMLTag.fbJID:
            let (user, device) = (try user(), try bytes.uint16())
            return JID(user: user, server: try server(.messenger), device: device)
        case BinaryXMLTag.interopJID:
            let (user, device, integrator) = (try user(), try bytes.uint16(), try bytes.uint16())
            return JID(user: user, server: try server(.interop), device: device, integrator: integrator)
        default:
            return nil
        }
    }

    private mutating func user() throws(BinaryXMLError) -> String {
        let position = bytes.position
        guard let user = try text(tag: bytes.uint8()), !user.isEmpty else { throw .invalidJID(position: position) }
        return user
    }

    /// - Parameter expected: the only server that this form may name, or nil for any.
    private mutating func server(_ expected: JID.Server? = nil) throws(BinaryXMLError) -> JID.Server {
        let position = bytes.position
        guard let name = try text(tag: bytes.uint8()), !name.isEmpty else { throw .invalidJID(position: position) }
        let server = JID.Server(rawValue: name)
        guard expected == nil || server == expected else { throw .invalidJID(position: position) }
        return server
    }

    private func unexpected(_ tag: UInt8) -> BinaryXMLError { .unexpectedTag(tag, position: bytes.position - 1) }
}
