/// Why the service does not do something to a group, with the code of its answer.
enum GroupError: Error, Equatable, Sendable {
    case unknownGroup
    case notAMember
    case notAnAdmin
    case noSuchPerson(String)
    case badSubject

    var query: QueryError {
        switch self {
        case .unknownGroup: .notFound
        case .notAMember, .notAnAdmin: QueryError(code: 403, text: "forbidden")
        case .noSuchPerson: .notFound
        case .badSubject: .notAcceptable
        }
    }

    var reason: String {
        switch self {
        case .unknownGroup: "there is no such group"
        case .notAMember: "not a member of the group"
        case .notAnAdmin: "only admins may do that"
        case .noSuchPerson(let number): "no phone \(number)"
        case .badSubject: "the subject is empty, or longer than \(Service.longestSubject) characters"
        }
    }
}
