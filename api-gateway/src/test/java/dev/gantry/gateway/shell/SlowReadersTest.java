package dev.gantry.gateway.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.Patience;
import dev.gantry.testkit.SilentConnections;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that ask for much and take nothing, and connections that only want to be there. */
@Timeout(180)
class SlowReadersTest {
    private static final int WATCHERS = 60;
    private static final long MEGABYTE = 1 << 20;

    @TempDir Path folder;

    private final List<Socket> sockets = new ArrayList<>();
    private RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new RunningGateway(folder);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket each : sockets) {
            each.close();
        }
        gateway.close();
    }

    @Test
    void watchersThatReadNothingHoldNextToNothing() throws Exception {
        SSLContext admin = gateway.admin();
        for (int i = 0; i < WATCHERS; i++) {
            ask(admin, "/api/v1/pods?watch=true");
        }
        Patience.await()
                .until(
                        () ->
                                gateway.backend.calls.stream()
                                                .filter(call -> call.query().equals("watch=true"))
                                                .count()
                                        == WATCHERS);
        long before = directBytes();
        byte[] frame = new byte[50_000];
        for (int i = 0; i < WATCHERS * 300; i++) {
            gateway.backend.frames.add(frame);
        }
        // Once the systems' own buffers are full, nothing moves any more.
        int[] left = {-1};
        Patience.await()
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> left[0] == (left[0] = gateway.backend.frames.size()));
        assertThat(left[0]).isPositive();
        assertThat(directBytes() - before).isLessThan(64 * MEGABYTE);
        assertThat(gateway.get(admin, "/version").statusCode()).isEqualTo(200);
    }

    @Test
    void repliesThatNobodyReadsAreHeldBackToo() throws Exception {
        byte[] large = new byte[8 << 20];
        Arrays.fill(large, (byte) 'x');
        gateway.backend.put(
                "/api/v1/namespaces/default/configmaps/large",
                "{\"data\":\"" + new String(large, UTF_8) + "\"}");
        SSLContext admin = gateway.admin();
        long before = directBytes();
        for (int i = 0; i < 12; i++) {
            ask(admin, "/api/v1/namespaces/default/configmaps/large");
        }
        Patience.await()
                .until(
                        () ->
                                gateway.backend.calls.stream()
                                                .filter(call -> call.path().endsWith("/large"))
                                                .count()
                                        == 12);
        assertThat(gateway.get(admin, "/version").statusCode()).isEqualTo(200);
        assertThat(directBytes() - before).isLessThan(64 * MEGABYTE);
        // Who does read gets all of it, if only when the others were cut off.
        assertThat(
                        gateway.get(admin, "/api/v1/namespaces/default/configmaps/large")
                                .body()
                                .length())
                .isGreaterThan(8 << 20);
    }

    @Test
    void whoHoldsMuchAndTakesNothingIsCutOff() throws Exception {
        SSLContext admin = gateway.admin();
        for (int i = 0; i < WATCHERS; i++) {
            ask(admin, "/api/v1/pods?watch=true");
        }
        byte[] frame = new byte[2 << 20];
        for (int i = 0; i < WATCHERS * 20; i++) {
            gateway.backend.frames.add(frame);
        }
        assertThat(gateway.backend.watchClosed.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void nobodyHasMoreThanAThousandWatches() throws Exception {
        gateway.bind("User", "jane", "cluster-admin");
        gateway.restart();
        SSLContext jane = gateway.pki.clientOf("CN=jane");
        Patience.await()
                .untilAsserted(
                        () -> assertThat(gateway.get(jane, "/api").statusCode()).isNotEqualTo(403));
        var request = HttpRequest.newBuilder(gateway.uri("/api/v1/pods?watch=true")).build();
        int refused = 0;
        List<InputStream> open = new ArrayList<>();
        for (int each = 0; each < 2; each++) {
            var client = RunningGateway.client(jane);
            for (int i = 0; i < 505; i++) {
                var reply = client.send(request, BodyHandlers.ofInputStream());
                refused += reply.statusCode() == 429 ? 1 : 0;
                open.add(reply.body());
            }
        }
        assertThat(refused).isEqualTo(10);
        assertThat(gateway.get(gateway.admin(), "/version").statusCode()).isEqualTo(200);
        for (InputStream each : open) {
            each.close();
        }
        Patience.await()
                .untilAsserted(
                        () -> {
                            var again =
                                    RunningGateway.client(jane)
                                            .send(request, BodyHandlers.ofInputStream());
                            again.body().close();
                            assertThat(again.statusCode()).isEqualTo(200);
                        });
    }

    @Test
    void anAddressHasSoManyConnectionsThatProveNothing() throws Exception {
        var admin = RunningGateway.client(gateway.admin());
        var version = HttpRequest.newBuilder(gateway.uri("/version")).build();
        assertThat(admin.send(version, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        Patience.await()
                .until(
                        () -> {
                            try (var silent =
                                    new SilentConnections("127.0.0.1", gateway.port(), 505)) {
                                boolean areFew = silent.areEndedFromTheYoungest(5, 400);
                                assertThat(
                                                admin.send(version, BodyHandlers.ofString())
                                                        .statusCode())
                                        .isEqualTo(200);
                                return areFew;
                            }
                        });
    }

    /** A connection with a small buffer that asks and never reads. */
    private void ask(SSLContext tls, String path) throws IOException {
        Socket plain = new Socket();
        plain.setReceiveBufferSize(8 << 10);
        plain.connect(new InetSocketAddress("127.0.0.1", gateway.port()));
        Socket socket =
                tls.getSocketFactory().createSocket(plain, "127.0.0.1", gateway.port(), true);
        sockets.add(socket);
        String request = "GET " + path + " HTTP/1.1\r\nHost: gateway\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(UTF_8));
    }

    private static long directBytes() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }
}
