import Store

/// A key as people name it on the command line.
struct KeyName {
    private let text: String
    init(_ text: String) { self.text = text }

    /// - Throws: ``ShellFailure`` where there is none or the name fits several.
    func id(in database: Database) throws -> Int64 {
        let named = try database.apiKeys.find(name: text)
        if named.count > 1 {
            throw ShellFailure.failed(
                "several keys are named \(text); use one of the numbers \(named.map { "\($0.id)" }.joined(separator: ", "))")
        }
        if let key = named.first { return key.id }
        guard let number = Int64(text), let key = try database.apiKeys.find(id: number) else {
            throw ShellFailure.failed("no key \(text); see `wa-connect keys list`")
        }
        return key.id
    }
}
