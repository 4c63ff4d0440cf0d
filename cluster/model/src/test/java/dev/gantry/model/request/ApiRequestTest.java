package dev.gantry.model.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiRequestTest {
    private static final String PODS = "/api/v1/namespaces/x/pods";

    @ParameterizedTest
    @CsvSource({
        "GET, '', list",
        "HEAD, '', list",
        "GET, watch=true, watch",
        "GET, watch=False, list",
        "POST, watch=true, create",
        "DELETE, '', deletecollection",
        "LIST, '', ''",
        "WATCH, '', ''",
        "OPTIONS, '', ''"
    })
    void takesTheVerbFromMethodAndQuery(String method, String query, String verb) {
        assertThat(parse(method, PODS, query).verb()).isEqualTo(verb);
    }

    @ParameterizedTest
    @CsvSource({"/p", "/p/exec", "/p/attach", "/p/log", "/p/status", "/p/proxy/a/b"})
    void watchesNothingThatHasAName(String rest) {
        assertThat(parse("GET", PODS + rest, "watch=true").verb()).isEqualTo("get");
    }

    @Test
    void knowsTheOlderPathsOfWatches() {
        ApiRequest one = parse("GET", "/api/v1/watch/namespaces/x/pods/p", "");
        assertThat(one.verb()).isEqualTo("watch");
        assertThat(one.name()).isEqualTo("p");
        assertThat(parse("POST", "/api/v1/watch/namespaces/x/pods", "").verb()).isEmpty();
        assertThat(parse("DELETE", "/api/v1/watch/namespaces/x/pods/p", "").verb()).isEmpty();
    }

    @Test
    void tellsNamespacesFromWhatIsInThem() {
        assertThat(parse("PUT", "/api/v1/namespaces/x/finalize", "").subresource())
                .isEqualTo("finalize");
        ApiRequest inside = parse("GET", "/apis/apps/v1/namespaces/x/deployments/d/scale", "");
        assertThat(inside.resource().toString()).isEqualTo("deployments.apps");
        assertThat(inside.namespace()).isEqualTo("x");
        assertThat(inside.subresource()).isEqualTo("scale");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/pods, true",
        "/api/v1/pods/, true",
        "/asof/5/api/v1/pods, true",
        "/openapi/../api/v1/secrets, false",
        "/api/./v1/secrets, false",
        "/asof/../api/v1/secrets, false",
        "/api//v1/secrets, false",
        "//elsewhere/api/v1/secrets, false"
    })
    void knowsPathsThatOthersWouldTidyUp(String path, boolean isPlain) {
        assertThat(ApiRequest.isPlain(path)).isEqualTo(isPlain);
    }

    private static ApiRequest parse(String method, String path, String query) {
        return ApiRequest.parse(method, path, Query.parse(query));
    }
}
