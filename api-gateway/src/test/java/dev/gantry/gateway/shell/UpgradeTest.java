package dev.gantry.gateway.shell;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that speak another protocol than HTTP after the first answer. */
@Timeout(180)
class UpgradeTest {
    private static final String CHAIR = "/apis/example.com/v1/namespaces/shop/chairs/one";
    private static final String SPDY = "Connection: Upgrade\r\nUpgrade: SPDY/3.1\r\n";

    @TempDir static Path folder;

    private static RunningGateway gateway;
    private static UpgradingServer server;

    @BeforeAll
    static void start() throws Exception {
        gateway = new RunningGateway(folder);
        server = new UpgradingServer(gateway.pki.clientOf("CN=extension"));
        byte[] authority = Files.readAllBytes(folder.resolve("ca.crt"));
        gateway.backend
                .put(
                        "/api/v1/namespaces/apps/services/extension",
                        """
                        {"metadata":{"name":"extension","namespace":"apps"},
                         "spec":{"ports":[{"name":"https","port":443}]}}
                        """)
                .put(
                        "/apis/discovery.k8s.io/v1/namespaces/apps/endpointslices/extension-1",
                        """
                        {"metadata":{"name":"extension-1","namespace":"apps"},
                         "ports":[{"name":"https","port":%d}],
                         "endpoints":[{"addresses":["127.0.0.1"]}]}
                        """
                                .formatted(server.port()))
                .put(
                        "/apis/apiregistration.k8s.io/v1/apiservices/v1.example.com",
                        """
                        {"apiVersion":"apiregistration.k8s.io/v1","kind":"APIService",
                         "metadata":{"name":"v1.example.com","resourceVersion":"7"},
                         "spec":{"group":"example.com","version":"v1","caBundle":"%s",
                                 "service":{"namespace":"apps","name":"extension","port":443}},
                         "status":{"conditions":[{"type":"Available","status":"True"}]}}
                        """
                                .formatted(Base64.getEncoder().encodeToString(authority)));
        gateway.restart();
    }

    @BeforeEach
    void forget() {
        server.heads.clear();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        gateway.close();
    }

    /** As client-go asks for exec where no WebSocket was to be had. */
    @Test
    void extensionServersAreSpokenToInSpdy() throws Exception {
        try (Socket socket = ask("POST", CHAIR + "/exec?command=a%20b", SPDY)) {
            InputStream in = socket.getInputStream();
            String head = UpgradingServer.head(in);
            assertThat(head)
                    .startsWith("HTTP/1.1 101 ")
                    .contains("Upgrade: SPDY/3.1", "X-Stream-Protocol-Version: v4");
            String greeting = UpgradingServer.GREETING;
            assertThat(in.readNBytes(greeting.length())).asString().isEqualTo(greeting);
            byte[] frame = {(byte) 0x80, 3, 0, 1, 0, 13, 10, (byte) 255, UpgradingServer.GOODBYE};
            socket.getOutputStream().write(frame);
            assertThat(in.readAllBytes()).as("until it hangs up").isEqualTo(frame);
        }
        assertThat(server.heads)
                .singleElement()
                .asString()
                .startsWith("POST " + CHAIR + "/exec?command=a%20b HTTP/1.1\r\n")
                .containsIgnoringCase("\r\nUpgrade: SPDY/3.1\r\n")
                .containsIgnoringCase("\r\nConnection: Upgrade\r\n")
                .contains("X-Remote-User: admin\r\n", "X-Forwarded-For: 127.0.0.1\r\n")
                .doesNotContain("Bearer", "root");
    }

    /** More than all buffers on the way hold: only reading goes on, none of it may be lost. */
    @Test
    void everythingArrivesInBothDirectionsHoweverSlowlyItIsTaken() throws Exception {
        byte[] sent = new byte[8 << 20];
        new Random(1).nextBytes(sent);
        for (int i = 0; i < sent.length; i++) {
            sent[i] = sent[i] == UpgradingServer.GOODBYE ? 0 : sent[i];
        }
        sent[sent.length - 1] = UpgradingServer.GOODBYE;
        try (Socket socket = ask("GET", CHAIR + "/attach", SPDY)) {
            InputStream in = socket.getInputStream();
            UpgradingServer.head(in);
            in.skipNBytes(UpgradingServer.GREETING.length());
            CompletableFuture<Void> sending =
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    socket.getOutputStream().write(sent);
                                } catch (java.io.IOException fault) {
                                    throw new java.io.UncheckedIOException(fault);
                                }
                            });
            byte[] heard = in.readNBytes(sent.length);
            sending.get(60, TimeUnit.SECONDS);
            assertThat(heard).isEqualTo(sent);
        }
    }

    @Test
    void aRefusalIsTheClientsToSee() throws Exception {
        assertThat(whole(CHAIR + "/exec/403"))
                .startsWith("HTTP/1.1 403 ")
                .containsIgnoringCase("x-reason: none")
                .endsWith("\r\n\r\nno\n");
        assertThat(whole(CHAIR + "/exec/200"))
                .startsWith("HTTP/1.1 503 ")
                .endsWith("\r\n\r\ninvalid upgrade response: status code 200\n");
    }

    /** Whoever spoke HTTP to the server past the gateway would be believed to be anybody. */
    @ParameterizedTest
    @ValueSource(strings = {"h2c", "HTTP/2.0", "SPDY/3.1, h2c", "TLS/1.2, HTTP/1.1"})
    void noUpgradeIsToHttp(String protocol) throws Exception {
        String upgrade = "Connection: Upgrade\r\nUpgrade: %s\r\n".formatted(protocol);
        try (Socket socket = ask("GET", CHAIR + "/200", upgrade)) {
            assertThat(UpgradingServer.head(socket.getInputStream())).startsWith("HTTP/1.1 200 ");
        }
        assertThat(server.heads).singleElement().asString().doesNotContainIgnoringCase("upgrade");
    }

    private static String whole(String path) throws Exception {
        try (Socket socket = ask("GET", path, SPDY + "Connection: close\r\n")) {
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static Socket ask(String method, String path, String headers) throws Exception {
        Socket socket =
                gateway.admin().getSocketFactory().createSocket("127.0.0.1", gateway.port());
        String head =
                "%s %s HTTP/1.1\r\nHost: gateway\r\n%sX-Remote-User: root\r\n"
                        + "Authorization: Bearer x\r\nContent-Length: 0\r\n\r\n";
        socket.getOutputStream().write(head.formatted(method, path, headers).getBytes(ISO_8859_1));
        return socket;
    }
}
