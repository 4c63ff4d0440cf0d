package dev.gantry.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassedHeadersTest {
    private final PassedHeaders passed = new PassedHeaders(List.of("keep-alive, X-Hop", "close"));

    @ParameterizedTest
    @ValueSource(
            strings = {"Accept-Encoding", "Cookie", "X-Forwarded-For", "Content-Length", "Via"})
    void passWhatIsTheMessages(String name) {
        assertThat(passed.toBackend(name)).isTrue();
        assertThat(passed.toClient(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection", "Transfer-Encoding", "TE", "x-hop", "Upgrade", "Trailer"})
    void keepWhatIsOfOneHop(String name) {
        assertThat(passed.toBackend(name)).isFalse();
        assertThat(passed.toClient(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "Proxy-Authorization",
                "Impersonate-User",
                "Impersonate-Extra-a",
                "X-Remote-User",
                "X-Gantry-Caller"
            })
    void keepCredentialsAndClaimsFromBackends(String name) {
        assertThat(passed.toBackend(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Access-Control-Allow-Origin", "access-control-allow-methods"})
    void keepPagesFromOpeningTheApiToOtherSites(String name) {
        assertThat(passed.toClient(name)).isFalse();
    }
}
