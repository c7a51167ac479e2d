import API
import Model

/// One answer on its way, whichever way it travels.
struct Exchange {
    /// Status, headers, and the body where it is there already.
    let beginning: [UInt8]
    /// The body of a long answer.
    private let stream: BodyStream?
    private let requestID: String

    /// A socket that nothing was written to takes as much without waiting for its reader.
    var isShort: Bool { stream == nil && beginning.count <= 4_096 }

    init(_ variables: GatewayVariables, body: RequestInput, started: Deadline.Instant, _ installation: Installation) {
        let request = variables.request(body: body.body, started: started)
        let response: Response
        do {
            response = try installation.service().answer(request)
        } catch {
            complain("\(error)")
            response = Service.notConfigured()
        }
        body.drain()
        let head = Self.head(of: response)
        requestID = response.requestID
        switch response.body {
        case _ where request.method == "HEAD": (beginning, stream) = (head, nil)
        case .bytes(let bytes): (beginning, stream) = (head + bytes, nil)
        case .stream(let stream): (beginning, self.stream) = (head, stream)
        }
    }

    private static func head(of response: Response) -> [UInt8] {
        var head: [UInt8] = []
        head.reserveCapacity(512)
        func endLine() {
            head.append(UInt8(ascii: "\r"))
            head.append(UInt8(ascii: "\n"))
        }
        func put(_ name: String, _ value: String) {
            head += name.utf8
            head.append(UInt8(ascii: ":"))
            head.append(UInt8(ascii: " "))
            head += value.utf8
            endLine()
        }
        put("Status", "\(response.status) \(response.reason)")
        for (name, value) in response.headers { put(name, value) }
        // 204 has no content and says no length (RFC 9110, 8.6).
        if response.status != 204, let length = response.body.length { put("Content-Length", String(length)) }
        endLine()
        return head
    }

    /// Writes the whole answer.
    /// - Parameter write: writes all of a piece before the deadline, or returns false.
    /// - Returns: false where the client must not take what it got for the whole.
    func send(_ write: (ArraySlice<UInt8>, Deadline) -> Bool) -> Bool {
        let sent = write(beginning[...], Deadline(Limits.requestWaitMilliseconds))
        guard let stream else { return true }
        return sent && send(stream, write)
    }

    private func send(_ stream: BodyStream, _ write: (ArraySlice<UInt8>, Deadline) -> Bool) -> Bool {
        let began = Deadline.Instant.now
        var bytes: Int64 = 0
        do {
            while let piece = try stream.next() {
                bytes += Int64(piece.count)
                let patience = Limits.streamGraceMilliseconds + bytes * 1_000 / Limits.streamBytesPerSecond
                // One stalled write takes no longer than the grace, however much was read before.
                guard write(piece[...], Deadline(patience, after: began).capped(Limits.streamGraceMilliseconds)) else { return false }
            }
            return true
        } catch {
            complain("request \(requestID): the answer broke off: \(error)")
            return false
        }
    }
}
