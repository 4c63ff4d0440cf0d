package dev.gantry.state.shell.api.token;

import dev.gantry.model.digest.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Signs claims with the cluster's service account key, and publishes the other half of it. */
public final class TokenSigner {
    private static final String ALGORITHM = "SHA256withECDSAinP1363Format";
    private static final int COORDINATE_BYTES = 32;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final String issuer;
    private final PrivateKey signing;
    private final ECPublicKey verifying;
    private final String keyId;

    /**
     * @param signing of the curve P-256, as is {@code verifying}
     */
    public TokenSigner(String issuer, PrivateKey signing, ECPublicKey verifying) {
        this.issuer = issuer;
        this.signing = signing;
        this.verifying = verifying;
        this.keyId = keyIdOf(verifying);
    }

    public String issuer() {
        return issuer;
    }

    /** A JWT, compact. */
    public String sign(ObjectNode claims) {
        ObjectNode header = JsonMapper.shared().createObjectNode();
        header.put("alg", "ES256").put("kid", keyId);
        String content = part(header) + "." + part(claims);
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(signing);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException unusableKey) {
            throw new IllegalStateException(
                    "cannot sign with the service account key", unusableKey);
        }
    }

    /** A JSON Web Key Set (RFC 7517). */
    public ObjectNode keySet() {
        ObjectNode set = JsonMapper.shared().createObjectNode();
        set.putArray("keys")
                .addObject()
                .put("use", "sig")
                .put("kty", "EC")
                .put("kid", keyId)
                .put("crv", "P-256")
                .put("alg", "ES256")
                .put("x", coordinate(verifying.getW().getAffineX()))
                .put("y", coordinate(verifying.getW().getAffineY()));
        return set;
    }

    /** Compat: {@code keyIDFromPublicKey}. */
    private static String keyIdOf(ECPublicKey key) {
        return BASE64.encodeToString(Sha256.of(key.getEncoded()));
    }

    private static String part(JsonNode json) {
        return BASE64.encodeToString(JsonMapper.shared().writeValueAsBytes(json));
    }

    private static String coordinate(BigInteger value) {
        byte[] raw = value.toByteArray();
        byte[] fixed = new byte[COORDINATE_BYTES];
        int length = Math.min(raw.length, COORDINATE_BYTES);
        System.arraycopy(raw, raw.length - length, fixed, COORDINATE_BYTES - length, length);
        return BASE64.encodeToString(fixed);
    }
}
