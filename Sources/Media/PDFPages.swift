/// Counts the pages of a PDF without understanding it: by the dictionaries that say what they are (ISO 32000-1, 7.7.3).
struct PDFPages {
    private static let streamLimit = 64
    private static let pageLimit = 100_000

    private var total = 0
    private var pages = 0
    private var linearized: Int?
    private var inflatedStreams = 0

    /// nil where nothing says how many, such as in an encrypted file.
    static func count(_ file: FileBytes) -> Int? {
        var counter = PDFPages()
        counter.read(ByteCursor(file), file)
        let count = counter.linearized ?? max(counter.total, counter.pages)
        return (1...pageLimit).contains(count) ? count : nil
    }

    /// - Parameter file: nil inside of what was unpacked from it.
    private mutating func read(_ cursor: ByteCursor, _ file: FileBytes?) {
        var tokens = PDFTokens(cursor)
        var depth = 0
        var dictionary = PDFDictionary()
        while let token = tokens.next() {
            switch token {
            case .open:
                depth += 1
                if depth == 1 { dictionary = PDFDictionary() }
            case .close:
                depth = max(0, depth - 1)
                if depth == 0 { take(dictionary) }
            case .word("stream") where depth == 0 && file != nil:
                if let file, dictionary.isPackedObjects, inflatedStreams < Self.streamLimit {
                    inflatedStreams += 1
                    read(ByteCursor(Deflated.start(of: file, at: cursor.position)), nil)
                }
                cursor.skip(past: "endstream")
            // The root of every object: whatever was left open was damage.
            case .word("obj"): depth = 0
            default: if depth == 1 { dictionary.take(token) }
            }
        }
    }

    private mutating func take(_ dictionary: PDFDictionary) {
        if dictionary.isLinearized, linearized == nil { linearized = dictionary.numbers["N"] }
        switch dictionary.type {
        case "Pages": total = max(total, min(dictionary.numbers["Count"] ?? 0, Self.pageLimit))
        case "Page": pages += 1
        default: break
        }
    }
}

/// The few entries of a dictionary that matter.
struct PDFDictionary {
    private(set) var type = ""
    private(set) var numbers: [String: Int] = [:]
    private var isFlate = false
    private var hasParameters = false
    private var key = ""

    var isLinearized: Bool { numbers["Linearized"] != nil }
    /// Objects packed into a stream that can be unpacked.
    var isPackedObjects: Bool { type == "ObjStm" && isFlate && !hasParameters }

    mutating func take(_ token: PDFTokens.Token) {
        switch token {
        case .name(let name):
            if key == "Type" {
                type = name
                key = ""
            } else {
                if name == "FlateDecode" { isFlate = true }
                if name == "DecodeParms" { hasParameters = true }
                key = name
            }
        case .number(let value):
            if ["Count", "N", "Linearized"].contains(key) { numbers[key] = value }
            key = ""
        default: break
        }
    }
}
