package dev.gantry.gateway.shell.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.gateway.node.Place;
import dev.gantry.gateway.shell.reach.Backends;
import dev.gantry.model.exchange.FrameSource;
import io.netty.handler.codec.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

/** Reads from agents, as the gateway. Blocks, and is for virtual threads. */
final class AgentClient {
    private static final Duration FIRST_BYTE = Duration.ofSeconds(30);
    private static final int LONGEST_COMPLAINT = 20_000;
    private static final int CHUNKS_AHEAD = 8;

    private final Backends backends;

    AgentClient(Backends backends) {
        this.backends = backends;
    }

    /** What an agent said: a stream, or why not. */
    sealed interface Said {
        record Stream(FrameSource frames) implements Said {}

        record No(int code, String complaint) implements Said {}
    }

    Said get(Place.At place) throws IOException {
        try {
            Said said =
                    backends.to(place)
                            .request(HttpMethod.GET)
                            .uri(place.pathAndQuery())
                            .responseConnection(AgentClient::said)
                            .next()
                            .timeout(FIRST_BYTE)
                            .block();
            if (said == null) {
                throw new IOException("EOF");
            }
            return said;
        } catch (RuntimeException fault) {
            throw new IOException(Exceptions.unwrap(fault));
        }
    }

    private static Mono<Said> said(HttpClientResponse response, Connection connection) {
        int code = response.status().code();
        if (code == 200) {
            return Mono.just(new Said.Stream(new Chunks(connection)));
        }
        return connection
                .inbound()
                .receive()
                .asByteArray()
                .collect(ByteArrayOutputStream::new, AgentClient::collect)
                .doFinally(_ -> connection.dispose())
                .map(body -> new Said.No(code, body.toString(UTF_8).strip()));
    }

    private static void collect(ByteArrayOutputStream body, byte[] part) {
        body.write(part, 0, Math.min(part.length, LONGEST_COMPLAINT - body.size()));
    }

    /** Whatever has arrived is passed on at once. */
    private static final class Chunks implements FrameSource {
        private final Connection connection;
        private final Iterator<byte[]> chunks;

        Chunks(Connection connection) {
            this.connection = connection;
            this.chunks =
                    connection
                            .inbound()
                            .receive()
                            .asByteArray()
                            .toIterable(CHUNKS_AHEAD)
                            .iterator();
        }

        @Override
        public byte @Nullable [] next() {
            try {
                return chunks.hasNext() ? chunks.next() : null;
            } catch (RuntimeException ended) {
                // The client left, or the agent did: either way nothing more comes.
                return null;
            }
        }

        @Override
        public void close() {
            connection.dispose();
        }
    }
}
