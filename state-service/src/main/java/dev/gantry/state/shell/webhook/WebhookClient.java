package dev.gantry.state.shell.webhook;

import dev.gantry.state.shell.webhook.TrustedClients.Trust;
import dev.gantry.state.validation.GoText;
import dev.gantry.state.view.View;
import dev.gantry.state.webhook.ServiceEndpoints;
import dev.gantry.state.webhook.ServiceEndpoints.Found;
import dev.gantry.state.webhook.WebhookAnswer;
import dev.gantry.state.webhook.WebhookCall;
import dev.gantry.state.webhook.WebhookCall.ServicePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Posts a review to a webhook, and reads the answer. */
public final class WebhookClient {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final ServiceEndpoints services;
    private final TrustedClients clients = new TrustedClients(Duration.ZERO, null);

    public WebhookClient(View view) {
        this.services = new ServiceEndpoints(view);
    }

    /**
     * Where a request goes.
     *
     * @param shown as the client is told
     * @param host of the header
     * @param actual with the port to connect to
     * @param names how the host is found
     */
    private record Route(String shown, String host, HttpUrl actual, Dns names) {
        WebhookAnswer failed(String why) {
            return new WebhookAnswer.Failed("Post " + GoText.quote(shown) + ": " + why);
        }
    }

    WebhookAnswer ask(WebhookCall call, Duration limit) throws InterruptedException {
        Optional<ServicePort> service = call.destination().service();
        String url = service.map(WebhookClient::urlOf).orElse(call.destination().url());
        String shown = url + "?timeout=" + limit.plusMillis(999).toSeconds() + "s";
        HttpUrl parsed = HttpUrl.parse(shown);
        if (parsed == null) {
            return new WebhookAnswer.Failed("invalid URL " + GoText.quote(url));
        }
        Route route = new Route(shown, hostOf(parsed), parsed, Dns.SYSTEM);
        return service.isEmpty()
                ? post(call, route, limit)
                : toService(call, route, service.get(), limit);
    }

    private WebhookAnswer toService(
            WebhookCall call, Route route, ServicePort service, Duration limit)
            throws InterruptedException {
        return switch (services.find(service)) {
            case Found.Nowhere(var why) -> route.failed(why);
            case Found.At(var addresses, int port) ->
                    post(
                            call,
                            new Route(
                                    route.shown(),
                                    route.host(),
                                    route.actual().newBuilder().port(port).build(),
                                    new Endpoints(addresses)),
                            limit);
        };
    }

    private static String urlOf(ServicePort service) {
        String path = service.path().startsWith("/") ? service.path() : "/" + service.path();
        return "https://%s.%s.svc:%d%s"
                .formatted(service.name(), service.namespace(), service.port(), path);
    }

    private WebhookAnswer post(WebhookCall call, Route route, Duration limit)
            throws InterruptedException {
        OkHttpClient client;
        try {
            client = clients.trusting(new Trust(call.destination().authority(), true));
        } catch (GeneralSecurityException | IOException unusable) {
            return new WebhookAnswer.Failed("unable to load root certificates: " + unusable);
        }
        byte[] body = JsonMapper.shared().writeValueAsBytes(call.review());
        Request request =
                new Request.Builder()
                        .url(route.actual())
                        .header("Host", route.host())
                        .header("Accept", "application/json, */*")
                        .header("User-Agent", "kube-apiserver-admission")
                        .post(RequestBody.create(body, JSON))
                        .build();
        OkHttpClient limited = client.newBuilder().dns(route.names()).callTimeout(limit).build();
        try (Response response = limited.newCall(request).execute()) {
            return read(call.review(), response);
        } catch (IOException failed) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return route.failed(GoWords.of(failed, route.actual()));
        }
    }

    private static String hostOf(HttpUrl url) {
        return url.port() == HttpUrl.defaultPort("https")
                ? url.host()
                : url.host() + ":" + url.port();
    }

    private static WebhookAnswer read(JsonNode question, Response response) throws IOException {
        if (response.body().source().request(MOST_BYTES)) {
            return new WebhookAnswer.Failed("the response is too large");
        }
        byte[] body = response.body().bytes();
        if (!response.isSuccessful()) {
            MediaType type = response.body().contentType();
            boolean isText = type != null && type.type().equals("text");
            return new WebhookAnswer.Failed(GoWords.ofStatus(response.code(), body, isText));
        }
        try {
            JsonNode review = JsonMapper.shared().readTree(body);
            return GoWords.ofForeignKind(question, review)
                    .<WebhookAnswer>map(WebhookAnswer.Failed::new)
                    .orElseGet(() -> new WebhookAnswer.Replied(review));
        } catch (JacksonException malformed) {
            return new WebhookAnswer.Failed(
                    "couldn't get version/kind; json parse error: "
                            + malformed.getOriginalMessage());
        }
    }

    /** The endpoints of a Service, whatever name is looked up. Equal ones share connections. */
    private record Endpoints(List<String> addresses) implements Dns {
        @Override
        public List<InetAddress> lookup(String name) throws UnknownHostException {
            List<InetAddress> found = new ArrayList<>();
            for (String each : addresses) {
                found.add(InetAddress.ofLiteral(each));
            }
            return found;
        }
    }
}
