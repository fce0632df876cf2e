# Ruby: what your server gives the page of who has signed in. docs/identity.md says how the page uses it.
require "base64"
require "json"
require "openssl"

# Says for good that the user is who they are: for identify(userId, traits, { signature }).
def signature_of(user_id, secret = ENV.fetch("RIPEN_SIGNING_SECRET"))
  OpenSSL::HMAC.hexdigest("SHA256", secret, user_id)
end

# Says it until exp (seconds since 1970): for init({ token }). Any library for JSON Web Tokens (HS256) does the same.
def token_of(user_id, exp, secret = ENV.fetch("RIPEN_TOKEN_SECRET"))
  encode = ->(data) { Base64.urlsafe_encode64(data, padding: false) }
  header = encode.call(JSON.generate({ alg: "HS256", typ: "JWT" }))
  signed = "#{header}.#{encode.call(JSON.generate({ sub: user_id, exp: exp }))}"
  "#{signed}.#{encode.call(OpenSSL::HMAC.digest("SHA256", secret, signed))}"
end

# ruby sign.rb USER [EXP]
if $PROGRAM_NAME == __FILE__
  user, exp = ARGV.map { |word| word.dup.force_encoding("UTF-8") }
  puts exp ? token_of(user, exp.to_i) : signature_of(user)
end
