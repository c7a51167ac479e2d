import API
import Glibc

/// Answers the one request of a CGI start: variables from the environment, body from descriptor 0, answer to descriptor 1.
func answerCGI(_ installation: Installation) {
    let variables = GatewayVariables(environ)
    guard variables.method != nil else {
        complain("not started by a web server\n\(Options.usage)")
        exit(2)
    }
    let started = Deadline.Instant.now
    let reader = BodyReader(length: variables.contentLength, started: started, takeSlot: installation.waitingSlot)
    let body = RequestInput(variables, reader, installation, read: readStandardInput)
    // A web server can not see that CGI output has broken off, but for a length that was announced.
    guard Exchange(variables, body: body, started: started, installation).send(writeStandardOutput) else { exit(1) }
}

/// The web server reads as fast as the client does; its own time limits hold.
private func writeStandardOutput(_ piece: ArraySlice<UInt8>, _: Deadline) -> Bool {
    var rest = piece
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
    }
    return true
}

/// Fills the buffer with what has arrived, waiting at most so many milliseconds.
private func readStandardInput(_ buffer: inout [UInt8], _ milliseconds: Int32) -> BodyReader.Arrival {
    var wait = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    let ready = poll(&wait, 1, milliseconds)
    if ready == 0 || (ready < 0 && errno == EINTR) { return .nothingYet }
    let count = read(0, &buffer, buffer.count)
    if count < 0, errno == EINTR { return .nothingYet }
    return count > 0 ? .bytes(count) : .ended
}
