import Glibc
package import NIOCore
import NIOPosix
import Synchronization

/// Looks host names up on threads of its own, since the system's lookup blocks.
package final class NameResolver: Sendable {
    private let threads: NIOThreadPool
    private let state = Mutex(State.fresh)
    private enum State { case fresh, started, stopped }

    /// - Parameter count: lookups at a time; with two, one dead name server does not hold up everybody.
    package init(threads count: Int = 2) {
        threads = NIOThreadPool(numberOfThreads: count)
    }

    package func stop() {
        let wasStarted = state.withLock { state in
            defer { state = .stopped }
            return state == .started
        }
        if wasStarted { threads.shutdownGracefully { _ in } }
    }

    /// At the first name: most addresses of webhooks are on the same host and need no thread.
    private func start() -> Bool {
        state.withLock { state in
            if state == .fresh { threads.start() }
            if state != .stopped { state = .started }
            return state == .started
        }
    }

    /// The addresses of a name or of an address in text form, as 4 or 16 bytes; empty where there are none.
    package func addresses(of host: String, on loop: any EventLoop) async -> [[UInt8]] {
        if let literal = Self.bytes(ofLiteral: host) { return [literal] }
        guard start() else { return [] }
        let lookup = threads.runIfActive(eventLoop: loop) { Self.look(up: host) }
        return (try? await lookup.get()) ?? []
    }

    /// The text form that connecting takes.
    package static func text(of address: [UInt8]) -> String {
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(address.count == 4 ? AF_INET : AF_INET6, address, &buffer, socklen_t(buffer.count)) != nil else { return "" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Needs no lookup.
    private static func bytes(ofLiteral text: String) -> [UInt8]? {
        var address = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &address) == 1 { return Array(address.prefix(4)) }
        return inet_pton(AF_INET6, text, &address) == 1 ? address : nil
    }

    private static func look(up host: String) -> [[UInt8]] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        var found: [[UInt8]] = []
        var next = first
        while let entry = next?.pointee {
            if let address = entry.ai_addr, let bytes = bytes(of: address, family: entry.ai_family), !found.contains(bytes) { found.append(bytes) }
            next = entry.ai_next
        }
        return found
    }

    private static func bytes(of address: UnsafeMutablePointer<sockaddr>, family: Int32) -> [UInt8]? {
        // Family and port are 2 bytes each; IPv6 has 4 bytes of flow information before its address (ip(7), ipv6(7)).
        switch family {
        case AF_INET: Array(UnsafeRawBufferPointer(start: address, count: 8)[4...])
        case AF_INET6: Array(UnsafeRawBufferPointer(start: address, count: 24)[8...])
        default: nil
        }
    }
}
