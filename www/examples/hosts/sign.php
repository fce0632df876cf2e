<?php
// PHP: what your server gives the page of who has signed in. docs/identity.md says how the page uses it.

/** Says for good that the user is who they are: for identify(userId, traits, { signature }). */
function ripen_signature_of(string $userId, ?string $secret = null): string
{
    return hash_hmac('sha256', $userId, $secret ?? getenv('RIPEN_SIGNING_SECRET'));
}

/** Says it until $exp (seconds since 1970): for init({ token }). Any library for JSON Web Tokens (HS256) does the same. */
function ripen_token_of(string $userId, int $exp, ?string $secret = null): string
{
    $encode = fn (string $data): string => rtrim(strtr(base64_encode($data), '+/', '-_'), '=');
    $text = fn (array $value): string => json_encode($value, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
    $signed = $encode($text(['alg' => 'HS256', 'typ' => 'JWT'])) . '.' . $encode($text(['sub' => $userId, 'exp' => $exp]));
    return $signed . '.' . $encode(hash_hmac('sha256', $signed, $secret ?? getenv('RIPEN_TOKEN_SECRET'), true));
}

// php sign.php USER [EXP]
if (PHP_SAPI === 'cli' && realpath($argv[0]) === __FILE__) {
    echo isset($argv[2]) ? ripen_token_of($argv[1], (int) $argv[2]) : ripen_signature_of($argv[1]), "\n";
}
