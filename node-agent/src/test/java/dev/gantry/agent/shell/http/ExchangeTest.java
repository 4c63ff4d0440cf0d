package dev.gantry.agent.shell.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.agent.stream.RequestHead;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of requests, and what is refused before anybody looks at it. */
final class ExchangeTest {
    private static final int MAX_HEAD_BYTES = 1000;

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    @Test
    void takesApartPathQueryAndProtocols() throws IOException {
        RequestHead head =
                exchange(
                                """
                                GET /exec/my%20ns/p+q/c%2Fd?command=sh&command=-c&command=a+b%26c;d&tty=true&stdin=0 HTTP/1.1
                                Host: node
                                Sec-WebSocket-Protocol: v5.channel.k8s.io,v4.channel.k8s.io
                                sec-websocket-protocol: v3

                                """)
                        .read()
                        .orElseThrow();
        assertThat(head.path()).containsExactly("exec", "my ns", "p+q", "c/d");
        assertThat(head.query()).containsEntry("command", List.of("sh", "-c", "a b&c;d"));
        assertThat(head.isSet("tty")).isTrue();
        assertThat(head.isSet("stdin")).isFalse();
        assertThat(head.protocols())
                .containsExactly("v5.channel.k8s.io", "v4.channel.k8s.io", "v3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET x HTTP/1.1",
                "GET / HTTP/1.0",
                "GET / HTTP/1.1\nnonsense",
                "GET /a%zz HTTP/1.1",
                "GET /a?b=%4 HTTP/1.1",
                "GET / HTTP/1.1\nContent-Length: 1\nContent-Length: 2",
            })
    void refusesWhatIsNoRequest(String head) throws IOException {
        Exchange exchange = exchange(head + "\n\n");
        assertThat(exchange.read()).isEmpty();
        assertThat(exchange.isKeptAlive()).isFalse();
        assertThat(sent.toString(UTF_8)).startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @CsvSource({"'/', 'X: '", "'/?q=', ''"})
    void refusesAHeadThatIsTooLong(String path, String header) throws IOException {
        String much = "x".repeat(MAX_HEAD_BYTES);
        Exchange exchange =
                exchange(
                        header.isEmpty()
                                ? "GET %s%s HTTP/1.1\n\n".formatted(path, much)
                                : "GET %s HTTP/1.1\n%s%s\n\n".formatted(path, header, much));
        assertThat(exchange.read()).isEmpty();
        assertThat(sent.toString(UTF_8)).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void skipsASmallBodyAndReadsNoLargeOne() throws IOException {
        Exchange exchange =
                exchange("POST /a HTTP/1.1\nContent-Length: 9\n\n123456789GET /b HTTP/1.1\n\n");
        assertThat(exchange.read().orElseThrow().path()).containsExactly("a");
        assertThat(exchange.read().orElseThrow().path()).containsExactly("b");
        assertThat(exchange.read()).isEmpty();
        assertThatThrownBy(exchange("POST /a HTTP/1.1\nContent-Length: 65537\n\n")::read)
                .isInstanceOf(SocketException.class);
        assertThatThrownBy(exchange("POST /a HTTP/1.1\nTransfer-Encoding: chunked\n\n")::read)
                .isInstanceOf(SocketException.class);
    }

    @Test
    void endsAfterARequestThatSaysSo() throws IOException {
        Exchange exchange = exchange("GET /a HTTP/1.1\nConnection: close\n\n");
        assertThat(exchange.read()).isPresent();
        assertThat(exchange.isKeptAlive()).isFalse();
        exchange.reply(200, "ok");
        assertThat(sent.toString(UTF_8))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .containsIgnoringCase("connection: close\r\n")
                .containsIgnoringCase("content-length: 3\r\n")
                .endsWith("\r\n\r\nok\n");
    }

    @Test
    void sendsABodyInChunks() throws IOException {
        Exchange exchange = exchange("");
        exchange.beginBody();
        exchange.write("hello".getBytes(UTF_8));
        exchange.write(new byte[0]);
        exchange.write("world!".getBytes(UTF_8));
        exchange.endBody();
        assertThat(sent.toString(UTF_8))
                .containsIgnoringCase("transfer-encoding: chunked\r\n")
                .endsWith("\r\n\r\n5\r\nhello\r\n6\r\nworld!\r\n0\r\n\r\n");
    }

    private Exchange exchange(String received) {
        byte[] bytes = received.replace("\n", "\r\n").getBytes(UTF_8);
        return new Exchange(new Socket(), new ByteArrayInputStream(bytes), sent, MAX_HEAD_BYTES);
    }
}
