<?php
// As outbox-form.php without the form, for sites that use mysqli: require this file and call wa_queue_text().

declare(strict_types=1);

/**
 * Puts a text into the table wa_outbox and returns the row's number. WA-Connect sends it within a second, under the same checks as the API.
 *
 * @param string|null $time UTC, such as '2030-03-01 08:00:00'; null is at once
 */
function wa_queue_text(mysqli $database, string $to, string $text, ?string $time = null): int
{
    $statement = $database->prepare('INSERT INTO wa_outbox (to_jid, payload, next_attempt_at) VALUES (?, ?, ?)');
    $payload = json_encode(['message' => $text], JSON_UNESCAPED_UNICODE);
    $statement->bind_param('sss', $to, $payload, $time);
    $statement->execute();
    return (int) $statement->insert_id;
}
