/// Received files that are being brought.
struct Downloads {
    /// At a time, so that a flood of pictures leaves room for others.
    static let limit = 2

    /// Rows of `wa_media`.
    var underWay: Set<Int64> = []
    /// Somebody is looking for more.
    var isLooking = false
    var hasMore = false
}
