package dev.gantry.gateway.shell.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.gateway.node.Place;
import dev.gantry.model.exchange.FrameSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Reads from agents, as the gateway and over the cluster's own trust. */
final class AgentClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration FIRST_BYTE = Duration.ofSeconds(30);
    private static final int LONGEST_COMPLAINT = 20_000;
    private static final int CHUNK = 16 << 10;

    /** What an agent said: a stream, or why not. */
    sealed interface Said {
        record Stream(FrameSource frames) implements Said {}

        record No(int code, String complaint) implements Said {}
    }

    private final SSLContext tls;
    private final HttpClient http;

    AgentClient(SSLContext tls) {
        this.tls = tls;
        this.http =
                HttpClient.newBuilder()
                        .sslContext(tls)
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT)
                        .build();
    }

    Said get(Place.At place) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(place.url())).timeout(FIRST_BYTE).build();
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() == 200) {
            return new Said.Stream(new Chunks(response.body()));
        }
        try (InputStream body = response.body()) {
            String complaint = new String(body.readNBytes(LONGEST_COMPLAINT), UTF_8).strip();
            return new Said.No(response.statusCode(), complaint);
        }
    }

    /** Throws where nobody answers: an agent that hangs still has its connections taken. */
    void dial(Place.At place) throws IOException {
        int limit = (int) CONNECT.toMillis();
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(place.host(), place.port()), limit);
            plain.setSoTimeout(limit);
            try (var secured =
                    (SSLSocket)
                            tls.getSocketFactory()
                                    .createSocket(plain, place.host(), place.port(), true)) {
                secured.startHandshake();
            }
        }
    }

    /** Whatever has arrived is passed on at once. */
    private static final class Chunks implements FrameSource {
        private final InputStream in;
        private final byte[] buffer = new byte[CHUNK];

        Chunks(InputStream in) {
            this.in = in;
        }

        @Override
        public byte @Nullable [] next() throws InterruptedException {
            try {
                int read = in.read(buffer);
                return read < 0 ? null : Arrays.copyOf(buffer, read);
            } catch (IOException ended) {
                // The client left, or the agent did: either way nothing more comes.
                return null;
            }
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException gone) {
                // Closed is closed.
                return;
            }
        }
    }
}
