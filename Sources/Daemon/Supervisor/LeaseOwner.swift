import CryptoPrimitives
import Glibc

/// The name under which this process holds leases.
enum LeaseOwner {
    /// Host, process id and a random part, so that no two daemons ever share a name: `web1 4711 9f86d081`.
    static func make() -> String {
        var name = [CChar](repeating: 0, count: 65)
        gethostname(&name, name.count - 1)
        let host = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }.filter { $0 > 0x20 && $0 < 0x7F }, as: UTF8.self)
        var random = SystemRandomNumberGenerator()
        return "\(host) \(getpid()) \(Hex.encode(Random.bytes(4, using: &random)))"
    }
}
