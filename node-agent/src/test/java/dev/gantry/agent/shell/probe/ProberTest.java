package dev.gantry.agent.shell.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gantry.agent.probe.ProbeOutcome;
import dev.gantry.agent.shell.cri.CriChannel;
import dev.gantry.agent.shell.cri.CriRuntime;
import dev.gantry.agent.shell.probe.v1.HealthChecking.HealthCheckRequest;
import dev.gantry.agent.shell.probe.v1.HealthChecking.HealthCheckResponse;
import dev.gantry.agent.shell.probe.v1.HealthChecking.HealthCheckResponse.ServingStatus;
import dev.gantry.agent.shell.probe.v1.HealthGrpc;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.testkit.Patience;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ProberTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    private final CriChannel nobody = new CriChannel(Path.of("/nonexistent.sock"));
    private final Prober prober = new Prober(new CriRuntime(nobody));
    private HttpServer http;
    private Server grpc;

    @BeforeEach
    void listen() throws IOException {
        http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        http.createContext(
                "/",
                exchange -> {
                    boolean isAsked =
                            "kube-probe/1.36"
                                            .equals(
                                                    exchange.getRequestHeaders()
                                                            .getFirst("User-Agent"))
                                    && "yes"
                                            .equals(
                                                    exchange.getRequestHeaders()
                                                            .getFirst("X-Test"));
                    boolean isGood = exchange.getRequestURI().getPath().equals("/good") && isAsked;
                    exchange.sendResponseHeaders(isGood ? 204 : 503, -1);
                    exchange.close();
                });
        http.createContext("/slow", exchange -> {});
        http.createContext("/moved", exchange -> redirect(exchange, "/good"));
        http.createContext("/circle", exchange -> redirect(exchange, "/circle"));
        http.createContext("/away", exchange -> redirect(exchange, "http://localhost:1/good"));
        http.start();
        grpc =
                NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                        .addService(new Health())
                        .build()
                        .start();
    }

    @AfterEach
    void close() {
        http.stop(0);
        grpc.shutdownNow();
        nobody.close();
    }

    @Test
    void takesAnAnswerBelow400ForGood() {
        assertThat(http("/good", "\"web\"").isGood()).isTrue();
        assertThat(http("bad", Integer.toString(http.getAddress().getPort())))
                .isEqualTo(new ProbeOutcome(false, "HTTP probe failed with statuscode: 503"));
    }

    @Test
    void followsRedirectsOnTheSameHostOnly() {
        assertThat(http("/moved", "\"web\"")).isEqualTo(new ProbeOutcome(true, ""));
        assertThat(http("/away", "\"web\""))
                .isEqualTo(ProbeOutcome.doubtful("Probe terminated redirects, Response body: "));
        assertThat(http("/circle", "\"web\"").words()).endsWith("stopped after 10 redirects");
    }

    @Test
    void aHookIsContentWithAnyAnswer() {
        assertThat(run("{\"httpGet\": {\"path\": \"/bad\", \"port\": \"web\"}}").isGood()).isTrue();
        assertThat(run("{\"httpGet\": {\"path\": \"/bad\", \"port\": 1}}").isGood()).isFalse();
        assertThat(run("{\"tcpSocket\": {\"port\": \"web\"}}").words())
                .isEqualTo("invalid handler");
    }

    @Test
    void aHookThatFindsNoTlsGoesWithout() throws IOException {
        try (var plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerInPlainText(plain));
            String hook =
                    "{\"httpGet\": {\"path\": \"/\", \"port\": %d, \"scheme\": \"HTTPS\"}}"
                            .formatted(plain.getLocalPort());
            assertThat(run(hook)).isEqualTo(new ProbeOutcome(true, "Found It"));
        }
    }

    /** As Go's server does: whoever begins with a handshake is told in plain text. */
    private static void answerInPlainText(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                boolean isHandshake = client.getInputStream().read() == 0x16;
                String answer = isHandshake ? "400 Bad Request" : "200 Found It";
                client.getOutputStream()
                        .write(
                                ("HTTP/1.1 " + answer + "\r\nContent-Length: 0\r\n\r\n")
                                        .getBytes(US_ASCII));
                client.getOutputStream().flush();
                client.shutdownOutput();
                client.getInputStream().readNBytes(1);
            } catch (IOException closed) {
                continue;
            }
        }
    }

    private ProbeOutcome run(String hook) {
        return prober.run(JsonMapper.shared().readTree(hook), target(), Patience.LIMIT);
    }

    private static void redirect(HttpExchange exchange, String where) throws IOException {
        exchange.getResponseHeaders().set("Location", where);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    @Test
    void waitsNoLongerThanItsLimit() {
        ProbeOutcome outcome =
                ask("{\"httpGet\": {\"path\": \"/slow\", \"port\": \"web\"}}", SHORT);
        assertThat(outcome.isGood()).isFalse();
        assertThat(outcome.words())
                .startsWith("Get \"http://127.0.0.1:")
                .endsWith(
                        "context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
    }

    @Test
    void connectsToASocket() {
        assertThat(ask("{\"tcpSocket\": {\"port\": \"web\"}}").isGood()).isTrue();
        assertThat(ask("{\"tcpSocket\": {\"port\": 1}}").words())
                .isEqualTo("dial tcp 127.0.0.1:1: connect: connection refused");
    }

    @Test
    void asksForTheHealthOfAGrpcService() {
        assertThat(grpc("").isGood()).isTrue();
        assertThat(grpc("sick").words())
                .isEqualTo("service unhealthy (responded with \"NOT_SERVING\")");
    }

    @Test
    void saysWhyAGrpcServiceGaveNoAnswer() {
        assertThat(ask("{\"grpc\": {\"port\": 1}}").words())
                .isEqualTo(
                        "timeout: failed to connect service \"127.0.0.1:1\" within %ds: context deadline exceeded"
                                .formatted(Patience.LIMIT.toSeconds()));
        assertThat(grpc("unknown").words()).startsWith("error: health rpc probe failed: ");
        assertThat(
                        ask(
                                        "{\"grpc\": {\"port\": %d, \"service\": \"slow\"}}"
                                                .formatted(grpc.getPort()),
                                        SHORT)
                                .words())
                .isEqualTo(
                        "timeout: health rpc did not complete within %ds"
                                .formatted(SHORT.toSeconds()));
    }

    @Test
    void allGrpcProbesHaveOneThreadTogether() {
        for (int each = 0; each < 20; each++) {
            assertThat(grpc("").isGood()).isTrue();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(each -> each.getName().equals("grpc-probes"))
                .hasSize(1);
    }

    @Test
    void saysWhatTheRuntimeSaidWhereACommandCannotRun() {
        ProbeOutcome outcome = ask("{\"exec\": {\"command\": [\"true\"]}}", SHORT);
        assertThat(outcome.isGood()).isFalse();
        assertThat(outcome.words()).isNotEmpty();
    }

    private ProbeOutcome http(String path, String port) {
        return ask(
                "{\"httpGet\": {\"path\": \"%s\", \"port\": %s, \"httpHeaders\": [{\"name\": \"X-Test\", \"value\": \"yes\"}]}}"
                        .formatted(path, port));
    }

    private ProbeOutcome grpc(String service) {
        return ask(
                "{\"grpc\": {\"port\": %d, \"service\": \"%s\"}}"
                        .formatted(grpc.getPort(), service));
    }

    private ProbeOutcome ask(String action) {
        return ask(action, Patience.LIMIT);
    }

    private ProbeOutcome ask(String action, Duration limit) {
        return prober.ask(JsonMapper.shared().readTree(action), target(), limit);
    }

    private Prober.Target target() {
        String container =
                "{\"name\": \"main\", \"ports\": [{\"name\": \"web\", \"containerPort\": %d}]}"
                        .formatted(http.getAddress().getPort());
        var spec =
                new ContainerSpec(JsonMapper.shared().readTree(container), ContainerSpec.Role.MAIN);
        return new Prober.Target(spec, "id", "127.0.0.1");
    }

    private static final class Health extends HealthGrpc.HealthImplBase {
        @Override
        public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> answer) {
            if (request.getService().equals("slow")) {
                return;
            }
            if (request.getService().equals("unknown")) {
                answer.onError(Status.NOT_FOUND.asRuntimeException());
                return;
            }
            boolean isSick = request.getService().equals("sick");
            answer.onNext(
                    HealthCheckResponse.newBuilder()
                            .setStatus(isSick ? ServingStatus.NOT_SERVING : ServingStatus.SERVING)
                            .build());
            answer.onCompleted();
        }
    }
}
