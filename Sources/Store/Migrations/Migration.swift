/// One numbered step from `sql/migrations`, built into the program.
package struct Migration: Sendable, Equatable {
    package let version: Int64
    /// The file's name without number and ending.
    package let name: String
    let sql: String
}
