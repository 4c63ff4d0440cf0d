package dev.gantry.client.shell.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gantry.client.metrics.MetricText;
import dev.gantry.client.shell.access.DelegatedAccess;
import dev.gantry.client.shell.access.DelegatedAccess.Lifetimes;
import dev.gantry.client.shell.access.ReviewedAccess;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.metrics.MetricsPage;
import dev.gantry.client.shell.start.BadSetting;
import dev.gantry.client.shell.start.SettingSource;
import dev.gantry.client.zpage.ZPage;
import dev.gantry.model.exchange.Caller;
import java.io.IOException;
import java.net.BindException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * Answers {@code /metrics}, {@code /statusz}, {@code /flagz}, {@code /livez}, {@code /healthz} and
 * {@code /readyz} of a service that has no other port.
 *
 * <p>With TLS, all but health is for those who show a token by which they may read it. Without, the
 * port is on loopback alone, for everybody there.
 */
public final class ManagementServer implements AutoCloseable {
    private static final int BACKLOG = 16;
    private static final String METRICS = "/metrics";
    private static final String TEXT = "text/plain; charset=utf-8";

    private static final List<String> PATHS =
            List.of("/healthz", "/livez", METRICS, "/readyz", ZPages.FLAGS, ZPages.STATUS);

    private final HttpServer server;
    private final ZPages pages;
    private final MetricsPage metrics;
    private final BooleanSupplier isReady;
    private final Optional<DelegatedAccess> access;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    private ManagementServer(
            HttpServer server,
            ZPages pages,
            MetricsPage metrics,
            BooleanSupplier isReady,
            Optional<DelegatedAccess> access) {
        this.server = server;
        this.pages = pages;
        this.metrics = metrics;
        this.isReady = isReady;
        this.access = access;
    }

    /**
     * Empty where no port is set.
     *
     * @param isReady whether the service knows what it has to know for its work
     * @param api asked who may read; empty where there is none, and so no port with TLS
     */
    public static Optional<ManagementServer> open(
            SettingSource settings,
            Component component,
            MetricsPage metrics,
            BooleanSupplier isReady,
            Optional<ClusterApi> api)
            throws IOException {
        String prefix = component.prefix();
        Optional<ManagementPort> port = ManagementPort.of(settings, prefix);
        if (port.isEmpty()) {
            return Optional.empty();
        }
        if (port.get().tls().isPresent() && api.isEmpty()) {
            throw new BadSetting(
                    prefix
                            + "certificate-file is set, so gantry.api.kubeconfig must be: the API says who may read metrics");
        }
        Optional<DelegatedAccess> access =
                port.get().tls().isPresent()
                        ? api.map(each -> new DelegatedAccess(each, Lifetimes.OF_CONTROL_PLANE))
                        : Optional.empty();
        try {
            var pages = new ZPages(component.name(), () -> PATHS, settings::inForce);
            var opened = new ManagementServer(bound(port.get()), pages, metrics, isReady, access);
            opened.start();
            return Optional.of(opened);
        } catch (BindException taken) {
            throw settings.wrong(prefix + "port", "a port that nobody else listens on");
        }
    }

    private static HttpServer bound(ManagementPort port) throws IOException {
        if (port.tls().isEmpty()) {
            return HttpServer.create(port.address(), BACKLOG);
        }
        HttpsServer secure = HttpsServer.create(port.address(), BACKLOG);
        secure.setHttpsConfigurator(new HttpsConfigurator(port.tls().get()));
        return secure;
    }

    private void start() {
        server.createContext("/", this::serve);
        server.setExecutor(workers);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!exchange.getRequestMethod().equals("GET")) {
            reply(exchange, 405, TEXT, "405 method not allowed\n");
            return;
        }
        switch (path) {
            case "/livez", "/healthz" -> reply(exchange, 200, TEXT, "ok");
            case "/readyz" -> {
                boolean ready = isReady.getAsBoolean();
                reply(exchange, ready ? 200 : 500, TEXT, ready ? "ok" : "not caught up yet\n");
            }
            default -> {
                if (!PATHS.contains(path)) {
                    reply(exchange, 404, TEXT, "404 page not found\n");
                    return;
                }
                int refusal = refusal(exchange, path);
                if (refusal == 0) {
                    tell(exchange, path);
                } else {
                    reply(exchange, refusal, TEXT, "this is not for everybody\n");
                }
            }
        }
    }

    private void tell(HttpExchange exchange, String path) throws IOException {
        Optional<ZPage> page = pages.at(path);
        if (page.isEmpty()) {
            reply(exchange, 200, MetricText.CONTENT_TYPE, metrics.text());
            return;
        }
        String accept =
                String.join(",", exchange.getRequestHeaders().getOrDefault("Accept", List.of()));
        switch (page.get().answer(accept)) {
            case ZPage.Answer.Page(var type, var body) -> reply(exchange, 200, type, body);
            case ZPage.Answer.NotAcceptable(var why) -> reply(exchange, 406, TEXT, why + "\n");
        }
    }

    /** The code by which the request is refused; 0 where it is not. */
    private int refusal(HttpExchange exchange, String path) {
        if (access.isEmpty()) {
            return 0;
        }
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        try {
            Optional<Caller> owner = access.get().owner(shown == null ? "" : shown);
            if (owner.isEmpty()) {
                return 401;
            }
            boolean allowed =
                    access.get().isAllowed(owner.get(), new ReviewedAccess.Path("get", path));
            return allowed ? 0 : 403;
        } catch (ApiRefused | ApiUnreachable unknown) {
            return 503;
        }
    }

    private static void reply(HttpExchange exchange, int code, String type, String text)
            throws IOException {
        reply(exchange, code, type, text.getBytes(UTF_8));
    }

    private static void reply(HttpExchange exchange, int code, String type, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(code, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
