import Model
import SwiftProtobuf
package import WAProto

/// Asking the service for a collection, and handing it a patch. Source: protocol notes on state, section 2.
package enum CollectionQuery {
    private static let namespace = "w:sync:app:state"

    /// - Parameter version: what is known; nil asks for the whole collection.
    package static func fetch(_ collection: AppStateCollection, after version: UInt64?) -> Query {
        var attributes: Attributes = ["name": .text(collection.rawValue), "return_snapshot": version == nil ? "true" : "false"]
        attributes["version"] = version.map { .text(String($0)) }
        return Query(namespace, .set, [Node("sync", [:], [Node("collection", attributes)])])
    }

    /// - Parameter version: the one that the patch was written upon.
    package static func send(_ patch: [UInt8], to collection: AppStateCollection, after version: UInt64) -> Query {
        let attributes: Attributes = [
            "name": .text(collection.rawValue), "version": .text(String(version)), "return_snapshot": "false",
        ]
        return Query(namespace, .set, [Node("sync", [:], [Node("collection", attributes, [Node("patch", bytes: patch)])])])
    }
}

/// What the service says of one collection.
package struct CollectionAnswer: Sendable {
    /// A whole collection lies in a file.
    package let snapshot: WAExternalBlobReference?
    /// Serialised, in their order.
    package let patches: [[UInt8]]
    package let hasMore: Bool
    /// The service refused; 409: somebody was faster, their patches are in ``patches``.
    package let errorCode: Int?

    /// The patch was written upon a version that is not the newest any more.
    package static let conflict = 409
    /// The version that we know is not there (any more).
    package static let notFound = 404

    /// - Throws: ``StanzaError`` where the answer is an error or not about this collection.
    package init(_ node: Node, of collection: AppStateCollection) throws(StanzaError) {
        let answers = try Query.answer(node).child("sync")?.children("collection") ?? []
        guard let answer = answers.first(where: { $0.string("name") == collection.rawValue }) else { throw .missing("collection") }
        errorCode = answer.string("type") == "error" ? answer.child("error")?.string("code").flatMap { Int($0) } ?? 0 : nil
        hasMore = answer.string("has_more_patches") == "true"
        let bytes = answer.child("snapshot")?.bytes ?? []
        if bytes.isEmpty { snapshot = nil } else {
            guard let reference = try? WAExternalBlobReference(serializedBytes: bytes) else { throw .malformedProtobuf }
            snapshot = reference
        }
        patches = answer.child("patches")?.children("patch").compactMap(\.bytes) ?? []
    }
}
