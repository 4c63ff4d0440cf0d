package dev.gantry.agent.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * As much of an API as a machine needs that joins: objects by their paths, requests for
 * certificates that are signed when they are approved, and a watch of these.
 *
 * <p>Everybody may read what is public; for the rest, one shows the token or a certificate.
 */
public final class FakeApiServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PUBLIC = "/api/v1/namespaces/kube-public/";
    private static final String REQUESTS =
            "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    private static final Pattern REVISION = Pattern.compile("resourceVersion=(\\d+)");

    private final TestAuthority authority;
    private final String token;
    private final Map<String, ObjectNode> objects = new ConcurrentHashMap<>();
    private final List<String> requested = new CopyOnWriteArrayList<>();
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpsServer server;
    private volatile boolean isApproving = true;
    private volatile Optional<String> denial = Optional.empty();
    private int revision = 1;

    /**
     * @param tls with which it serves
     */
    public FakeApiServer(TestAuthority authority, SSLContext tls, String token) throws IOException {
        this.authority = authority;
        this.token = token;
        this.server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(tls) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                        wanted.setWantClientAuth(true);
                        parameters.setSSLParameters(wanted);
                    }
                });
        server.setExecutor(workers);
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /** JSON with single quotes. */
    public void put(String path, String json) {
        objects.put(path, (ObjectNode) JSON.readTree(json.replace('\'', '"')));
    }

    public void put(String path, ObjectNode object) {
        objects.put(path, object);
    }

    public void remove(String path) {
        objects.remove(path);
    }

    public boolean has(String path) {
        return objects.containsKey(path);
    }

    /** From now on nobody decides about requests. */
    public void stopApproving() {
        isApproving = false;
    }

    public void deny(String message) {
        denial = Optional.of(message);
    }

    /** Of what waits, and of what is asked from now on. */
    public synchronized void approve() {
        denial = Optional.empty();
        isApproving = true;
        objects.replaceAll((path, object) -> path.startsWith(REQUESTS) ? decided(object) : object);
    }

    /** How many requests for certificates were made. */
    public long requests() {
        return requested.stream().filter(("POST " + REQUESTS)::equals).count();
    }

    /** The serial number of the certificate that was shown last. */
    public String lastShown() {
        return shown.getLast();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        // A patch of the status is answered with the object as it is.
        String path = exchange.getRequestURI().getPath().replaceFirst("/status$", "");
        requested.add(exchange.getRequestMethod() + " " + path);
        if (!path.startsWith(PUBLIC) && !isKnown(exchange)) {
            reply(exchange, 401, status("Unauthorized", "Unauthorized"));
        } else if (exchange.getRequestMethod().equals("POST")) {
            create(exchange, path);
        } else if (path.equals(REQUESTS)) {
            tellRequests(exchange);
        } else if (objects.containsKey(path)) {
            reply(exchange, 200, objects.get(path));
        } else {
            reply(exchange, 404, status("NotFound", path + " not found"));
        }
    }

    private boolean isKnown(HttpExchange exchange) {
        try {
            var certificate =
                    (X509Certificate)
                            ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0];
            shown.add(certificate.getSerialNumber().toString());
            return true;
        } catch (SSLPeerUnverifiedException nobody) {
            return ("Bearer " + token)
                    .equals(exchange.getRequestHeaders().getFirst("Authorization"));
        }
    }

    private void create(HttpExchange exchange, String path) throws IOException {
        var object = (ObjectNode) JSON.readTree(exchange.getRequestBody().readAllBytes());
        reply(exchange, 201, created(path, object));
    }

    private synchronized ObjectNode created(String path, ObjectNode object) {
        ObjectNode made = path.equals(REQUESTS) ? decided(object) : object;
        objects.put(path + "/" + Resource.text(made.path("metadata"), "name"), made);
        return made;
    }

    /** Another object, since the one that it was may be being read. */
    private synchronized ObjectNode decided(ObjectNode undecided) {
        ObjectNode request = undecided.deepCopy();
        Resource.child(request, "metadata").put("resourceVersion", Integer.toString(++revision));
        notifyAll();
        ObjectNode status = Resource.child(request, "status");
        if (denial.isPresent()) {
            Resource.array(status, "conditions")
                    .addObject()
                    .put("type", "Denied")
                    .put("status", "True")
                    .put("message", denial.get());
        } else if (isApproving) {
            String pem = decoded(Resource.text(request.path("spec"), "request"));
            status.put("certificate", encoded(authority.sign(pem)));
        }
        return request;
    }

    private synchronized void awaitNewerThan(int seen) throws InterruptedException {
        while (revision <= seen) {
            wait();
        }
    }

    /** A list, or a watch that waits until something is newer than what was seen, and ends. */
    private void tellRequests(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        if (query != null && query.contains("watch=true")) {
            try {
                Matcher seen = REVISION.matcher(query);
                awaitNewerThan(seen.find() ? Integer.parseInt(seen.group(1)) : 0);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
                return;
            }
            var text = new StringBuilder();
            listed().forEach(
                            each ->
                                    text.append("{\"type\":\"MODIFIED\",\"object\":")
                                            .append(each)
                                            .append("}\n"));
            reply(exchange, 200, text.toString());
            return;
        }
        reply(exchange, 200, list());
    }

    private synchronized ObjectNode list() {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.putObject("metadata").put("resourceVersion", Integer.toString(revision));
        list.putArray("items").addAll(listed());
        return list;
    }

    private List<ObjectNode> listed() {
        return objects.entrySet().stream()
                .filter(each -> each.getKey().startsWith(REQUESTS))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static ObjectNode status(String reason, String message) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "Status")
                .put("reason", reason)
                .put("message", message);
    }

    private static void reply(HttpExchange exchange, int code, ObjectNode body) throws IOException {
        reply(exchange, code, body.toString());
    }

    private static void reply(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), UTF_8);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
