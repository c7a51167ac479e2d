<?php
// Receives webhooks. Put it on your site, write the secret of the webhook below, and its address into the webhook's row.
// Answer within 10 seconds with any 2xx; otherwise the event comes again. Do slow work later.

declare(strict_types=1);

$secret = getenv('WA_WEBHOOK_SECRET') ?: 'your-webhook-secret';
// Outside the web root. Each event becomes one line here; your site would rather write to its database.
$inbox = getenv('WA_WEBHOOK_INBOX') ?: dirname(__DIR__) . '/wa-inbox.jsonl';

if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
    http_response_code(405);
    header('Allow: POST');
    exit('This page receives webhooks of WA-Connect.');
}

// The signature is over the bytes of the body: read them before anything decodes them.
$body = (string) file_get_contents('php://input');
$signature = $_SERVER['HTTP_X_WEBHOOK_SIGNATURE'] ?? '';
if (!hash_equals(hash_hmac('sha256', $body, $secret), $signature)) {
    http_response_code(401);
    exit('The signature is wrong.');
}

$event = json_decode($body, true);
if (!is_array($event) || !isset($event['event'], $event['data'])) {
    // Asking again would bring the same: take it.
    exit('Not an event.');
}

// Where an answer was lost the same event comes again, under the same id: use it as the unique key of your table.
$id = $_SERVER['HTTP_X_WEBHOOK_ID'] ?? '';
$data = $event['data'];

switch ($event['event']) {
    case 'message.received':
        $line = $data['from'] . ': ' . ($data['content'] ?? '[' . $data['type'] . ']');
        break;
    case 'message.status':
        // sent, delivered, read or failed
        $line = $data['message_id'] . ' is ' . $data['status'];
        break;
    case 'call.incoming':
        $line = $data['from'] . ' calls';
        break;
    default:
        $line = $event['event'];
}

$written = file_put_contents($inbox, json_encode(['id' => $id, 'line' => $line, 'event' => $event]) . "\n", FILE_APPEND | LOCK_EX);
if ($written === false) {
    // Nothing is lost: the event comes again.
    http_response_code(500);
    exit('The event could not be stored.');
}
echo 'OK';
