/// Hides people in log lines: of every run of seven or more digits only the last four stay.
package enum NumberMask {
    /// Digits from which on a run may be a phone number (E.164's shortest in use).
    static let shortest = 7
    static let kept = 4

    /// `+96891234567 joined` becomes `+*******4567 joined`. Times and ids of fewer digits stay readable.
    package static func masked(_ text: String) -> String {
        var result: [UInt8] = []
        var run: [UInt8] = []
        func finishRun() {
            if run.count >= shortest {
                result += [UInt8](repeating: UInt8(ascii: "*"), count: run.count - kept) + run.suffix(kept)
            } else {
                result += run
            }
            run.removeAll(keepingCapacity: true)
        }
        for byte in text.utf8 {
            if byte >= 0x30, byte <= 0x39 {
                run.append(byte)
            } else {
                finishRun()
                result.append(byte)
            }
        }
        finishRun()
        return String(decoding: result, as: UTF8.self)
    }
}
