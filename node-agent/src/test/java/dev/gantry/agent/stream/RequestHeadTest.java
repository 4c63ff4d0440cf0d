package dev.gantry.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestHeadTest {
    @Test
    void takesApartPathQueryAndHeaders() {
        RequestHead head =
                RequestHead.parse(
                                """
                                GET /exec/my%20ns/p+q/c?command=sh&command=-c&command=a+b%26c&tty=true&stdin=0 HTTP/1.1
                                Host: node
                                Sec-WebSocket-Protocol: v5.channel.k8s.io,v4.channel.k8s.io
                                sec-websocket-protocol: v3
                                """)
                        .orElseThrow();
        assertThat(head.path()).containsExactly("exec", "my ns", "p+q", "c");
        assertThat(head.query()).containsEntry("command", List.of("sh", "-c", "a b&c"));
        assertThat(head.isSet("tty")).isTrue();
        assertThat(head.isSet("stdin")).isFalse();
        assertThat(head.listed("sec-websocket-protocol"))
                .containsExactly("v5.channel.k8s.io", "v4.channel.k8s.io", "v3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "GET /", "GET x HTTP/1.1", "GET / HTTP/1.0", "GET / HTTP/1.1\nnonsense"})
    void refusesWhatIsNoRequest(String text) {
        assertThat(RequestHead.parse(text)).isEmpty();
    }

    @Test
    void aPercentSignMayStandForItself() {
        RequestHead head = RequestHead.parse("GET /a%zz%4 HTTP/1.1").orElseThrow();
        assertThat(head.path()).containsExactly("a%zz%4");
    }
}
