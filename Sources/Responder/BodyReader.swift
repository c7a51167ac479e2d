import API
import Model

/// Reads a request's body without ever holding more than the API accepts.
enum BodyReader {
    /// How much of a body that is too large is still taken from the web server, which otherwise may drop our answer with it.
    private static let drainLimit = 64 << 20

    /// - Parameters:
    ///   - length: announced; nil means until the stream ends.
    ///   - read: fills the buffer, returns how much there was; 0 or less at the end.
    static func body(length: Int?, read: (inout [UInt8]) -> Int) -> Request.Body {
        if let length, length <= 0 { return .bytes([]) }
        var body: [UInt8] = []
        var total = 0
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while total < min(length ?? drainLimit, drainLimit) {
            let count = read(&buffer)
            guard count > 0, count <= buffer.count else { break }
            total += count
            if total <= Limits.bodyBytes { body.append(contentsOf: buffer.prefix(count)) } else { body = [] }
        }
        if total > Limits.bodyBytes { return .tooLarge }
        if let length, total < length { return .incomplete }
        return .bytes(body)
    }
}
