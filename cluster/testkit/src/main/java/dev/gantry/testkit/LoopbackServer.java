package dev.gantry.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A server on loopback that a test answers for, each request on a thread of its own. What goes
 * wrong in an answer is told by {@link #close}: the JDK's server would keep it to itself.
 */
public final class LoopbackServer implements AutoCloseable {
    private final HttpServer server;
    private final HttpHandler handler;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private LoopbackServer(HttpServer server, HttpHandler handler) {
        this.server = server;
        this.handler = handler;
    }

    public static LoopbackServer start(HttpHandler handler) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var made = new LoopbackServer(HttpServer.create(address, 0), handler);
        made.server.setExecutor(made.threads);
        made.server.createContext("/", made::answer);
        made.server.start();
        return made;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** As JSON; no body where the text is empty. */
    public static void reply(HttpExchange exchange, int code, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        Throwable wrong = failure.get();
        if (wrong != null) {
            throw new AssertionError("a request could not be answered", wrong);
        }
    }

    /** That a client left before its answer is no failure. */
    private void answer(HttpExchange exchange) throws IOException {
        try {
            handler.handle(exchange);
        } catch (RuntimeException | Error wrong) {
            failure.compareAndSet(null, wrong);
            throw wrong;
        }
    }
}
