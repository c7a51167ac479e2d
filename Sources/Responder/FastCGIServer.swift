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
        let body = reader.body { buffer, milliseconds in input?.read(&buffer, milliseconds) ?? .ended }
        send(exchange(variables, body: body, started: started, installation), over: &request)
        FCGX_Finish_r(&request)
    }
}

/// Hands an answer to the web server. A client that reads slowly may hold this worker, where the web server does not buffer, but not for long.
private func send(_ answer: [UInt8], over request: inout FCGX_Request) {
    let end = Deadline(Limits.requestWaitMilliseconds)
    // About one record of libfcgi.
    let pieceBytes = 8_192
    var rest = answer[...]
    while !rest.isEmpty, !end.hasPassed {
        SocketTimeout.set(SO_SNDTIMEO, max(1, end.remaining), of: request.ipcFd)
        let piece = rest.prefix(pieceBytes)
        let count = piece.withUnsafeBytes { FCGX_PutStr($0.bindMemory(to: CChar.self).baseAddress, Int32($0.count), request.out) }
        guard count == piece.count else { break }
        rest = rest.dropFirst(pieceBytes)
    }
    // What `FCGX_Finish_r` still has to write needs no more than this where somebody reads.
    SocketTimeout.set(SO_SNDTIMEO, max(500, end.remaining), of: request.ipcFd)
}
