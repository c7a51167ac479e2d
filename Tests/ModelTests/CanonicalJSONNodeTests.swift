import Foundation
import Model
import Testing

/// The one judge of what JavaScript does is JavaScript: thousands of made-up values, written by us, go through node's own parser and writer.
@Suite struct CanonicalJSONNodeTests {
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state ^ (state >> 29)) &* 0xBF58_476D_1CE4_E5B9 ^ (state >> 32)
        }
    }

    private func scalar(_ dice: inout Dice) -> Unicode.Scalar {
        let special: [UInt32] = [0, 8, 9, 0xA, 0xC, 0xD, 0x1F, 0x22, 0x2F, 0x5C, 0x7F, 0x85, 0x2028, 0x2029, 0x202E, 0xFEFF, 0xFFFF, 0x1F600, 0x10FFFF]
        switch Int.random(in: 0..<5, using: &dice) {
        case 0: return special.randomElement(using: &dice).flatMap(Unicode.Scalar.init) ?? "x"
        case 1: return Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &dice)) ?? "y"
        case 2: return Unicode.Scalar(UInt32.random(in: 0x600...0x6FF, using: &dice)) ?? "z"
        default: return Unicode.Scalar(UInt8.random(in: 0x20...0x7E, using: &dice))
        }
    }

    private func text(_ dice: inout Dice) -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...30, using: &dice) { scalars.append(scalar(&dice)) }
        return String(scalars)
    }

    private func number(_ dice: inout Dice) -> JSONValue {
        switch Int.random(in: 0..<6, using: &dice) {
        case 0: .double(Double(bitPattern: dice.next()))
        case 1: .integer(Int64(bitPattern: dice.next()))
        case 2: .integer(Int64.random(in: -1_000...1_000, using: &dice))
        case 3: .double(Double(Int64.random(in: -100_000...100_000, using: &dice)) / 1_000)
        case 4: .double(pow(10, Double(Int.random(in: -30...30, using: &dice))) * Double.random(in: -10...10, using: &dice))
        default: [.double(-0.0), .double(1e21), .double(1e-6), .double(1e-7), .double(Double.leastNonzeroMagnitude), .integer(.max), .double(123_456_789.125)]
            .randomElement(using: &dice) ?? .null
        }
    }

    private func value(_ dice: inout Dice, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &dice) {
        case 0: return .string(text(&dice))
        case 1: return number(&dice)
        case 2: return .bool(Bool.random(using: &dice))
        case 3: return .null
        case 4: return .array((0..<Int.random(in: 0...4, using: &dice)).map { _ in value(&dice, depth: depth - 1) })
        default:
            // As in our events: no key twice, none that JavaScript takes for an array's index or for the prototype.
            return .object((0..<Int.random(in: 0...4, using: &dice)).map { JSONMember("k\($0)" + text(&dice), value(&dice, depth: depth - 1)) })
        }
    }

    @Test func anyTextAndNumberSurvivesJavaScriptByteForByte() throws {
        var dice = Dice(state: 20_260_227)
        let lines = (0..<5_000).map { _ in CanonicalJSON.text(.array([value(&dice, depth: 3)])) }
        let file = FileManager.default.temporaryDirectory.appending(path: "canonical-\(UUID().uuidString)")
        try Data(lines.joined(separator: "\n").utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let node = Process()
        let output = Pipe()
        node.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        node.arguments = [
            "node", "-e",
            """
            const lines = require('fs').readFileSync(process.argv[1], 'utf8').split('\\n');
            const wrong = lines.filter(line => JSON.stringify(JSON.parse(line)) !== line);
            console.log(lines.length + ' ' + wrong.length + ' ' + wrong.slice(0, 3).map(line => JSON.stringify(line)).join(' '));
            """, file.path,
        ]
        node.standardOutput = output
        try node.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        node.waitUntilExit()
        #expect(node.terminationStatus == 0 && said.hasPrefix("5000 0 "), "\(said)")
    }
}
