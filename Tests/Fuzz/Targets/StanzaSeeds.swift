import Model
import WhatsApp

/// One valid stanza of each kind that the service sends.
enum StanzaSeeds {
    static let own = OwnAddresses(
        phoneNumber: JID(user: "96890000001", server: .phoneNumber, device: 3), lid: JID(user: "1001", server: .lid, device: 3))
    static let person = JID(user: "2002", server: .lid, device: 5)
    static let number = JID(user: "96890000002", server: .phoneNumber)
    static let group = JID(user: "120363040000000000", server: .group)

    static var all: [Node] { messages + receipts + news + notifications + groups }

    /// Of a linked device, as the service hands them out.
    private static let keys: [Node] = {
        let key = [Node("id", bytes: [0, 0, 9]), Node("value", bytes: [UInt8](repeating: 9, count: 32))]
        return [
            Node("registration", bytes: [0, 0, 1, 2]), Node("type", bytes: [5]), Node("identity", bytes: [UInt8](repeating: 7, count: 32)),
            Node("skey", [:], key + [Node("signature", bytes: [UInt8](repeating: 1, count: 64))]), Node("key", [:], key),
            Node("device-identity", bytes: [1, 2, 3]),
        ]
    }()

    static let messages: [Node] = [
        Node(
            "message",
            [
                "id": "A1", "t": "1790000000", "from": .jid(person), "type": "text", "notify": "A", "sender_pn": .jid(number),
                "offline": "0",
            ],
            [
                Node("enc", ["v": "2", "type": "msg", "count": "1", "decrypt-fail": "hide"], bytes: [0x33, 1, 2]),
                Node("unavailable", ["type": "view_once"]),
            ]),
        Node(
            "message",
            [
                "id": "A2", "t": "1", "from": .jid(group), "participant": .jid(person), "participant_pn": .jid(number),
                "addressing_mode": "lid",
            ],
            [Node("enc", ["v": "2", "type": "skmsg"], bytes: [0x33]), Node("enc", ["v": "2", "type": "pkmsg"], bytes: [0x33])]),
        Node(
            "message",
            [
                "id": "A3", "t": "1", "from": .jid(own.phoneNumber), "recipient": .jid(number), "peer_recipient_lid": .jid(person),
                "category": "peer",
            ], [Node("enc", ["v": "2", "type": "msg"], bytes: [])]),
        Node("ack", ["class": "message", "id": "A1", "t": "1790000000", "error": "463", "phash": "2:abc", "refresh_lid": "true"]),
    ]

    static let receipts: [Node] = [
        Node(
            "receipt", ["id": "B1", "from": .jid(person), "type": "read", "t": "1790000000", "sender_pn": .jid(number)],
            [Node("list", [:], [Node("item", ["id": "B2"]), Node("item", ["id": "B3"])])]),
        Node(
            "receipt", ["id": "B1", "from": .jid(group), "t": "1"],
            [Node("participants", ["key": "B1"], [Node("user", ["jid": .jid(person), "t": "1"])])]),
        Node(
            "receipt", ["id": "B4", "from": .jid(person), "type": "retry", "t": "1"],
            [
                Node("retry", ["count": "1", "id": "B4", "t": "1", "v": "1"]), Node("registration", bytes: [0, 0, 0, 1]),
                Node("keys", [:], keys),
            ]),
    ]

    static let news: [Node] = [
        Node(
            "ib", ["from": .jid(.service)],
            [
                Node("offline_preview", ["count": "3"]), Node("offline", ["count": "3"]),
                Node("dirty", ["type": "groups", "timestamp": "1"]),
                Node("edge_routing", [:], [Node("routing_info", bytes: [1, 2])]), Node("client_expiration", ["t": "1790000000"]),
            ]),
        Node("success", ["t": "1790000000", "lid": .jid(own.phoneNumber)]),
        Node(
            "call", ["from": .jid(person), "id": "C1", "t": "1"],
            [Node("offer", ["call-id": "C1", "call-creator": .jid(person), "caller_pn": .jid(number)], [Node("video")])]),
    ]

    static let notifications: [Node] = [
        Node("notification", ["type": "encrypt", "id": "D1", "from": .jid(.service)], [Node("count", ["value": "4"])]),
        Node("notification", ["type": "encrypt", "id": "D2", "from": .jid(number)], [Node("identity")]),
        Node("notification", ["type": "devices", "id": "D3", "from": .jid(number), "lid": .jid(person)], [Node("add")]),
        Node("notification", ["type": "account_sync", "id": "D4", "from": .jid(number)], [Node("devices")]),
        Node("notification", ["type": "companion_reg_refresh", "id": "D5", "from": .jid(.service)], [Node("pair-device-rotate-qr")]),
        Node("notification", ["type": "server_sync", "id": "D6", "from": .jid(number)], [Node("collection", ["name": "regular"])]),
        Node(
            "notification", ["type": "privacy_token", "id": "D7", "from": .jid(number), "sender_lid": .jid(person.bare)],
            [Node("tokens", [:], [Node("token", ["type": "trusted_contact", "t": "1790000000"], bytes: [1, 2, 3])])]),
        Node(
            "notification", ["type": "passkey_prologue_request", "id": "D8", "from": .jid(.service)],
            [Node("passkey_request_options", bytes: Array(#"{"challenge":"AA"}"#.utf8))]),
        Node(
            "notification", ["type": "crsc_continuation", "id": "D9", "from": .jid(.service)],
            [Node("primary_ephemeral_identity", bytes: [0x0A, 32] + [UInt8](repeating: 9, count: 32) + [0x12, 32] + [UInt8](repeating: 7, count: 32))]),
        Node("iq", ["type": "set", "id": "E1", "from": .jid(.service)], [Node("pair-device", [:], [Node("ref", text: "2@abc")])]),
    ]

    private static let metadata = Node(
        "group",
        ["id": "120363040000000000", "subject": "G", "addressing_mode": "lid", "p_v_id": "1790000000000001", "creation": "1", "s_t": "1"],
        [
            Node("participant", ["jid": .jid(person.bare), "phone_number": .jid(number), "type": "admin"]), Node("announcement"),
            Node("participant", ["jid": .jid(number)]), Node("ephemeral", ["expiration": "86400"]),
        ])

    static let groups: [Node] =
        ["create", "add", "remove", "promote", "modify", "subject", "ephemeral", "delete"].map { tag in
            Node(
                "notification",
                [
                    "type": "w:gp2", "id": "F1", "from": .jid(group), "participant": .jid(person), "participant_pn": .jid(number),
                    "addressing_mode": "lid", "notify": "A",
                ],
                [
                    Node(
                        tag, ["prev_v_id": "1790000000000001", "v_id": "1790000000000002", "subject": "G", "expiration": "86400"],
                        metadata.children + [metadata])
                ])
        } + [
            Node(
                "notification", ["type": "link_code_companion_reg", "id": "F2", "from": .jid(.service)],
                [
                    Node(
                        "link_code_companion_reg", ["stage": "primary_hello"],
                        [
                            Node("link_code_pairing_ref", bytes: [1, 2]),
                            Node("primary_identity_pub", bytes: [UInt8](repeating: 9, count: 32)),
                            Node("link_code_pairing_wrapped_primary_ephemeral_pub", bytes: [UInt8](repeating: 7, count: 80)),
                        ])
                ])
        ]

    /// Answers to our queries.
    static var answers: [Node] {
        let devices = Node(
            "devices", [:],
            [
                Node(
                    "device-list", [:], [Node("device", ["id": "0"]), Node("device", ["id": "5", "key-index": "2", "is_hosted": "true"])]),
                Node("key-index-list", ["ts": "1"], bytes: [1, 2, 3]),
            ])
        let user = Node(
            "user", ["jid": .jid(number), "pn_jid": .jid(number)],
            [Node("contact", ["type": "in"], text: "+96890000002"), Node("lid", ["val": .jid(person.bare)]), devices])
        let digest = Node(
            "digest", [:],
            [
                Node("skey", [:], [Node("id", bytes: [0, 0, 1])]), Node("hash", bytes: [UInt8](repeating: 3, count: 20)),
                Node("list", [:], [Node("id", bytes: [0, 0, 2])]),
            ])
        return [
            Node("iq", ["type": "result", "id": "1"], [Node("list", [:], [Node("user", ["jid": .jid(person)], keys)])]),
            Node("iq", ["type": "result", "id": "2"], [Node("usync", [:], [Node("list", [:], [user, user])])]),
            Node("iq", ["type": "result", "id": "3"], [Node("count", ["value": "17"])]),
            Node("iq", ["type": "result", "id": "4"], [digest]),
            Node("iq", ["type": "result", "id": "6"], [metadata]),
            Node(
                "iq", ["type": "result", "id": "7"], [Node("privacy", [:], [Node("category", ["name": "readreceipts", "value": "all"])])]),
            Node(
                "iq", ["type": "result", "id": "8"], [Node("link_code_companion_reg", [:], [Node("link_code_pairing_ref", bytes: [1, 2])])]),
            Node(
                "iq", ["type": "result", "id": "9"],
                [
                    Node(
                        "sync", [:],
                        [
                            Node(
                                "collection", ["name": "regular", "version": "3", "has_more_patches": "true"],
                                [Node("snapshot", bytes: [0x0A, 1, 9]), Node("patches", [:], [Node("patch", bytes: [0x0A, 2, 8, 1])])])
                        ])
                ]),
            Node("iq", ["type": "result", "id": "10"], [Node("ref", text: "2@abc")]),
            Node(
                "iq", ["type": "result", "id": "11"],
                [
                    Node(
                        "media_conn", ["auth": "a", "ttl": "300", "auth_ttl": "21600"],
                        [Node("host", ["hostname": "mmg.whatsapp.net"], [Node("download")]), Node("host", ["hostname": "a.example:8443"])])
                ]),
            Node("iq", ["type": "error", "id": "5"], [Node("error", ["code": "429", "text": "rate-overlimit", "backoff": "3"])]),
        ]
    }
}
