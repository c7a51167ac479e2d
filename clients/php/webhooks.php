<?php
// Where events are posted to, what became of them, and keys. The page that receives them is webhook-receiver.php.

declare(strict_types=1);

require_once __DIR__ . '/wa-connect.php';

function wa_webhooks(): array
{
    return wa_connect('webhooks');
}

/**
 * @param list<string> $events such as ['message.received']; none is all
 * @param string $secret signs every request
 */
function wa_add_webhook(string $url, array $events = [], string $secret = ''): array
{
    return wa_connect('webhooks', ['url' => $url, 'events' => $events ?: null, 'secret' => $secret]);
}

function wa_webhook(int $id): array
{
    return wa_connect("webhooks/$id");
}

/** @param array<string, mixed> $changes such as ['active' => false] or ['headers' => ['X-Token' => 'abc']] */
function wa_change_webhook(int $id, array $changes): array
{
    return wa_connect("webhooks/$id", $changes);
}

/** Posts a made-up message; wa_delivery($answer['data']['delivery_id']) tells what your page answered. */
function wa_test_webhook(int $id): array
{
    return wa_connect("webhooks/$id/test", []);
}

function wa_delete_webhook(int $id): array
{
    return wa_connect("webhooks/$id/delete", []);
}

/** @param array<string, int|string> $filters such as ['status' => 'dead'] */
function wa_deliveries(array $filters = []): array
{
    return wa_connect('webhooks/deliveries?' . http_build_query($filters));
}

function wa_delivery(int $id): array
{
    return wa_connect("webhooks/deliveries/$id");
}

function wa_replay_delivery(int $id): array
{
    return wa_connect("webhooks/deliveries/$id/replay", []);
}

/** Once more all that was given up. */
function wa_replay_webhook(int $id): array
{
    return wa_connect("webhooks/$id/replay", []);
}

// Keys. Only a key with all permissions may ask these.

function wa_keys(): array
{
    return wa_connect('keys');
}

/**
 * $answer['data']['key'] is shown this once.
 *
 * @param list<string> $permissions such as ['messages:send']
 * @param array<string, int|string|list<string>> $limits such as ['daily_limit' => 500, 'expires_at' => '2030-12-31', 'allowed_ips' => ['192.0.2.7']]
 */
function wa_add_key(string $name, array $permissions, array $limits = []): array
{
    return wa_connect('keys', ['name' => $name, 'permissions' => $permissions] + $limits);
}

function wa_disable_key(int $id): array
{
    return wa_connect("keys/$id/disable", []);
}

function wa_delete_key(int $id): array
{
    return wa_connect("keys/$id/delete", []);
}

function wa_usage(): array
{
    return wa_connect('keys/usage');
}
