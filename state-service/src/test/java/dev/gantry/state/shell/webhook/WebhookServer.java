package dev.gantry.state.shell.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.Pem;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Webhooks, or documents, by path on a loopback port, with TLS and a certificate of their own. */
public final class WebhookServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What was asked, in order, with the path as field {@code path}. */
    public final List<JsonNode> asked = new CopyOnWriteArrayList<>();

    private final Map<String, Function<JsonNode, String>> answers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpsServer server;
    private final String certificate;

    public WebhookServer() {
        try {
            KeyPair keys = keys();
            X509Certificate own = certificate(keys);
            this.certificate = Pem.write("CERTIFICATE", own.getEncoded());
            this.server =
                    HttpsServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls(keys, own)));
        } catch (Exception fault) {
            throw new IllegalStateException(fault);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Answers with the fields of a response; {@code uid} and the frame are added. */
    public WebhookServer on(String path, Function<JsonNode, ObjectNode> response) {
        return raw(
                path,
                review -> {
                    ObjectNode reply = JSON.createObjectNode();
                    reply.put("kind", "AdmissionReview");
                    reply.set("apiVersion", review.path("apiVersion"));
                    ObjectNode fields = response.apply(review.path("request"));
                    fields.set("uid", review.at("/request/uid"));
                    reply.set("response", fields);
                    return reply.toString();
                });
    }

    public WebhookServer raw(String path, Function<JsonNode, String> body) {
        answers.put(path, body);
        return this;
    }

    public static ObjectNode allowed() {
        return JSON.createObjectNode().put("allowed", true);
    }

    public static ObjectNode denied(String status) {
        ObjectNode response = JSON.createObjectNode().put("allowed", false);
        response.set("status", JSON.readTree(status));
        return response;
    }

    /** A JSON patch, with single quotes for double ones. */
    public static ObjectNode patch(String operations) {
        byte[] patch = operations.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return allowed()
                .put("patchType", "JSONPatch")
                .put("patch", Base64.getEncoder().encodeToString(patch));
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url(String path) {
        return "https://127.0.0.1:" + port() + path;
    }

    /** As it is written into {@code caBundle}. */
    public String authority() {
        return Base64.getEncoder().encodeToString(certificate.getBytes(StandardCharsets.UTF_8));
    }

    public List<JsonNode> askedAt(String path) {
        return asked.stream().filter(each -> each.path("path").asString().equals(path)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        JsonNode review = JSON.readTree(exchange.getRequestBody().readAllBytes());
        ObjectNode question =
                review.path("request") instanceof ObjectNode request
                        ? request.deepCopy()
                        : JSON.createObjectNode()
                                .put(
                                        "user",
                                        exchange.getRequestHeaders().getFirst("X-Remote-User"));
        asked.add(question.put("path", path));
        if (!answers.containsKey(path)) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        byte[] body = answers.get(path).apply(review).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static SSLContext tls(KeyPair keys, X509Certificate own) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(KeyMaterial.identity(List.of(own), keys.getPrivate()), null, null);
        return context;
    }

    /** Signed by itself, for loopback and a Service {@code hook} in {@code shop}. */
    private static X509Certificate certificate(KeyPair keys) throws Exception {
        X500Principal name = new X500Principal("CN=webhook");
        Instant now = Instant.now();
        var builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(now.minus(1, ChronoUnit.HOURS)),
                        Date.from(now.plus(1, ChronoUnit.DAYS)),
                        name,
                        keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(
                        new GeneralName[] {
                            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                            new GeneralName(GeneralName.dNSName, "hook.shop.svc")
                        }));
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static KeyPair keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
