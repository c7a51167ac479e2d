/// Rows in columns for people at a terminal.
struct Table {
    let columns: [String]

    func show(_ rows: [[String]]) {
        if rows.isEmpty { return print("(none)") }
        let all = [columns] + rows
        let widths = columns.indices.map { column in all.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
        for row in all {
            let cells = zip(row, widths).map { cell, width in cell + String(repeating: " ", count: max(0, width - cell.count)) }
            let line = cells.joined(separator: "  ")
            print(line.last == " " ? String(line[...(line.lastIndex { $0 != " " } ?? line.startIndex)]) : line)
        }
    }
}
