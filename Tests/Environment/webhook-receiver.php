<?php
// Receives webhooks for the tests: writes each request as one JSON line to the server's stdout and answers
// with the first status of the file named by WEBHOOK_ANSWERS (one a line, each used once), else 200.

declare(strict_types=1);

function nextStatus(string $path): int
{
    $answers = fopen($path, 'c+');
    flock($answers, LOCK_EX);
    $lines = array_values(array_filter(explode("\n", (string) stream_get_contents($answers)), 'strlen'));
    $status = (int) (array_shift($lines) ?? 200);
    ftruncate($answers, 0);
    rewind($answers);
    fwrite($answers, implode("\n", $lines));
    fclose($answers);
    return $status;
}

$body = (string) file_get_contents('php://input');
$status = nextStatus((string) getenv('WEBHOOK_ANSWERS'));
fwrite(fopen('php://stdout', 'wb'), json_encode([
    'method' => $_SERVER['REQUEST_METHOD'],
    'path' => $_SERVER['REQUEST_URI'],
    'headers' => array_change_key_case(getallheaders(), CASE_LOWER),
    'body' => base64_encode($body),
    'answered' => $status,
]) . "\n");
http_response_code($status);
echo "OK\n";
