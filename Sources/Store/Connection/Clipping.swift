extension String {
    /// At most `count` Unicode scalars, which is how columns count: names that other people chose may be of any length.
    func clipped(to count: Int) -> String {
        unicodeScalars.count <= count ? self : String(String.UnicodeScalarView(unicodeScalars.prefix(count)))
    }
}
