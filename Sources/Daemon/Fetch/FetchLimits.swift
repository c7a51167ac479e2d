/// What one fetch may take.
struct FetchLimits: Sendable {
    /// Bytes of the content.
    var bytes: Int
    /// What is beyond ``bytes`` is left out instead of being an error: for pages, whose beginning says all.
    var takesBeginning = false
    var redirects = 5
    /// Seconds until there is a connection, looking up the name apart.
    var connect: Int64 = 10
    /// Seconds in which nothing comes.
    var idle: Int64 = 20
    /// Seconds for everything, redirects included.
    var total: Int64 = 600
    /// After half a minute at least so many bytes a second: a server that drips must not hold a place for the whole time.
    var bytesPerSecond: Int64 = 4_096

    /// Seconds to look a name up.
    static let lookup: Int64 = 10

    static func file(bytes: Int) -> FetchLimits { FetchLimits(bytes: bytes) }
}
