/// A list as an owner types it: separated by commas, semicolons or blanks.
package enum OwnerList {
    package static func words(_ text: String) -> [String] {
        text.split(whereSeparator: { $0 == "," || $0 == ";" || $0.isWhitespace }).map(String.init)
    }
}
