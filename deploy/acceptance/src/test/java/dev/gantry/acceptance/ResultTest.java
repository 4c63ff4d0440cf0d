package dev.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which commands are given again: never one that the server has answered. */
final class ResultTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unable to connect to the server: net/http: TLS handshake timeout",
                "Unable to connect to the server: dial tcp 127.0.0.1:6485: connect: connection refused",
                "The connection to the server 127.0.0.1:6485 was refused - did you specify the right host or port?"
            })
    void whoNeverGotThroughIsUnheard(String errors) {
        assertThat(failed(errors).isUnheard()).isTrue();
        assertThat(failed(errors).isUnanswered()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unable to connect to the server: EOF",
                "Unable to connect to the server: http2: client connection lost"
            })
    void whoLostTheConnectionMayHaveBeenHeard(String errors) {
        assertThat(failed(errors).isUnheard()).isFalse();
        assertThat(failed(errors).isUnanswered()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Error from server (NotFound): pods \"a\" not found",
                "Error from server (InternalError): failed calling webhook: net/http: TLS handshake timeout",
                "error: timed out waiting for the condition on pods/a"
            })
    void whatTheServerSaysCounts(String errors) {
        assertThat(failed(errors).isUnanswered()).isFalse();
    }

    @Test
    void whatSucceedsIsHeard() {
        var result = new Cluster.Result(0, "", "net/http: TLS handshake timeout");
        assertThat(result.isUnanswered()).isFalse();
    }

    private static Cluster.Result failed(String errors) {
        return new Cluster.Result(1, "", errors);
    }
}
