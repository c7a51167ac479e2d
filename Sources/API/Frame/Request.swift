import Model

/// One HTTP request as the web server handed it over; nothing in it is checked yet.
package struct Request {
    package enum Body {
        case bytes([UInt8])
        /// To be read by whoever wants it.
        case arriving(any ArrivingBody)
        /// More than ``Limits/bodyBytes``; the reader dropped it.
        case tooLarge
        /// The connection ended or stalled before the announced length was there.
        case incomplete
        /// It came slowly while every waiting slot was taken.
        case notWaitedFor
    }
    /// As sent: `GET`.
    package var method: String
    /// `REQUEST_URI`: the raw target, the one variable that all web servers agree on.
    package var target: String
    /// Lower-case names with dashes.
    package var headers: [String: String]
    package var body: Body
    /// `REMOTE_ADDR`; empty where the web server gave none.
    package var peerAddress: String
    /// When the request arrived; waiting counts from here.
    package var started: Deadline.Instant

    package init(
        method: String, target: String, headers: [String: String] = [:], body: Body = .bytes([]), peerAddress: String = "",
        started: Deadline.Instant = .now
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.peerAddress = peerAddress
        self.started = started
    }
}
