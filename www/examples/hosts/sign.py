"""Python: what your server gives the page of who has signed in. docs/identity.md says how the page uses it."""

import base64
import hashlib
import hmac
import json
import os
import sys


def signature_of(user_id, secret=None):
    """Says for good that the user is who they are: for identify(userId, traits, { signature })."""
    secret = secret or os.environ["RIPEN_SIGNING_SECRET"]
    return hmac.new(secret.encode(), user_id.encode(), hashlib.sha256).hexdigest()


def token_of(user_id, exp, secret=None):
    """Says it until exp (seconds since 1970): for init({ token }). Any library for JSON Web Tokens (HS256) does the same."""
    secret = secret or os.environ["RIPEN_TOKEN_SECRET"]

    def encode(data):
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    def text(value):
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()

    signed = encode(text({"alg": "HS256", "typ": "JWT"})) + b"." + encode(text({"sub": user_id, "exp": exp}))
    signature = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    return (signed + b"." + encode(signature)).decode()


# python3 sign.py USER [EXP]
if __name__ == "__main__":
    user, *rest = sys.argv[1:]
    print(token_of(user, int(rest[0])) if rest else signature_of(user))
