package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.state.shell.api.TestApi.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private static final String AGGREGATED =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";
    private final TestApi api = new TestApi();

    @Test
    void resourcesOfAVersionAreListed() {
        Answer list = api.get("/apis/apps/v1");

        assertThat(list.text("/kind")).isEqualTo("APIResourceList");
        assertThat(list.at("/resources").toString()).contains("\"deployments/scale\"");
        assertThat(api.get("/apis/nothing/v1").code()).isEqualTo(404);
    }

    @Test
    void aggregatedDiscoveryIsNamedInTheContentType() {
        ApiReply reply = api.raw("GET", "/apis", "", Map.of("accept", AGGREGATED));

        assertThat(reply.contentType())
                .isEqualTo("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
    }

    @Test
    void knownDocumentIsNotSentAgain() {
        ApiReply first = api.raw("GET", "/apis", "", Map.of("accept", AGGREGATED));
        String etag = first.headers().get("Etag");

        ApiReply again =
                api.raw("GET", "/apis", "", Map.of("accept", AGGREGATED, "if-none-match", etag));

        assertThat(again.code()).isEqualTo(304);
    }

    @Test
    void discoveryIsTheSameInThePast() {
        assertThat(api.get("/apis/apps/v1").body())
                .isEqualTo(api.get("/asof/2020-01-01T00:00:00Z/apis/apps/v1").body());
    }

    @Test
    void schemasAndKeysArePublished() {
        assertThat(api.get("/openapi/v3").at("/paths").toString()).contains("apis/apps/v1");
        assertThat(api.get("/openapi/v3/apis/apps/v1").text("/openapi")).startsWith("3.");
        assertThat(api.get("/.well-known/openid-configuration").text("/jwks_uri"))
                .endsWith("/openid/v1/jwks");
        assertThat(api.get("/openid/v1/jwks").text("/keys/0/kty")).isEqualTo("EC");
    }
}
