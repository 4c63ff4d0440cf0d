package dev.gantry.gateway.shell.state;

import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.Query;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state service of another process, for the gateway's own calls. It answers whole replies only:
 * clients' watches are forwarded and never come through here.
 */
public final class HttpBackend implements ApiBackend {
    private static final Logger LOG = LoggerFactory.getLogger(HttpBackend.class);
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final List<String> KEPT_HEADERS =
            List.of("Retry-After", "Warning", ApiReply.ASKED_ACCESS, ApiReply.AUDIT_ANNOTATIONS);

    private final URI state;
    private final HttpClient http;

    public HttpBackend(URI state, SSLContext tls) {
        this.state = state;
        this.http =
                HttpClient.newBuilder()
                        .sslContext(tls)
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT)
                        .build();
    }

    @Override
    public ApiReply serve(ApiCall call) {
        try {
            HttpResponse<byte[]> response = http.send(request(call), BodyHandlers.ofByteArray());
            SortedMap<String, String> headers = new TreeMap<>();
            for (String each : KEPT_HEADERS) {
                List<String> values = response.headers().allValues(each);
                if (!values.isEmpty()) {
                    headers.put(each, String.join("\n", values));
                }
            }
            return new ApiReply.Whole(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    headers,
                    response.body());
        } catch (IOException unreachable) {
            LOG.warn(
                    "{} {}: the state service does not answer",
                    call.method(),
                    call.path(),
                    unreachable);
            return unavailable();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return unavailable();
        }
    }

    private HttpRequest request(ApiCall call) {
        URI target = StateAccess.target(state, call.path(), Query.parse(call.query()));
        var builder =
                HttpRequest.newBuilder(target)
                        .timeout(LONGEST)
                        .method(
                                call.method(),
                                call.body().length == 0
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(call.body()));
        call.headers()
                .forEach(
                        (name, value) -> {
                            if (!name.equals("content-length") && !name.equals("expect")) {
                                builder.header(name, value);
                            }
                        });
        RemoteHeaders.of(call.caller())
                .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.build();
    }

    private static ApiReply unavailable() {
        return Replies.refusal(
                new Refusal.Unavailable(
                        "the state service does not answer", Duration.ofSeconds(1)));
    }
}
