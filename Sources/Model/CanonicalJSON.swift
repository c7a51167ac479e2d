/// Writes JSON byte for byte as JavaScript's `JSON.stringify(JSON.parse(text))` does: no blanks, `/` and non-ASCII as they are,
/// numbers in their shortest form. Receivers that re-encode a body before they check its signature then get the signed bytes.
///
/// JavaScript moves keys that are integers to the front of an object; our objects have no such keys. Source: ECMA-262, 25.5.2 and 6.1.6.1.20.
package enum CanonicalJSON {
    /// The largest integer that JavaScript holds exactly.
    private static let safeInteger: Int64 = 9_007_199_254_740_991

    package static func text(_ value: JSONValue) -> String { String(decoding: bytes(value), as: UTF8.self) }

    /// The same as UTF-8.
    package static func bytes(_ value: JSONValue) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(256)
        write(value, to: &output)
        return output
    }

    private static func write(_ value: JSONValue, to output: inout [UInt8]) {
        switch value {
        case .null: output += "null".utf8
        case .bool(let flag): output += (flag ? "true" : "false").utf8
        case .integer(let number):
            if (-safeInteger...safeInteger).contains(number) { output += String(number).utf8 } else { write(String(number), to: &output) }
        case .double(let number): output += self.number(number).utf8
        case .string(let text): write(text, to: &output)
        case .array(let values):
            output.append(UInt8(ascii: "["))
            for (index, item) in values.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                write(item, to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                write(member.key, to: &output)
                output.append(UInt8(ascii: ":"))
                write(member.value, to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    /// Only single bytes are ever escaped, so that the rest is copied in long pieces.
    private static func write(_ text: String, to output: inout [UInt8]) {
        var text = text
        output.append(UInt8(ascii: "\""))
        text.withUTF8 { bytes in
            var copied = 0
            for index in bytes.indices where mustEscape(bytes[index]) {
                output += UnsafeBufferPointer(rebasing: bytes[copied..<index])
                output += escape(bytes[index]).utf8
                copied = index + 1
            }
            output += UnsafeBufferPointer(rebasing: bytes[copied...])
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func mustEscape(_ byte: UInt8) -> Bool { byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") }

    private static func escape(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "\""): return "\\\""
        case UInt8(ascii: "\\"): return "\\\\"
        case 0x08: return "\\b"
        case 0x09: return "\\t"
        case 0x0A: return "\\n"
        case 0x0C: return "\\f"
        case 0x0D: return "\\r"
        default:
            let digits = String(byte, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }

    /// JavaScript's text of a number: plain digits from 1e-6 up to 1e21, else an exponent; NaN and infinities are `null`.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        if value == 0 { return "0" }
        // Swift's description has the shortest digits that read back to the same value, as JavaScript's does; only the layout differs.
        var digits = ""
        var exponent = 0
        var seenPoint = false
        let shortest = "\(value.magnitude)".lowercased().split(separator: "e", maxSplits: 1)
        for character in shortest[0] {
            if character == "." { seenPoint = true } else {
                digits.append(character)
                if seenPoint { exponent -= 1 }
            }
        }
        if shortest.count == 2, let power = Int(shortest[1]) { exponent += power }
        while digits.hasPrefix("0"), digits.count > 1 { digits.removeFirst() }
        while digits.hasSuffix("0"), digits.count > 1 {
            digits.removeLast()
            exponent += 1
        }
        let point = digits.count + exponent
        let sign = value < 0 ? "-" : ""
        if exponent >= 0, point <= 21 { return sign + digits + String(repeating: "0", count: exponent) }
        if point > 0, point <= 21 { return sign + digits.prefix(point) + "." + digits.dropFirst(point) }
        if point > -6, point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        let power = point - 1
        let mantissa = digits.count == 1 ? digits : digits.prefix(1) + "." + digits.dropFirst()
        return sign + mantissa + "e" + (power < 0 ? "-" : "+") + String(abs(power))
    }
}
