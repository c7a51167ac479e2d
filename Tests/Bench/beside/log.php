<?php
// `GET messages/log` as a PHP page that somebody writes in an afternoon: one connection a request, prepared statements, no tricks.

mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
header('Content-Type: application/json');
header('Cache-Control: no-store');

function answer(int $status, array $content): void
{
    http_response_code($status);
    echo json_encode($content, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
    exit;
}

function iso(string $time): string
{
    return str_replace(' ', 'T', $time) . 'Z';
}

$database = new mysqli(null, $_SERVER['DB_USER'], $_SERVER['DB_PASSWORD'], $_SERVER['DB_NAME'], 0, $_SERVER['DB_SOCKET']);
$database->set_charset('utf8mb4');

$hash = hash('sha256', $_SERVER['HTTP_X_API_KEY'] ?? '');
$statement = $database->prepare('SELECT id, session_id, permissions, active, expires_at, daily_limit, general_limit FROM wa_api_keys WHERE key_hash = ?');
$statement->bind_param('s', $hash);
$statement->execute();
$key = $statement->get_result()->fetch_assoc();
if (!$key || !$key['active']) {
    answer(401, ['success' => false, 'message' => 'Invalid or missing API key']);
}

$subject = 'php:' . $key['id'];
$limits = ['general' => 900, 'daily' => 86400];
foreach ($limits as $class => $seconds) {
    $statement = $database->prepare(
        'INSERT INTO wa_rate_counters (subject, class, hits, ends_at) VALUES (?, ?, 1, UTC_TIMESTAMP(3) + INTERVAL ? SECOND)
         ON DUPLICATE KEY UPDATE hits = IF(ends_at <= UTC_TIMESTAMP(3), 1, hits + 1),
         ends_at = IF(ends_at <= UTC_TIMESTAMP(3), VALUES(ends_at), ends_at)'
    );
    $statement->bind_param('ssi', $subject, $class, $seconds);
    $statement->execute();
    $statement = $database->prepare('SELECT hits, ends_at FROM wa_rate_counters WHERE subject = ? AND class = ?');
    $statement->bind_param('ss', $subject, $class);
    $statement->execute();
    $counter = $statement->get_result()->fetch_assoc();
    $limit = $class === 'general' ? (int) $key['general_limit'] : (int) $key['daily_limit'];
    if ($limit > 0 && $counter['hits'] > $limit) {
        answer(429, ['success' => false, 'message' => 'Too many requests']);
    }
}

$page = max(1, (int) ($_GET['page'] ?? 1));
$limit = min(100, max(1, (int) ($_GET['limit'] ?? 20)));
$offset = ($page - 1) * $limit;
$statement = $database->prepare('SELECT COUNT(*) AS total FROM wa_messages WHERE session_id = ?');
$statement->bind_param('i', $key['session_id']);
$statement->execute();
$total = (int) $statement->get_result()->fetch_assoc()['total'];
$statement = $database->prepare(
    'SELECT m.id, m.message_id, c.phone_number, c.lid, c.name, m.direction, m.message_type, m.content, m.status, m.created_at
     FROM wa_messages m JOIN wa_contacts c ON c.id = m.contact_id WHERE m.session_id = ? ORDER BY m.id DESC LIMIT ? OFFSET ?'
);
$statement->bind_param('iii', $key['session_id'], $limit, $offset);
$statement->execute();
$messages = [];
foreach ($statement->get_result() as $row) {
    $messages[] = [
        'id' => (int) $row['id'],
        'message_id' => $row['message_id'],
        'remote_jid' => $row['phone_number'] !== null ? $row['phone_number'] . '@s.whatsapp.net' : $row['lid'] . '@lid',
        'remote_name' => $row['name'],
        'direction' => $row['direction'],
        'message_type' => $row['message_type'],
        'content' => $row['content'],
        'status' => $row['status'],
        'created_at' => iso($row['created_at']),
    ];
}
answer(200, [
    'success' => true,
    'data' => [
        'messages' => $messages,
        'pagination' => ['page' => $page, 'limit' => $limit, 'total' => $total, 'totalPages' => (int) ceil($total / $limit)],
    ],
]);
