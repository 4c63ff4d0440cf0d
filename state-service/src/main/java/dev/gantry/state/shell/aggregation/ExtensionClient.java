package dev.gantry.state.shell.aggregation;

import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.Pem;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.aggregation.Availability;
import dev.gantry.state.aggregation.ExtensionApi;
import dev.gantry.state.discovery.RemoteOpenApi;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.shell.webhook.GoWords;
import dev.gantry.state.view.View;
import dev.gantry.state.webhook.ServiceEndpoints;
import dev.gantry.state.webhook.ServiceEndpoints.Found;
import dev.gantry.state.webhook.WebhookCall.ServicePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Asks extension servers what they serve, as the aggregator, which may ask everything.
 *
 * <p>Compat: {@code remote_available_controller.go}, but with the server's certificate checked as
 * for clients' requests: a server that these do not reach is not available.
 */
public final class ExtensionClient {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long MOST_BYTES = 16L << 20;

    private final View view;
    private final KeyManager @Nullable [] keys;
    private final OkHttpClient plain =
            new OkHttpClient.Builder()
                    .proxy(Proxy.NO_PROXY)
                    .followRedirects(false)
                    .callTimeout(PATIENCE)
                    .build();
    private final Map<String, OkHttpClient> clients = new ConcurrentHashMap<>();

    /**
     * What came of asking.
     *
     * @param resources as the server lists them, if it did
     * @param openApi as it describes them, if it did and was asked to
     */
    record Told(
            Conditions.Wanted condition,
            Optional<JsonNode> resources,
            Optional<RemoteOpenApi> openApi) {
        static Told not(Conditions.Wanted why) {
            return new Told(why, Optional.empty(), Optional.empty());
        }
    }

    /** What a server is asked for. */
    enum Question {
        RESOURCES,
        RESOURCES_AND_DESCRIPTIONS
    }

    /**
     * @param pki the folder of {@code front-proxy-client.crt} and its key; where they are missing,
     *     no certificate is shown
     */
    public ExtensionClient(View view, Path pki) {
        this.view = view;
        this.keys = keys(pki);
    }

    Told ask(ExtensionApi api, Question question) {
        ServicePort port = api.service();
        Optional<Resource> service =
                view.get(new ObjectKey(Resources.SERVICES, port.namespace(), port.name()))
                        .map(StoredObject::decode);
        var endpoints = new ServiceEndpoints(view);
        Optional<Conditions.Wanted> obstacle =
                Availability.obstacle(port, service, endpoints.slices(port));
        if (obstacle.isPresent()) {
            return Told.not(obstacle.get());
        }
        return switch (endpoints.find(port)) {
            case Found.Nowhere(var why) -> Told.not(Availability.failed(api.discoveryPath(), why));
            case Found.At(var addresses, int target) ->
                    ask(new Server(api, addresses.getFirst(), target), question);
        };
    }

    private Told ask(Server server, Question question) {
        String path = server.api.discoveryPath();
        return switch (fetch(server, path)) {
            case Fetched.Not(var why) -> Told.not(Availability.failed(server.url(path), why));
            case Fetched.Document(var tree) ->
                    new Told(
                            Availability.PASSED,
                            Optional.of(tree),
                            question == Question.RESOURCES ? Optional.empty() : describe(server));
        };
    }

    private Optional<RemoteOpenApi> describe(Server server) {
        String hash = "";
        if (fetch(server, "/openapi/v3") instanceof Fetched.Document(var index)) {
            hash = RemoteOpenApi.hashIn(index, server.api.path());
        }
        JsonNode whole =
                fetch(server, "/openapi/v2") instanceof Fetched.Document(var document)
                        ? document
                        : MissingNode.getInstance();
        return hash.isEmpty() && whole.isMissingNode()
                ? Optional.empty()
                : Optional.of(new RemoteOpenApi(hash, whole));
    }

    private Fetched fetch(Server server, String path) {
        Request request =
                new Request.Builder()
                        .url(server.named(path))
                        .header("Host", server.api.host())
                        .header("Accept", "application/json")
                        .header("User-Agent", "kube-aggregator")
                        .header("X-Remote-User", "system:kube-aggregator")
                        .header("X-Remote-Group", "system:masters")
                        .build();
        InetAddress literal = InetAddress.ofLiteral(server.address);
        OkHttpClient client;
        try {
            client = trusting(server.api).newBuilder().dns(new Literal(literal)).build();
        } catch (GeneralSecurityException | IOException unusable) {
            return new Fetched.Not("unable to load root certificates: " + unusable);
        }
        String url = server.url(path);
        try (Response response = client.newCall(request).execute()) {
            return read(response, url);
        } catch (IOException failed) {
            return new Fetched.Not(
                    "Get \"%s\": %s".formatted(url, GoWords.of(failed, server.shown(path))));
        }
    }

    private static Fetched read(Response response, String url) throws IOException {
        if (!response.isSuccessful()) {
            return new Fetched.Not("bad status from %s: %d".formatted(url, response.code()));
        }
        if (response.body().source().request(MOST_BYTES)) {
            return new Fetched.Not("the response is too large");
        }
        try {
            return new Fetched.Document(JsonMapper.shared().readTree(response.body().bytes()));
        } catch (JacksonException malformed) {
            return new Fetched.Not(String.valueOf(malformed.getOriginalMessage()));
        }
    }

    /** What came of a request. */
    private sealed interface Fetched {
        record Document(JsonNode tree) implements Fetched {}

        record Not(String why) implements Fetched {}
    }

    /** An endpoint of an APIService's Service. */
    private record Server(ExtensionApi api, String address, int port) {
        /** As TLS knows it. */
        HttpUrl named(String path) {
            return at(api.host(), path);
        }

        /** As people find it. */
        HttpUrl shown(String path) {
            return at(address, path);
        }

        String url(String path) {
            String host = address.contains(":") ? "[" + address + "]" : address;
            return "https://%s:%d%s".formatted(host, port, path);
        }

        private HttpUrl at(String host, String path) {
            return new HttpUrl.Builder()
                    .scheme("https")
                    .host(host)
                    .port(port)
                    .encodedPath(path)
                    .build();
        }
    }

    /** One address, whatever name is looked up. Equal ones share connections. */
    private record Literal(InetAddress address) implements Dns {
        @Override
        public List<InetAddress> lookup(String name) {
            return List.of(address);
        }
    }

    /** Cost: a client is made again only where the APIService says something else. */
    private OkHttpClient trusting(ExtensionApi api) throws GeneralSecurityException, IOException {
        String key = api.name() + "/" + api.isChecked() + "/" + api.authority();
        clients.keySet().removeIf(each -> each.startsWith(api.name() + "/") && !each.equals(key));
        OkHttpClient known = clients.get(key);
        if (known == null) {
            known = made(api);
            clients.put(key, known);
        }
        return known;
    }

    private OkHttpClient made(ExtensionApi api) throws GeneralSecurityException, IOException {
        X509TrustManager trust = trust(api);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {trust}, null);
        var made = plain.newBuilder().sslSocketFactory(context.getSocketFactory(), trust);
        if (!api.isChecked()) {
            made.hostnameVerifier((_, _) -> true);
        }
        return made.build();
    }

    private static X509TrustManager trust(ExtensionApi api)
            throws GeneralSecurityException, IOException {
        if (!api.isChecked()) {
            return new Unchecked();
        }
        return api.authority().isEmpty()
                ? KeyMaterial.trustingPublicAuthorities()
                : KeyMaterial.trusting(
                        Pem.certificates(api.authority().getBytes(StandardCharsets.UTF_8)));
    }

    private static KeyManager @Nullable [] keys(Path pki) {
        Path certificate = pki.resolve("front-proxy-client.crt");
        if (!Files.exists(certificate)) {
            return null;
        }
        try {
            return KeyMaterial.identity(
                    Pem.certificates(Files.readAllBytes(certificate)),
                    Pem.privateKey(Files.readAllBytes(pki.resolve("front-proxy-client.key"))));
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalArgumentException(certificate + " is of no use", unusable);
        }
    }

    /** For {@code insecureSkipTLSVerify}. */
    private static final class Unchecked implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Of use to a client only.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // The APIService says so.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
