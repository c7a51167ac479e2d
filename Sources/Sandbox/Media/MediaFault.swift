/// Trouble of the media hosts, on order.
struct MediaFault: Codable, Sendable, Equatable {
    /// 0 or 1, in the order of `media_conn`; nil: whichever comes first.
    var host: Int?
    /// `GET` or `POST`; nil: either.
    var method: String?
    /// A status; nil: the connection is cut in the middle of the file.
    var status: Int?
    /// How many requests it hits.
    var count: Int

    func hits(_ method: String, host: Int) -> Bool {
        count > 0 && (self.host ?? host) == host && (self.method ?? method) == method
    }
}

/// What a client asked of a media host.
struct MediaRequest: Codable, Sendable, Equatable {
    var method: String
    var host: Int
    var path: String
    var status: Int
    /// Bytes that were taken or given.
    var bytes: Int
    /// Where an upload went on.
    var offset: Int
}
