package dev.gantry.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.Pem;
import dev.gantry.local.pki.Authority;
import dev.gantry.local.pki.Identity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves {@code chairs} of the group {@code furniture.example.com} to the front proxy, as an
 * extension server in a pod would. The one chair that there is has the name of who asks. As a
 * webhook it refuses everything.
 */
public final class ExtensionServer implements AutoCloseable {
    public static final String ROOT = "/apis/furniture.example.com/v1";

    /** Where it is a webhook. */
    public static final String REFUSAL = "/refuse";

    private static final String RESOURCES =
            """
            {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"furniture.example.com/v1",
             "resources":[{"name":"chairs","singularName":"chair","namespaced":true,"kind":"Chair",
                           "verbs":["get","list"]}]}
            """;
    private static final String CHAIRS =
            """
            {"kind":"ChairList","apiVersion":"furniture.example.com/v1","metadata":{},"items":[
              {"kind":"Chair","apiVersion":"furniture.example.com/v1",
               "metadata":{"name":"of-%s","namespace":"%s"}}]}
            """;

    private static final String REVIEW =
            """
            {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","response":{
              "uid":"%s","allowed":false,"status":{"message":"no more furniture"}}}
            """;

    private final Path keys;
    private final String namespace;
    private final HttpsServer server;

    /**
     * @param keys an empty folder
     * @param frontProxy PEM of the authority of those who may say who asks
     * @param host the name of its Service
     */
    public ExtensionServer(Path keys, String frontProxy, String namespace, String host)
            throws IOException, GeneralSecurityException {
        this.keys = keys;
        this.namespace = namespace;
        Authority.in(keys).issue(new Identity("server", "server", List.of(), List.of(host)));
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(
                KeyMaterial.identity(
                        Pem.certificates(read("server.crt")), Pem.privateKey(read("server.key"))),
                new TrustManager[] {
                    KeyMaterial.trusting(Pem.certificates(frontProxy.getBytes(UTF_8)))
                },
                null);
        this.server = HttpsServer.create(new InetSocketAddress(0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(tls) {
                    @Override
                    public void configure(HttpsParameters connection) {
                        SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                        wanted.setWantClientAuth(true);
                        connection.setSSLParameters(wanted);
                    }
                });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /**
     * A pod that hands each connection on to this server, whose TLS it does not touch, and the
     * Service and APIService that lead to it.
     *
     * @param machine the address under which pods find this machine
     */
    public String behindAPod(String machine) throws IOException {
        return """
        apiVersion: v1
        kind: Pod
        metadata: {name: front, labels: {app: front}}
        spec:
          terminationGracePeriodSeconds: 1
          containers:
          - name: nc
            image: "%s"
            command: [nc, -ll, -p, "8443", -e, nc, "%s", "%d"]
            ports: [{name: https, containerPort: 8443}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: chairs}
        spec:
          selector: {app: front}
          ports: [{name: https, port: 443, targetPort: https}]
        ---
        apiVersion: apiregistration.k8s.io/v1
        kind: APIService
        metadata: {name: v1.furniture.example.com}
        spec:
          group: furniture.example.com
          version: v1
          groupPriorityMinimum: 100
          versionPriority: 100
          service: {namespace: "%s", name: chairs}
          caBundle: "%s"
        """
                .formatted(
                        Cluster.IMAGE,
                        machine,
                        server.getAddress().getPort(),
                        namespace,
                        authority());
    }

    /** As it is written into {@code caBundle}. */
    public String authority() throws IOException {
        return Base64.getEncoder().encodeToString(read("ca.crt"));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private byte[] read(String file) throws IOException {
        return Files.readAllBytes(keys.resolve(file));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = "";
        if (path.equals(REFUSAL)) {
            JsonNode review = JsonMapper.shared().readTree(exchange.getRequestBody());
            body = REVIEW.formatted(review.at("/request/uid").asString());
        } else if (isFrontProxy((HttpsExchange) exchange)) {
            body = resource(path, exchange.getRequestHeaders().getFirst("X-Remote-User"));
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(
                body.isEmpty() ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private String resource(String path, String user) {
        return switch (path) {
            case ROOT -> RESOURCES;
            case String s when s.endsWith("/chairs") -> CHAIRS.formatted(user, namespace);
            default -> "";
        };
    }

    private static boolean isFrontProxy(HttpsExchange exchange) {
        try {
            String name = exchange.getSSLSession().getPeerPrincipal().getName();
            return name.equals("CN=front-proxy-client");
        } catch (SSLPeerUnverifiedException nobody) {
            return false;
        }
    }
}
