package dev.gantry.gateway.shell.webhook;

import dev.gantry.client.shell.http.ClusterAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A server outside of the platform to which JSON is POSTed; its kubeconfig names the whole URL. */
public final class WebhookServer {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final long MOST_BYTES = 1L << 20;

    private final String url;
    private final OkHttpClient http;

    /** Throws IllegalArgumentException where the kubeconfig is of no use. */
    public WebhookServer(Path kubeconfig, Duration timeout) {
        try {
            ClusterAccess server = ClusterAccess.fromKubeconfigs(List.of(kubeconfig), "");
            this.url = server.server();
            this.http = server.http().newBuilder().callTimeout(timeout).build();
        } catch (IOException useless) {
            throw new IllegalArgumentException(
                    "%s: %s".formatted(kubeconfig, useless.getMessage()), useless);
        }
    }

    public String url() {
        return url;
    }

    /** The review as it comes back. Throws IOException where there is no answer of use. */
    public JsonNode ask(ObjectNode review) throws IOException {
        try (Response response = post(RequestBody.create(review.toString(), JSON)).execute()) {
            if (!response.isSuccessful()) {
                throw new IOException("%s answered %d".formatted(url, response.code()));
            }
            return JsonMapper.shared().readTree(response.peekBody(MOST_BYTES).bytes());
        } catch (JacksonException noJson) {
            throw new IOException(url + " answered no JSON", noJson);
        }
    }

    /** What became of a body that asks for no answer. Throws IOException where nothing is known. */
    public Receipt tell(byte[] body, Duration timeout) throws IOException {
        Call call = post(RequestBody.create(body, JSON));
        call.timeout().timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        try (Response response = call.execute()) {
            return new Receipt(response.code(), response.header("Retry-After") != null);
        }
    }

    private Call post(RequestBody body) {
        return http.newCall(new Request.Builder().url(url).post(body).build());
    }
}
