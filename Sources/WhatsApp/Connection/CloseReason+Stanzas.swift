/// Reads the reasons out of the service's stanzas. Source: protocol notes on transport, sections 9 and 10.
extension CloseReason {
    /// What a `<stream:error>` means, and whether to close at once: after those that name no cause the service closes by itself.
    static func streamError(_ node: Node) -> (reason: CloseReason, closesNow: Bool) {
        let code = node.string("code") ?? ""
        switch node.child("conflict")?.string("type") {
        case "replaced": return (.replaced, true)
        case "device_removed": return (.deviceRemoved, true)
        default: break
        }
        switch code {
        case "515": return (.restartRequired, true)
        case "516", "401": return (.deviceRemoved, true)
        case "409": return (.replaced, true)
        case "429": return (.rateLimited, true)
        case "500": return (.serverTrouble(code: 500), true)
        case "501": return (.serverTrouble(code: 501), true)
        case "503": return (.serverTrouble(code: 503), true)
        default: break
        }
        if node.child("xml-not-well-formed") != nil { return (.notWellFormed, true) }
        if let ack = node.child("ack") {
            return (.unacknowledged(stanzaClass: ack.string("class") ?? "", id: ack.string("id") ?? ""), false)
        }
        return (.streamError(code: code), false)
    }

    /// What a `<failure>` in place of the login's `<success>` means.
    static func failure(_ node: Node) -> CloseReason {
        let code = node.uint("reason").flatMap { Int(exactly: $0) } ?? 0
        return switch code {
        case 401: .loggedOut
        case 402: .temporarilyBanned(code: node.uint("code").flatMap { Int(exactly: $0) }, expires: node.uint("expire"))
        case 403: .accountLocked
        case 405: .clientOutdated
        case 406: .banned
        case 409: .badUserAgent
        case 500, 503: .serverTrouble(code: code)
        default: .refused(code: code)
        }
    }

    /// What the service says at the end of a connection, in full and for the log: texts and links for the owner come only once.
    /// - Returns: nil for any other stanza.
    package static func goodbye(_ node: Node) -> String? {
        node.tag == "failure" || node.tag == "stream:error" ? node.outline() : nil
    }
}
