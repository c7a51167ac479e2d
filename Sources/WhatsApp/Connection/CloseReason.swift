/// Why a connection ended. What to do about it is decided in one place, ``reconnection``.
/// Source: protocol notes on transport, sections 8 to 10.
package enum CloseReason: Error, Equatable, Sendable {
    /// What a deadline was for.
    package enum Phase: Sendable { case dial, handshake, login, keepalive }

    // Our side and the network.
    /// The owner asked for it.
    case requested
    /// The WebSocket failed or was closed without a word from the service.
    case lost
    case timedOut(Phase)
    case frame(FrameError)
    case handshake(NoiseError)
    /// A frame after the handshake is not authentic, or a counter came to its end.
    case transport(NoiseError)

    // The service ends the stream.
    case streamEnded
    /// 515: connect again with the login payload; always after pairing.
    case restartRequired
    /// 516, 401: the phone's owner unlinked this device.
    case deviceRemoved
    /// Another process logged in with the same keys.
    case replaced
    /// 429.
    case rateLimited
    /// 500, 501, 503 of the stream; 500 and 503 of the login.
    case serverTrouble(code: Int)
    /// The service never got our acknowledgement of this stanza: a hole in our ack path.
    case unacknowledged(stanzaClass: String, id: String)
    /// The service could not read a node of ours.
    case notWellFormed
    /// A stream error that says nothing known.
    case streamError(code: String)

    // The service refuses the login.
    /// 401.
    case loggedOut
    /// 402; `code` 101 to 106 says what for, `expires` is seconds from now.
    case temporarilyBanned(code: Int?, expires: UInt64?)
    /// 403: the phone is gone or the account locked.
    case accountLocked
    /// 405.
    case clientOutdated
    /// 406.
    case banned
    /// 409.
    case badUserAgent
    /// 400, 413, 414, 415, 418, 501 and whatever is unknown; 0 where no number came.
    case refused(code: Int)
}
