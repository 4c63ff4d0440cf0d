package dev.gantry.controller.identity.bootstraptoken;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A JWS of which the content is left out, since its reader has it already.
 *
 * <p>Compat: {@code cluster-bootstrap/token/jws}: HS256 with the token's secret as the key.
 */
final class DetachedSignature {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private DetachedSignature() {}

    static String of(String content, String id, String secret) {
        String header = encoded("{\"alg\":\"HS256\",\"kid\":\"%s\"}".formatted(id));
        String signed = header + "." + encoded(content);
        return header + ".." + BASE64.encodeToString(mac(signed, secret));
    }

    private static byte[] mac(String text, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException("this JDK lacks HmacSHA256", fault);
        }
    }

    private static String encoded(String text) {
        return BASE64.encodeToString(text.getBytes(UTF_8));
    }
}
