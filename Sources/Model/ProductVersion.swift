/// The version of all programs, of the package and of the changelog's newest entry.
package enum ProductVersion {
    package static let current = "0.1.0"
}
