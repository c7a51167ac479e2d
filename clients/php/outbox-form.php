<?php
// A page that sends without the API: it puts a row into the table wa_outbox, and WA-Connect sends it within a second, under the same checks.
// For sites on the same hosting account. Protect such a page with the login of your site.

declare(strict_types=1);

$database = new PDO(
    getenv('WA_DB_DSN') ?: 'mysql:host=localhost;dbname=your_database;charset=utf8mb4',
    getenv('WA_DB_USER') ?: 'your_user',
    getenv('WA_DB_PASSWORD') ?: 'your_password',
    [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]
);

/**
 * Returns the row's number.
 *
 * @param string|null $time UTC, such as '2030-03-01 08:00:00'; null is at once
 */
function queue_text(PDO $database, string $to, string $text, ?string $time = null): int
{
    $statement = $database->prepare('INSERT INTO wa_outbox (to_jid, payload, next_attempt_at) VALUES (?, ?, ?)');
    $statement->execute([$to, json_encode(['message' => $text], JSON_UNESCAPED_UNICODE), $time]);
    return (int) $database->lastInsertId();
}

/** What became of it: pending, working, sent, failed (with the reason in 'error') or cancelled. */
function queued(PDO $database, int $id): ?array
{
    $statement = $database->prepare('SELECT status, error FROM wa_outbox WHERE id = ?');
    $statement->execute([$id]);
    return $statement->fetch(PDO::FETCH_ASSOC) ?: null;
}

/** Takes it back, if it has not left. */
function cancel_queued(PDO $database, int $id): bool
{
    $statement = $database->prepare("UPDATE wa_outbox SET status = 'cancelled' WHERE id = ? AND status = 'pending'");
    $statement->execute([$id]);
    return $statement->rowCount() > 0;
}

if (($_SERVER['REQUEST_METHOD'] ?? '') === 'POST') {
    $id = queue_text($database, $_POST['to'] ?? '', $_POST['message'] ?? '', ($_POST['time'] ?? '') ?: null);
    header('Location: ' . strtok($_SERVER['REQUEST_URI'], '?') . '?id=' . $id, true, 303);
    exit;
}
$row = isset($_GET['id']) ? queued($database, (int) $_GET['id']) : null;
?>
<!doctype html>
<meta charset="utf-8">
<title>Send a message</title>
<?php if ($row !== null) : ?>
<p id="status"><?= htmlspecialchars($row['status'] . ($row['error'] === null ? '' : ': ' . $row['error'])) ?></p>
<?php endif ?>
<form method="post">
    <p><label>To <input name="to" required placeholder="96812345678"></label></p>
    <p><label>Message <textarea name="message" required></textarea></label></p>
    <p><label>Not before (UTC) <input name="time" placeholder="2030-03-01 08:00:00"></label></p>
    <button>Send</button>
</form>
