/// A line of a CSV file (RFC 4180) that no spreadsheet runs anything of.
enum CSVLine {
    /// With the line's end.
    static func text(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

    /// A name such as `=HYPERLINK(…)` would be run by the spreadsheet that opens the file; behind a `'` it is text.
    private static func cell(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map { formulaSigns.contains($0) } ?? false
        guard isFormula || text.unicodeScalars.contains(where: needsQuotes) || text.hasPrefix(" ") || text.hasSuffix(" ") else { return text }
        var quoted = isFormula ? "\"'" : "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted.unicodeScalars.append("\"") }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    /// What begins a formula, in full width too (spreadsheets in East Asia read them alike), and the white space that some skip before one.
    private static let formulaSigns: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]

    /// Separators (in parts of Europe spreadsheets cut at `;`), quotes, line ends and other control characters.
    private static func needsQuotes(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || scalar == "\"" || scalar == "," || scalar == ";"
    }
}
