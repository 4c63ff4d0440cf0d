package dev.gantry.agent.shell.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.meta.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * As much of an API server as kubectl needs to reach one pod: its discovery, the pod, and its
 * streams passed on to the agent, byte for byte.
 */
final class KubectlFront implements AutoCloseable {
    private static final Pattern STREAM =
            Pattern.compile(
                    "(GET|POST) /api/v1/namespaces/(\\S+?)/pods/(\\S+?)/(exec|attach|log|portforward)(\\S*) (.*)",
                    Pattern.DOTALL);
    private static final Pattern CONTAINER = Pattern.compile("[?&]container=([^&]+)");

    private final ServerSocket server;
    private final SSLContext tls;
    private final int agentPort;
    private final Resource pod;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    KubectlFront(SSLContext tls, int agentPort, Resource pod) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.tls = tls;
        this.agentPort = agentPort;
        this.pod = pod;
        Thread.startVirtualThread(this::listen);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket each : open) {
            each.close();
        }
    }

    private void listen() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                Thread.startVirtualThread(() -> serve(socket));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void serve(Socket client) {
        try (client) {
            for (String head = head(client); !head.isEmpty(); head = head(client)) {
                Matcher stream = STREAM.matcher(head);
                if (stream.matches()) {
                    pass(client, rewritten(stream));
                    return;
                }
                byte[] body = JsonMapper.shared().writeValueAsBytes(answer(head.split(" ")[1]));
                String reply =
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                                .formatted(body.length);
                client.getOutputStream().write(reply.getBytes(UTF_8));
                client.getOutputStream().write(body);
            }
        } catch (IOException gone) {
            return;
        }
    }

    private Object answer(String path) {
        String text =
                switch (path.replaceAll("\\?.*", "")) {
                    case "/api" -> "{\"kind\": \"APIVersions\", \"versions\": [\"v1\"]}";
                    case "/apis" ->
                            "{\"kind\": \"APIGroupList\", \"apiVersion\": \"v1\", \"groups\": []}";
                    case "/api/v1" ->
                            """
                            {"kind": "APIResourceList", "groupVersion": "v1", "resources": [
                              {"name": "pods", "singularName": "pod", "namespaced": true, "kind": "Pod",
                               "verbs": ["get", "list"]}]}
                            """;
                    default -> pod.tree().toString();
                };
        return JsonMapper.shared().readTree(text);
    }

    private static String rewritten(Matcher stream) {
        Matcher container = CONTAINER.matcher(stream.group(5));
        String action = stream.group(4);
        String path =
                switch (action) {
                    case "log" -> "/containerLogs/";
                    case "portforward" -> "/portForward/";
                    default -> "/" + action + "/";
                };
        String tail = container.find() ? "/" + container.group(1) : "";
        return "%s %s%s/%s%s%s %s"
                .formatted(
                        stream.group(1),
                        path,
                        stream.group(2),
                        stream.group(3),
                        tail,
                        stream.group(5),
                        stream.group(6));
    }

    private void pass(Socket client, String head) throws IOException {
        try (Socket agent =
                tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), agentPort)) {
            agent.getOutputStream().write(head.getBytes(UTF_8));
            Thread back = Thread.startVirtualThread(() -> pump(agent, client));
            pump(client, agent);
            back.join();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[32768];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException gone) {
            return;
        }
    }

    private static String head(Socket client) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(UTF_8).endsWith("\r\n\r\n")) {
            int next = client.getInputStream().read();
            if (next < 0) {
                return "";
            }
            head.write(next);
        }
        return head.toString(UTF_8);
    }
}
