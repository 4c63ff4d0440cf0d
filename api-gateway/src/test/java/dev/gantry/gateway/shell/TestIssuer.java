package dev.gantry.gateway.shell;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An OpenID Connect issuer over TLS on loopback, certified by a test's authority. */
public final class TestIssuer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Made once, since that takes long. */
    private static final RSAKey FIRST = rsa();

    private static final RSAKey FORGERS = rsa();

    /** How often its keys were asked for. */
    public final AtomicInteger keyReads = new AtomicInteger();

    /** What was shown to {@link #endpoint}. */
    public final List<String> shown = new CopyOnWriteArrayList<>();

    private final String authority;
    private final HttpsServer server;
    private volatile JWK key = FIRST;

    public TestIssuer(TestPki pki) throws Exception {
        this.authority = Files.readString(pki.folder().resolve("ca.crt"));
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var tls = pki.client(pki.sign("CN=issuer", Duration.ofHours(1)));
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/.well-known/openid-configuration",
                exchange ->
                        answer(
                                exchange,
                                JSON.createObjectNode()
                                        .put("issuer", url())
                                        .put("jwks_uri", url() + "/keys")
                                        .toString()));
        server.createContext(
                "/keys",
                exchange -> {
                    keyReads.incrementAndGet();
                    answer(exchange, new JWKSet(key.toPublicJWK()).toString());
                });
        server.start();
    }

    /** From now on it answers there, with that code and text. Returns the URL. */
    public String endpoint(String path, int code, String text) {
        server.createContext(
                path,
                exchange -> {
                    shown.add(
                            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                    if (code / 100 == 3) {
                        exchange.getResponseHeaders().set("Location", text);
                    }
                    answer(exchange, code, text);
                });
        return url() + path;
    }

    public String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on it signs with another key, and the former one is not among its keys any more. */
    public void rotate() throws JOSEException {
        key = new ECKeyGenerator(Curve.P_256).keyID("second").generate();
    }

    /** Tokens are good for an hour where the claims do not say otherwise. */
    public String token(Map<String, Object> claims) throws JOSEException {
        return sign(key, claims);
    }

    /** Claims to be of this issuer and of its key, and was signed by somebody else. */
    public String forged(Map<String, Object> claims) throws JOSEException {
        return sign(FORGERS, claims);
    }

    /** In PEM, of its certificate. */
    public String authority() {
        return authority;
    }

    /** An authentication configuration with this issuer, for the audience {@code gantry}. */
    public ObjectNode configuration(String rest) {
        ObjectNode jwt = (ObjectNode) JSON.readTree(rest);
        jwt.putObject("issuer")
                .put("url", url())
                .put("certificateAuthority", authority)
                .putArray("audiences")
                .add("gantry");
        ObjectNode file = JSON.createObjectNode();
        file.put("apiVersion", "apiserver.config.k8s.io/v1");
        file.put("kind", "AuthenticationConfiguration");
        file.putArray("jwt").add(jwt);
        return file;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String sign(JWK with, Map<String, Object> claims) throws JOSEException {
        Map<String, Object> all = new TreeMap<>(claims);
        all.putIfAbsent("iss", url());
        all.putIfAbsent("aud", "gantry");
        all.putIfAbsent("exp", Instant.now().plusSeconds(3600).getEpochSecond());
        boolean isRsa = with instanceof RSAKey;
        JWSSigner signer =
                isRsa ? new RSASSASigner(with.toRSAKey()) : new ECDSASigner(with.toECKey());
        var header =
                new JWSHeader.Builder(isRsa ? JWSAlgorithm.PS256 : JWSAlgorithm.ES256)
                        .keyID(with.getKeyID())
                        .build();
        var signed = new JWSObject(header, new Payload(JSON.writeValueAsString(all)));
        signed.sign(signer);
        return signed.serialize();
    }

    private static RSAKey rsa() {
        try {
            return new RSAKeyGenerator(2048).keyID("first").generate();
        } catch (JOSEException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        answer(exchange, 200, body);
    }

    private static void answer(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
