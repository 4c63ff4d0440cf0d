package dev.gantry.gateway.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.refusal.Refusal;
import dev.gantry.testkit.Patience;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes through the gateway to agents and pods, against small servers in their place. */
@Timeout(180)
class AgentProxyTest {
    private static final String POD = "/api/v1/namespaces/apps/pods/p";

    @TempDir Path folder;

    private RunningGateway gateway;
    private FakeAgent agent;

    @BeforeEach
    void start() throws Exception {
        gateway = new RunningGateway(folder);
        agent = gateway.agentOfNode();
        gateway.backend.put(POD, pod("n1", "a"));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void readsTheLogOfTheOnlyContainer() throws Exception {
        var reply = gateway.get(gateway.admin(), POD + "/log?tailLines=5&timestamps=true");
        assertThat(reply.body()).isEqualTo("line 0\nline 1\nline 2\n");
        assertThat(reply.headers().firstValue("content-type")).contains("text/plain");
        assertThat(agent.asked)
                .containsExactly("/containerLogs/apps/p/a?tailLines=5&timestamps=true");
    }

    @Test
    void followsALogLineByLine() throws Exception {
        var request = HttpRequest.newBuilder(gateway.uri(POD + "/log?follow=true")).build();
        var reply =
                RunningGateway.client(gateway.admin()).send(request, BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(reply.body()))) {
            assertThat(lines.readLine()).isEqualTo("line 0");
            assertThat(lines.readLine()).isEqualTo("line 1");
        }
    }

    @Test
    void explainsWhyThereIsNoLog() throws Exception {
        gateway.backend.put(POD, pod("n1", "a", "b"));
        assertThat(gateway.get(gateway.admin(), POD + "/log").body())
                .contains("a container name must be specified for pod p, choose one of: [a b]")
                .contains("\"code\":400");
        assertThat(gateway.get(gateway.admin(), POD + "/log?container=c").body())
                .contains("container c is not valid for pod p");
        assertThat(gateway.get(gateway.admin(), POD + "/log?container=a&tailLines=-1").body())
                .contains("must be greater than or equal to 0")
                .contains("\"code\":422");
        gateway.backend.put(POD, pod("n1", "waiting"));
        assertThat(gateway.get(gateway.admin(), POD + "/log").body())
                .contains(
                        "container \\\"waiting\\\" in pod \\\"p\\\" is waiting to start: ContainerCreating");
        gateway.backend.put(POD, pod("", "a"));
        assertThat(gateway.get(gateway.admin(), POD + "/log").statusCode()).isEqualTo(200);
        assertThat(gateway.get(gateway.admin(), "/api/v1/namespaces/apps/pods/gone/log").body())
                .contains("pods \\\"gone\\\" not found");
    }

    @Test
    void carriesExecOverWebSocketBothWays() throws Exception {
        var heard = new LinkedBlockingQueue<ByteBuffer>();
        WebSocket socket = open(POD + "/exec?command=sh&stdin=true&stdout=true", heard);
        assertThat(socket.getSubprotocol()).isEqualTo("v5.channel.k8s.io");
        for (byte i = 0; i < 5; i++) {
            socket.sendBinary(ByteBuffer.wrap(new byte[] {0, i}), true).join();
            assertThat(heard.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo(ByteBuffer.wrap(new byte[] {0, i}));
        }
        socket.abort();
    }

    @Test
    void aConnectionIsAdmittedBeforeItIsMade() throws Exception {
        gateway.backend.connectAdmission =
                FakeBackend.refusal(
                        new Refusal.BadRequest("admission webhook \"v\" denied the request: no"));

        assertThat(gateway.get(gateway.admin(), POD + "/exec?command=sh").body())
                .contains("admission webhook \\\"v\\\" denied the request: no")
                .contains("\"code\":400");
        assertThat(gateway.get(gateway.admin(), POD + "/proxy/secrets?x=y").body())
                .contains("denied the request: no");
        assertThat(gateway.get(gateway.admin(), POD + "/log").statusCode())
                .as("reading is no connection")
                .isEqualTo(200);

        assertThat(gateway.backend.calls)
                .filteredOn(each -> !each.path().endsWith("/p"))
                .extracting(each -> each.caller().user() + " " + each.path() + "?" + each.query())
                .contains(
                        "admin " + POD + "/exec?command=sh", "admin " + POD + "/proxy/secrets?x=y");
    }

    @Test
    void deliversEverythingThatCameBeforeTheAgentHungUp() throws Exception {
        gateway.backend.put(POD, pod("n1", "talker"));
        for (int round = 0; round < 5; round++) {
            var heard = new LinkedBlockingQueue<ByteBuffer>();
            open(POD + "/attach?stdout=true", heard);
            for (int i = 0; i < 500; i++) {
                assertThat(heard.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                        .as("round %d frame %d", round, i)
                        .isNotNull();
            }
        }
    }

    @Test
    void tellsTheClientWhenTheAgentRefusesAConnection() throws Exception {
        var heard = new LinkedBlockingQueue<ByteBuffer>();
        gateway.backend.put(POD, pod("n1", "refused"));
        assertThatThrownBy(() -> open(POD + "/attach?stdin=true", heard))
                .cause()
                .isInstanceOf(WebSocketHandshakeException.class)
                .hasRootCauseMessage("Unexpected HTTP response status code 500");
    }

    @Test
    void passesOnWhoSpeaksSpdyAndSaysWhereTheAgentIsAway() throws Exception {
        int port = agent.port();
        String why =
                "error dialing backend: dial tcp 127.0.0.1:%d: connect: connection refused"
                        .formatted(port);
        assertThat(spdy(POD + "/portforward?ports=80"))
                .contains("500 Internal")
                .contains("unable to upgrade connection: 403 Forbidden");
        assertThat(agent.asked).contains("/portForward/apps/p?ports=80");
        assertThat(agent.headers).contains("x-stream-protocol-version");

        agent.close();
        assertThat(spdy(POD + "/portforward?ports=80")).contains("500 Internal").contains(why);
        assertThat(gateway.get(gateway.admin(), POD + "/log").body())
                .contains("containerLogs/apps/p/a")
                .contains("connect: connection refused");
    }

    @Test
    void demandsAnUpgradeForExec() throws Exception {
        assertThat(gateway.get(gateway.admin(), POD + "/exec?command=sh").body())
                .contains("Upgrade request required");
        assertThat(upgraded(POD + "/exec?command=sh", "smoke"))
                .contains("400 Bad Request")
                .contains("smoke is not spoken here");
    }

    @Test
    void proxiesToAgentsWithoutTheCallersCredentials() throws Exception {
        var reply = gateway.get(gateway.admin(), "/api/v1/nodes/n1/proxy/stats/summary?x=1");
        assertThat(reply.body()).isEqualTo("{\"node\":{}}");
        assertThat(agent.asked).containsExactly("/stats/summary?x=1");
        assertThat(agent.headers).doesNotContain("authorization", "x-remote-user");
    }

    /** Node n1 says that it is where another node's agent is. */
    @Test
    void showsItselfOnlyToTheAgentOfTheNodeThatIsMeant() throws Exception {
        gateway.backend.put("/api/v1/nodes/n2", agent.node().replace("n1", "n2"));
        gateway.backend.put(POD, pod("n2", "a"));

        assertThat(
                        gateway.get(gateway.admin(), "/api/v1/nodes/n2/proxy/stats/summary")
                                .statusCode())
                .isEqualTo(503);
        assertThat(gateway.get(gateway.admin(), POD + "/log").body())
                .contains("certificate is valid for")
                .contains("not node n2");
        var heard = new LinkedBlockingQueue<ByteBuffer>();
        assertThatThrownBy(() -> open(POD + "/exec?command=sh&stdin=true", heard))
                .cause()
                .isInstanceOf(WebSocketHandshakeException.class);
        assertThat(agent.asked).isEmpty();
        assertThat(gateway.get(gateway.admin(), "/api/v1/nodes/n1/proxy/stats/summary").body())
                .isEqualTo("{\"node\":{}}");
    }

    /** A part of the cluster whose certificate is as good, but which is no agent. */
    @Test
    void showsItselfToNoOtherPartOfTheCluster() throws Exception {
        try (var state = new FakeAgent(gateway.pki, "CN=system:gantry:state")) {
            gateway.backend.put("/api/v1/nodes/n1", state.node());
            assertThat(gateway.get(gateway.admin(), POD + "/log").body()).contains("not node n1");
            assertThat(state.asked).isEmpty();
        }
    }

    @Test
    void otherPortsOfANodeAreShownNothing() throws Exception {
        String elsewhere = "/api/v1/nodes/https:n1:1/proxy/metrics";
        assertThat(gateway.get(gateway.admin(), elsewhere).body()).contains("address not allowed");
    }

    /** As kubectl asks when its WebSocket was refused. */
    private String spdy(String path) throws Exception {
        return upgraded(path, "SPDY/3.1");
    }

    private String upgraded(String path, String protocol) throws Exception {
        try (var socket =
                gateway.admin().getSocketFactory().createSocket("127.0.0.1", gateway.port())) {
            String head =
                    "POST %s HTTP/1.1\r\nHost: gateway\r\nConnection: Upgrade\r\n"
                            + "Upgrade: %s\r\nX-Stream-Protocol-Version: v4.channel.k8s.io\r\n"
                            + "Content-Length: 0\r\n\r\n";
            socket.getOutputStream().write(head.formatted(path, protocol).getBytes(UTF_8));
            var answer = new StringBuilder();
            byte[] some = new byte[4096];
            while (!answer.toString().contains("\"code\"")) {
                int read = socket.getInputStream().read(some);
                if (read < 0) {
                    break;
                }
                answer.append(new String(some, 0, read, UTF_8));
            }
            return answer.toString();
        }
    }

    private WebSocket open(String path, LinkedBlockingQueue<ByteBuffer> heard) throws Exception {
        URI uri = gateway.webSocketUri(path);
        return RunningGateway.client(gateway.admin())
                .newWebSocketBuilder()
                .subprotocols("v5.channel.k8s.io", "v4.channel.k8s.io")
                .buildAsync(
                        uri,
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onBinary(
                                    WebSocket from, ByteBuffer bytes, boolean isLast) {
                                ByteBuffer copy = ByteBuffer.allocate(bytes.remaining());
                                heard.add(copy.put(bytes).flip());
                                from.request(1);
                                return CompletableFuture.completedFuture(null);
                            }
                        })
                .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private static String pod(String node, String... containers) {
        StringBuilder list = new StringBuilder();
        StringBuilder statuses = new StringBuilder();
        for (String each : containers) {
            list.append(list.isEmpty() ? "" : ",").append("{\"name\":\"" + each + "\"}");
            if (each.equals("waiting")) {
                statuses.append(
                        "{\"name\":\"waiting\",\"state\":{\"waiting\":{\"reason\":\"ContainerCreating\"}}}");
            }
        }
        return """
        {"kind":"Pod","metadata":{"name":"p","namespace":"apps"},
         "spec":{"nodeName":"%s","containers":[%s]},
         "status":{"podIP":"127.0.0.1","containerStatuses":[%s]}}
        """
                .formatted(node, list, statuses);
    }
}
