<?php
/*
 * Installs WA-Connect from a browser, for accounts without a terminal. Upload this file and wa-connect-….tar.gz into public_html, open
 * https://your-domain.com/install.php, done. It asks for a word that only the account's owner can read, and deletes itself afterwards.
 */
declare(strict_types=1);

const PROOF_LIFETIME = 3600;

header('Cache-Control: no-store');
header("Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'");
header('X-Content-Type-Options: nosniff');

/** The account's home: the folder above the web root, which the web server does not serve. */
function home(): string
{
    $owner = function_exists('posix_getpwuid') ? posix_getpwuid((int) fileowner(__FILE__)) : false;
    $home = $owner['dir'] ?? getenv('HOME') ?: '';
    return is_dir($home) && strpos(__DIR__ . '/', $home . '/') === 0 ? $home : dirname(__DIR__);
}

/** The word in ~/wa-connect-install.txt: made here, read by the owner in the File Manager, typed back. */
function proof(string $file): ?string
{
    if (!is_file($file) || filemtime($file) < time() - PROOF_LIFETIME) {
        $word = bin2hex(random_bytes(8));
        $old = umask(0077);
        $written = @file_put_contents($file, $word . "\n");
        umask($old);
        return $written === false ? null : $word;
    }
    $word = trim((string) file_get_contents($file));
    return $word === '' ? null : $word;
}

/** @return string[] archives beside this file and in the home, newest version last */
function archives(string $home): array
{
    $found = array_merge(glob(__DIR__ . '/wa-connect-*.tar.gz') ?: [], glob($home . '/wa-connect-*.tar.gz') ?: []);
    usort($found, function (string $a, string $b): int {
        return version_compare(basename($a, '.tar.gz'), basename($b, '.tar.gz'));
    });
    return $found;
}

/** Runs a command without a shell of its own; the password goes through the environment, where others can not see it. */
function run(array $command, array $environment): array
{
    $process = proc_open($command, [['file', '/dev/null', 'r'], ['pipe', 'w'], ['redirect', 1]], $pipes, home(), $environment);
    if ($process === false) {
        return [1, 'the host does not let PHP start programs'];
    }
    $output = stream_get_contents($pipes[1]);
    fclose($pipes[1]);
    return [proc_close($process), (string) $output];
}

function install(string $home, array $input): array
{
    $archives = archives($home);
    $archive = end($archives);
    if ($archive === false) {
        return [1, 'wa-connect-….tar.gz is missing: upload it into this folder or into the home directory, then try again.'];
    }
    $environment = ['PATH' => getenv('PATH') ?: '/usr/local/bin:/usr/bin:/bin', 'HOME' => $home];
    foreach (getenv() as $name => $value) {
        if (strpos($name, 'WA_') === 0) {
            $environment[$name] = $value;
        }
    }
    [$status, $output] = run(['tar', 'xzf', $archive, '-C', $home], $environment);
    if ($status !== 0) {
        return [$status, "The archive can not be unpacked; upload it again, in binary form.\n" . $output];
    }
    $command = ['sh', $home . '/' . basename($archive, '.tar.gz') . '/cpanel/install.sh', '--yes', '--web-root', __DIR__];
    foreach (['url', 'db-name', 'db-user', 'db-host', 'db-socket'] as $option) {
        if (($input[$option] ?? '') !== '') {
            array_push($command, '--' . $option, $input[$option]);
        }
    }
    if (($input['db-password'] ?? '') !== '') {
        $environment['WA_DB_PASSWORD'] = $input['db-password'];
    }
    return run($command, $environment);
}

$home = home();
$proofFile = $home . '/wa-connect-install.txt';
$missing = array_filter(['proc_open', 'proc_close'], function (string $name): bool {
    return !function_exists($name);
});
$input = array_map(function ($value): string {
    return is_string($value) ? trim($value) : '';
}, $_POST);
$word = proof($proofFile);
$result = null;
$mistake = null;
if (($_SERVER['REQUEST_METHOD'] ?? '') === 'POST' && $word !== null && !$missing) {
    if (!hash_equals($word, strtolower($input['proof'] ?? ''))) {
        // Guessing is not worth it: every wrong word makes a new one.
        @unlink($proofFile);
        proof($proofFile);
        $mistake = 'That is not the word in the file. There is a new one in it now.';
    } else {
        set_time_limit(120);
        ignore_user_abort(true);
        $result = install($home, $input);
        if ($result[0] === 0) {
            @unlink($proofFile);
            foreach (glob(__DIR__ . '/wa-connect-*.tar.gz') ?: [] as $archive) {
                @unlink($archive);
            }
            @unlink(__FILE__);
        }
    }
}
$secure = !empty($_SERVER['HTTPS']) && $_SERVER['HTTPS'] !== 'off';
$url = $input['url'] ?? (($secure ? 'https://' : 'http://') . ($_SERVER['HTTP_HOST'] ?? ''));

function text(string $value): string
{
    return htmlspecialchars($value, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
}

/** Addresses in the installer's words become links, as the next step is one of them. */
function linked(string $output): string
{
    return (string) preg_replace('~https?://[^\s<]+/v1/page#[A-Za-z0-9_-]+~', '<a href="$0">$0</a>', text($output));
}
?>
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Install WA-Connect</title>
<style>
:root { color-scheme: light dark }
* { box-sizing: border-box }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem; max-width: 40rem }
label { display: block; margin-top: .8rem }
input { width: 100%; font: inherit; padding: .5rem; border: 1px solid #8888; border-radius: 8px; background: #8881; color: inherit }
button { font: inherit; margin-top: 1.2rem; padding: .6rem 1.2rem; border: 0; border-radius: 8px; background: #0a7c5c; color: #fff; cursor: pointer }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #8888; border-radius: 8px; padding: 1rem; font-size: .85rem }
.bad { border-left: 4px solid #c33; padding-left: .8rem } .good { border-left: 4px solid #0a7c5c; padding-left: .8rem }
details { margin-top: 1rem } code { overflow-wrap: anywhere }
</style>
</head>
<body>
<h1>Install WA-Connect</h1>
<?php if ($missing): ?>
<p class="bad">This host does not let PHP start programs, so this page can not install anything. Use a terminal or a cron job instead: docs/install-cpanel.md in the archive says how.</p>
<?php elseif ($word === null): ?>
<p class="bad">This page can not write into <code><?= text($home) ?></code>, where the word that proves who you are would stand. Use a terminal or a cron job instead.</p>
<?php elseif ($result !== null && $result[0] === 0): ?>
<p class="good">Installed. <b>Write down the API key below</b>: it is shown this once. Then open the link at the end to link your phone. This page has deleted itself.</p>
<pre><?= linked($result[1]) ?></pre>
<?php else: ?>
<?php if ($mistake !== null): ?><p class="bad"><?= text($mistake) ?></p><?php endif ?>
<?php if ($result !== null): ?><p class="bad">It did not work. The last line says why; correct it and try again.</p><pre><?= text($result[1]) ?></pre><?php endif ?>
<form method="post" autocomplete="off">
<p>First prove that this account is yours: open the file <code><?= text($proofFile) ?></code> in cPanel's File Manager and type the word in it.</p>
<label>The word <input name="proof" required autofocus></label>
<label>Address of the site <input name="url" value="<?= text($url) ?>" required></label>
<details<?= ($result !== null || ($input['db-name'] ?? '') !== '') ? ' open' : '' ?>>
<summary>I made a database myself</summary>
<p>Where cPanel lets it, the installer makes one. Otherwise make a database and a user with all privileges on it under <i>MySQL Databases</i> first.</p>
<label>Database <input name="db-name" value="<?= text($input['db-name'] ?? '') ?>"></label>
<label>User <input name="db-user" value="<?= text($input['db-user'] ?? '') ?>"></label>
<label>Password <input name="db-password" type="password"></label>
<label>Host, if not this one <input name="db-host" value="<?= text($input['db-host'] ?? '') ?>"></label>
<label>Socket, if unusual <input name="db-socket" value="<?= text($input['db-socket'] ?? '') ?>"></label>
</details>
<button>Install</button>
</form>
<?php endif ?>
</body>
</html>
