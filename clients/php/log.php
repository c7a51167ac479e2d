<?php
// What was sent and received.

declare(strict_types=1);

require_once __DIR__ . '/wa-connect.php';

/**
 * A page of messages, the newest first.
 *
 * @param array<string, int|string> $filters such as ['direction' => 'inbound', 'limit' => 50, 'jid' => '96812345678']
 */
function wa_log(int $page = 1, array $filters = []): array
{
    return wa_connect('messages/log?' . http_build_query(['page' => $page] + $filters));
}

/** By the 'id' of the log or the 'message_id' of WhatsApp. */
function wa_message(string $id): array
{
    return wa_connect('messages/' . rawurlencode($id));
}

/**
 * Runs through all messages that came since a number, in their order; returns the last number, for the next time. For sites without a webhook.
 *
 * @param callable(array<string, mixed>): void $handle
 */
function wa_new_messages(int $sinceId, callable $handle): int
{
    do {
        // With since_id the oldest come first.
        $messages = wa_log(1, ['since_id' => $sinceId, 'limit' => 100])['data']['messages'] ?? [];
        foreach ($messages as $message) {
            $handle($message);
            $sinceId = $message['id'];
        }
    } while (count($messages) === 100);
    return $sinceId;
}

/** Status updates and posts of channels, where the owner keeps them. */
function wa_posts(int $page = 1): array
{
    return wa_connect("posts?page=$page");
}
