package dev.gantry.agent.shell.loadbalancer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gantry.agent.network.HealthCheck;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The health-check ports of Services: what each says, and which are open. Anybody may ask, without
 * TLS, as load balancers do; nothing but the path's server is told, whatever is asked for.
 */
public final class HealthPorts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthPorts.class);
    private static final int BACKLOG = 50;

    static {
        // Limits for clients that send nothing or read nothing. The JDK's server reads these
        // properties once.
        System.setProperty("sun.net.httpserver.maxReqTime", "5");
        System.setProperty("sun.net.httpserver.maxRspTime", "5");
        System.setProperty("jdk.httpserver.maxConnections", "100");
    }

    private final Map<Integer, HealthCheck> checks = new ConcurrentHashMap<>();
    private final SortedMap<Integer, HttpServer> open = new TreeMap<>();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    /** From now on these are open, and say this. Called by one thread. */
    public void want(SortedMap<Integer, HealthCheck> wanted) {
        checks.putAll(wanted);
        checks.keySet().retainAll(wanted.keySet());
        open.entrySet()
                .removeIf(
                        each -> {
                            boolean isLeft = !wanted.containsKey(each.getKey());
                            if (isLeft) {
                                each.getValue().stop(0);
                            }
                            return isLeft;
                        });
        for (Map.Entry<Integer, HealthCheck> each : wanted.entrySet()) {
            if (!open.containsKey(each.getKey())) {
                open(each.getKey(), each.getValue());
            }
        }
    }

    @Override
    public void close() {
        open.values().forEach(each -> each.stop(0));
        workers.shutdownNow();
    }

    private void open(int port, HealthCheck check) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(port), BACKLOG);
            server.createContext("/", exchange -> answer(exchange, checks.get(port)));
            server.setExecutor(workers);
            server.start();
            open.put(port, server);
        } catch (IOException occupied) {
            LOG.warn(
                    "the health check of Service {}/{} cannot listen on port {}",
                    check.namespace(),
                    check.name(),
                    port,
                    occupied);
        }
    }

    private static void answer(HttpExchange exchange, @Nullable HealthCheck check)
            throws IOException {
        try (exchange) {
            if (check == null) {
                return;
            }
            byte[] body = check.body().getBytes(UTF_8);
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", "application/json");
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("X-Load-Balancing-Endpoint-Weight", Long.toString(check.localEndpoints()));
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(check.status(), isHead ? -1 : body.length);
            if (!isHead) {
                exchange.getResponseBody().write(body);
            }
        }
    }
}
