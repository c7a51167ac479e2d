import CSodium

/// libsodium, which must be initialised before its first use of curve arithmetic.
enum Sodium {
    private static let isReady = sodium_init() >= 0

    /// Initialises the library once, from whichever thread comes first.
    static func prepare() {
        precondition(isReady, "libsodium could not be initialised")
    }
}
