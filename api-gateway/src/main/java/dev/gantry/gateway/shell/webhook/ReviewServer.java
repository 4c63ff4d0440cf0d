package dev.gantry.gateway.shell.webhook;

import dev.gantry.client.shell.http.ClusterAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A server to which reviews are POSTed; its kubeconfig's server is the whole URL. */
public final class ReviewServer {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final long MOST_BYTES = 1L << 20;

    private final String url;
    private final OkHttpClient http;

    /** Throws IllegalArgumentException where the kubeconfig is of no use. */
    public ReviewServer(Path kubeconfig, Duration timeout) {
        try {
            ClusterAccess server = ClusterAccess.fromKubeconfigs(List.of(kubeconfig), "");
            this.url = server.server();
            this.http = server.http().newBuilder().callTimeout(timeout).build();
        } catch (IOException useless) {
            throw new IllegalArgumentException(
                    "%s: %s".formatted(kubeconfig, useless.getMessage()), useless);
        }
    }

    /** The review as it comes back. Throws IOException where there is no answer of use. */
    public JsonNode ask(ObjectNode review) throws IOException {
        Request request =
                new Request.Builder()
                        .url(url)
                        .post(RequestBody.create(review.toString(), JSON))
                        .build();
        try (Response response = http.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                throw new IOException("%s answered %d".formatted(url, response.code()));
            }
            return JsonMapper.shared().readTree(response.peekBody(MOST_BYTES).bytes());
        } catch (JacksonException noJson) {
            throw new IOException(url + " answered no JSON", noJson);
        }
    }
}
