<?php
// Asks the API of WA-Connect with nothing but PHP's curl extension (PHP 7.4 or later). The other files here need this one.

declare(strict_types=1);

// Change these two, or set them where your site has its settings. The key is a password: keep this file out of the web root, or make sure that PHP runs it.
const WA_CONNECT_URL = 'https://your-domain.com/api/v1';
const WA_CONNECT_KEY = 'your-api-key-here';

/**
 * Makes one call and returns its answer: 'status' (200, 404, …), 'success', and what the reference says for that call, such as 'data' or 'message'.
 * Where no answer came, 'status' is 0 and 'error' says why.
 *
 * @param array<string, mixed>|null $fields of the body; null asks with GET
 * @param array<string, string> $headers such as ['Idempotency-Key' => 'order-1234']
 */
function wa_connect(string $path, ?array $fields = null, array $headers = []): array
{
    $lines = ['X-API-Key: ' . (getenv('WA_CONNECT_KEY') ?: WA_CONNECT_KEY)];
    foreach ($headers as $name => $value) {
        $lines[] = "$name: $value";
    }
    $request = curl_init((getenv('WA_CONNECT_URL') ?: WA_CONNECT_URL) . '/' . $path);
    if ($fields !== null) {
        $lines[] = 'Content-Type: application/json';
        // An empty array would become [], which is no object.
        curl_setopt($request, CURLOPT_POSTFIELDS, json_encode((object) $fields, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES));
    }
    curl_setopt_array($request, [
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_CONNECTTIMEOUT => 5,
        // WA-Connect answers within 8 seconds, whatever happens.
        CURLOPT_TIMEOUT => 15,
        CURLOPT_HTTPHEADER => $lines,
    ]);
    $body = curl_exec($request);
    if ($body === false) {
        return ['status' => 0, 'success' => false, 'message' => 'WA-Connect can not be reached', 'error' => curl_error($request)];
    }
    $answer = json_decode($body, true);
    if (!is_array($answer)) {
        $answer = ['success' => false, 'message' => 'The answer is not from WA-Connect', 'error' => substr($body, 0, 200)];
    }
    return ['status' => curl_getinfo($request, CURLINFO_RESPONSE_CODE)] + $answer;
}
