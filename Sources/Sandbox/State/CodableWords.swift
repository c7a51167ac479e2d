import CryptoPrimitives
import Model
import Signal
import WhatsApp

// How the words of other modules stand in the sandbox's state file: bytes as base64, addresses as text.

/// Bytes as a base64 string.
private func decodeBytes(_ decoder: any Decoder) throws -> [UInt8] {
    let container = try decoder.singleValueContainer()
    guard let bytes = Base64.decode(try container.decode(String.self)) else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "not base64")
    }
    return bytes
}

private func encodeBytes(_ bytes: [UInt8], _ encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Base64.encode(bytes))
}

private func corrupt(_ decoder: any Decoder, _ what: String) -> DecodingError {
    DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no \(what)"))
}

extension PublicKey: Codable {
    package init(from decoder: any Decoder) throws {
        guard let key = PublicKey(raw: try decodeBytes(decoder)) else { throw corrupt(decoder, "public key") }
        self = key
    }

    package func encode(to encoder: any Encoder) throws { try encodeBytes(bytes, encoder) }
}

extension KeyPair: Codable {
    package init(from decoder: any Decoder) throws { self = try KeyPair(privateKey: try decodeBytes(decoder)) }

    package func encode(to encoder: any Encoder) throws { try encodeBytes(privateKey, encoder) }
}

extension SessionRecord: Codable {
    package init(from decoder: any Decoder) throws { self = try SessionRecord(serialized: try decodeBytes(decoder)) }

    package func encode(to encoder: any Encoder) throws { try encodeBytes(serialized(), encoder) }
}

extension Node: Codable {
    package init(from decoder: any Decoder) throws { self = try BinaryXML.decode(try decodeBytes(decoder)) }

    package func encode(to encoder: any Encoder) throws { try encodeBytes(BinaryXML.encode(self), encoder) }
}

extension Timestamp: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(milliseconds: try decoder.singleValueContainer().decode(Int64.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}

extension PreKey: Codable {
    private enum CodingKeys: CodingKey { case id, keyPair }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(id: try container.decode(UInt32.self, forKey: .id), keyPair: try container.decode(KeyPair.self, forKey: .keyPair))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(keyPair, forKey: .keyPair)
    }
}

extension SignedPreKey: Codable {
    private enum CodingKeys: CodingKey { case id, keyPair, signature }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try container.decode(UInt32.self, forKey: .id), keyPair: try container.decode(KeyPair.self, forKey: .keyPair),
            signature: try container.decode([UInt8].self, forKey: .signature))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(keyPair, forKey: .keyPair)
        try container.encode(signature, forKey: .signature)
    }
}

extension SignalAddress: Codable {
    private enum CodingKeys: CodingKey { case name, device }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(name: try container.decode(String.self, forKey: .name), deviceID: try container.decode(UInt32.self, forKey: .device))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(deviceID, forKey: .device)
    }
}

extension SenderKeyRecord: Codable {
    package init(from decoder: any Decoder) throws { self = try SenderKeyRecord(serialized: try decodeBytes(decoder)) }

    package func encode(to encoder: any Encoder) throws { try encodeBytes(serialized(), encoder) }
}

extension SenderKeyName: Codable {
    private enum CodingKeys: CodingKey { case group, sender }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            group: try container.decode(String.self, forKey: .group), sender: try container.decode(SignalAddress.self, forKey: .sender))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(group, forKey: .group)
        try container.encode(sender, forKey: .sender)
    }
}
