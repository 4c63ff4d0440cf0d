package dev.gantry.agent.join;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A bootstrap token, {@code ID.SECRET}: the id is no secret.
 *
 * <p>Compat: cluster-bootstrap/token.
 */
public record JoinToken(String id, String secret) {
    private static final Pattern FORM = Pattern.compile("([a-z0-9]{6})\\.([a-z0-9]{16})");
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    public static Optional<JoinToken> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new JoinToken(form.group(1), form.group(2)))
                : Optional.empty();
    }

    /** As the API takes it. */
    public String bearer() {
        return id + "." + secret;
    }

    /**
     * Whether somebody who knows this token signed the content.
     *
     * @param signature a JWS with HS256 whose content is left out
     */
    public boolean hasSigned(String content, String signature) {
        String[] parts = signature.split("\\.", -1);
        if (parts.length != 3 || !parts[1].isEmpty() || !isOurs(parts[0])) {
            return false;
        }
        String signed = parts[0] + "." + BASE64.encodeToString(content.getBytes(UTF_8));
        byte[] wanted = BASE64.encode(mac(signed));
        return MessageDigest.isEqual(wanted, parts[2].getBytes(UTF_8));
    }

    /** A header that names another algorithm, or none, proves nothing. */
    private boolean isOurs(String header) {
        try {
            JsonNode read = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(header));
            return read.path("alg").asString("").equals("HS256")
                    && read.path("kid").asString("").equals(id);
        } catch (IllegalArgumentException | JacksonException malformed) {
            return false;
        }
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException("this JDK lacks HmacSHA256", fault);
        }
    }

    /** Without the secret, which belongs in no log. */
    @Override
    public String toString() {
        return id;
    }
}
