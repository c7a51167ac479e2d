import API
import CFCGI
import Glibc
import Model

/// Answers FastCGI requests on descriptor 0, one after the other, until SIGTERM or SIGUSR1 (libfcgi's own handlers).
func serveFastCGI(_ installation: Installation) {
    var request = FCGX_Request()
    guard FCGX_Init() == 0, FCGX_InitRequest(&request, 0, FCGI_FAIL_ACCEPT_ON_INTR) == 0 else {
        complain("FastCGI cannot be started on descriptor 0")
        exit(1)
    }
    while FCGX_Accept_r(&request) >= 0 {
        let started = Deadline.Instant.now
        let variables = GatewayVariables(request.envp)
        let reader = BodyReader(length: variables.contentLength, started: started, takeSlot: installation.waitingSlot)
        let input = request.in.map { FastCGIInput(stream: $0, descriptor: request.ipcFd) }
        let body = RequestInput(variables, reader, installation) { buffer, milliseconds in input?.read(&buffer, milliseconds) ?? .ended }
        if send(Exchange(variables, body: body, started: started, installation), over: &request) {
            FCGX_Finish_r(&request)
        } else {
            // Without the record that ends a request the web server knows that something is missing, and tells the client.
            FCGX_Free(&request, 1)
        }
    }
}

/// Hands an answer to the web server. A client that reads slowly may hold this worker, where the web server does not buffer, but not for long.
/// - Returns: false where the answer is not whole.
private func send(_ exchange: Exchange, over request: inout FCGX_Request) -> Bool {
    let descriptor = request.ipcFd
    let output = request.out
    let isWhole = exchange.send { piece, end in write(piece, to: output, descriptor, until: end) }
    // What `FCGX_Finish_r` still has to write needs no more than this where somebody reads.
    if !exchange.isShort { SocketTimeout.set(SO_SNDTIMEO, 500, of: descriptor) }
    return isWhole
}

private func write(_ bytes: ArraySlice<UInt8>, to output: UnsafeMutablePointer<FCGX_Stream>?, _ descriptor: Int32, until end: Deadline) -> Bool {
    // About one record of libfcgi.
    let pieceBytes = 8_192
    var rest = bytes
    while !rest.isEmpty {
        guard !end.hasPassed else { return false }
        let piece = rest.prefix(pieceBytes)
        // What fits into libfcgi's buffer is not written yet.
        if let output, output.pointee.stop - output.pointee.wrNext < piece.count {
            SocketTimeout.set(SO_SNDTIMEO, max(1, end.remaining), of: descriptor)
        }
        let count = piece.withUnsafeBytes { FCGX_PutStr($0.bindMemory(to: CChar.self).baseAddress, Int32($0.count), output) }
        guard count == piece.count else { return false }
        rest = rest.dropFirst(pieceBytes)
    }
    return true
}
