/// A call that a simulated phone made. There is no sound: it rings, and somebody ends it.
struct PhoneCall: Sendable, Codable, Equatable {
    enum Status: String, Sendable, Codable {
        case ringing
        /// A linked device of the other side refused it.
        case rejected
        /// The phone of the other side took it.
        case accepted
        /// The caller gave up.
        case missed
    }

    var id: String
    /// The number that is called.
    var to: String
    var video: Bool
    var status: Status
    /// The device that refused, `96890000001:1`.
    var rejectedBy: String?
    /// UTC.
    var time: String

    enum CodingKeys: String, CodingKey {
        case id, to, video, status, time
        case rejectedBy = "rejected_by"
    }
}
