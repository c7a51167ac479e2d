/// The attributes of a node, in the order of writing; the order has no meaning and does not count for equality.
package struct Attributes: Sendable {
    /// One attribute.
    package typealias Element = (key: String, value: AttributeValue)

    /// In the order of writing; no key stands twice.
    package private(set) var elements: [Element] = []

    /// No attributes.
    package init() {}

    /// How many there are.
    package var count: Int { elements.count }
    /// Whether there are none.
    package var isEmpty: Bool { elements.isEmpty }

    /// Setting nil removes the attribute, so that optional values can be assigned as they are.
    package subscript(key: String) -> AttributeValue? {
        get { elements.first { $0.key == key }?.value }
        set {
            let index = elements.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): elements[index].value = value
            case (let index?, nil): elements.remove(at: index)
            case (nil, let value?): elements.append((key, value))
            case (nil, nil): break
            }
        }
    }
}

extension Attributes: ExpressibleByDictionaryLiteral {
    /// Of two pairs with one key the later counts.
    package init(dictionaryLiteral pairs: (String, AttributeValue)...) {
        for (key, value) in pairs { self[key] = value }
    }
}

extension Attributes: Equatable {
    /// Whether both have the same keys with the same values, in any order.
    package static func == (left: Attributes, right: Attributes) -> Bool {
        left.count == right.count && left.elements.allSatisfy { right[$0.key] == $0.value }
    }
}
