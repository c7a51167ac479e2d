/// `GET docs`: the API for people, with an example for each call.
enum ReferencePage {
    static let answer: @Sendable (Service) -> Page = { service in Page(html: ReferenceAddress.written(into: text, of: service)) }
}
