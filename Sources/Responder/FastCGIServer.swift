import API
import CFCGI
import Glibc

/// Answers FastCGI requests on descriptor 0, one after the other, until SIGTERM or SIGUSR1 (libfcgi's own handlers).
func serveFastCGI(_ installation: Installation) {
    var request = FCGX_Request()
    guard FCGX_Init() == 0, FCGX_InitRequest(&request, 0, FCGI_FAIL_ACCEPT_ON_INTR) == 0 else {
        complain("FastCGI cannot be started on descriptor 0")
        exit(1)
    }
    while FCGX_Accept_r(&request) >= 0 {
        let started = Deadline.Instant.now
        limitWaiting(on: request.ipcFd)
        let variables = GatewayVariables(request.envp)
        let input = request.in
        let body = BodyReader.body(length: variables.contentLength) { buffer in
            let count = Int32(buffer.count)
            return Int(buffer.withUnsafeMutableBytes { FCGX_GetStr($0.bindMemory(to: CChar.self).baseAddress, count, input) })
        }
        let answer = exchange(variables, body: body, started: started, installation)
        answer.withUnsafeBytes { _ = FCGX_PutStr($0.bindMemory(to: CChar.self).baseAddress, Int32($0.count), request.out) }
        FCGX_Finish_r(&request)
    }
}

/// A web server that stalls in the middle of a request must not hold a worker for ever; libfcgi has no such limit of its own.
private func limitWaiting(on descriptor: Int32) {
    var limit = timeval(tv_sec: 6, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
}
