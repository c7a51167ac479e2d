/// `GET openapi`: the API for programs.
enum OpenAPIDocument {
    static let answer: @Sendable (Service) -> Page = { service in Page(openAPI: ReferenceAddress.written(into: text, of: service)) }
}
