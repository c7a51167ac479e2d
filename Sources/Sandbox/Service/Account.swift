import Model
import Signal

/// A person on the simulated service: a phone number, a LID, and up to four linked devices beside the phone.
struct Account: Codable, Sendable {
    /// Digits of the phone number in international form.
    let number: String
    /// User part of the LID; it has no relation to the number.
    let lid: String
    /// The push name that receivers see.
    var name: String
    /// Public half of the phone's identity, which signs the linked devices in.
    let identity: PublicKey
    /// Part of every signed device identity of this account.
    let rawID: UInt32
    /// Keys of the phone itself.
    var phoneKeys: PreKeyRegister
    var devices: [UInt16: LinkedDevice] = [:]
    /// Device numbers and key indexes are never given twice.
    var lastDevice: UInt16 = 0
    var lastKeyIndex: UInt32 = 0
    /// `ADVSignedKeyIndexList`, made by the phone at each change of its devices; nil before the first one.
    var keyIndexList: SignedKeyIndexList?
    /// Values of the privacy query, by category.
    var privacy: [String: String] = PrivacyCategories.initial
    var blocked: Set<String> = []
    var status = "Hey there! I am using WhatsApp."
    /// The settings that its devices share, by collection.
    var appState: [String: StoredCollection]?
    /// Tokens that were given to others, by number.
    var tokens: [String: Service.Token]?
    /// Whom the phone has written to, by number.
    var acquaintances: Set<String>?
    /// Makes tokens for people who gave none.
    var tokenSalt: [UInt8]?
    /// Messages from strangers without a token are refused.
    var refusesStrangers: Bool?

    var phoneNumberJID: JID { JID(user: number, server: .phoneNumber) }
    var lidJID: JID { JID(user: lid, server: .lid) }

    /// 0 and the linked devices, ascending.
    var deviceNumbers: [UInt16] { [0] + devices.keys.sorted() }

    func address(_ device: UInt16) -> DeviceAddress { DeviceAddress(number: number, device: device) }
}

/// What the phone signed about its linked devices.
struct SignedKeyIndexList: Codable, Sendable, Equatable {
    /// Serialized `ADVSignedKeyIndexList`.
    var bytes: [UInt8]
    /// Unix seconds, the same as inside.
    var timestamp: Int64
}

/// The categories of `<privacy>`, with the values of a new account.
enum PrivacyCategories {
    static let initial: [String: String] = [
        "last": "all", "online": "all", "profile": "all", "status": "contacts", "readreceipts": "all", "groupadd": "all",
        "calladd": "all", "messages": "all", "defense": "off", "stickers": "contacts",
    ]
}
