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
import dev.gantry.state.shell.webhook.TrustedClients;
import dev.gantry.state.shell.webhook.TrustedClients.Trust;
import dev.gantry.state.view.View;
import dev.gantry.state.webhook.ServiceEndpoints;
import dev.gantry.state.webhook.ServiceEndpoints.Found;
import dev.gantry.state.webhook.WebhookCall.ServicePort;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
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
    private final TrustedClients clients;

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
        this.clients = new TrustedClients(PATIENCE, keys(pki));
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
            client =
                    clients.trusting(new Trust(server.api.authority(), server.api.isChecked()))
                            .newBuilder()
                            .dns(new Literal(literal))
                            .build();
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
}
