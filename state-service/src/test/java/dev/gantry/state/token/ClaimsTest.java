package dev.gantry.state.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ClaimsTest {
    private static final String ISSUER = "https://issuer";
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    private static Resource object(String kind) {
        String json =
                "{\"kind\":\"%s\",\"metadata\":{\"name\":\"n\",\"namespace\":\"ns\",\"uid\":\"u-%s\"}}";
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json.formatted(kind, kind)));
    }

    private static ObjectNode claims(long seconds, String audience, Optional<Resource> bound) {
        var subject =
                new Claims.Subject(
                        object("ServiceAccount"),
                        bound,
                        bound.map(_ -> new Claims.NodeName("node-1", "")));
        var spec = new TokenSpec(List.of(audience), seconds, Optional.empty());
        return Claims.of(subject, spec, ISSUER, "id-1", NOW);
    }

    @Test
    void tokenOfAnAccountAloneNamesNothingElse() {
        assertThat(claims(3600, ISSUER, Optional.empty()).toString())
                .isEqualTo(
                        "{\"aud\":[\"https://issuer\"],\"exp\":1003600,\"iat\":1000000,"
                                + "\"iss\":\"https://issuer\",\"jti\":\"id-1\","
                                + "\"kubernetes.io\":{\"namespace\":\"ns\",\"serviceaccount\":"
                                + "{\"name\":\"n\",\"uid\":\"u-ServiceAccount\"}},\"nbf\":1000000,"
                                + "\"sub\":\"system:serviceaccount:ns:n\"}");
    }

    @Test
    void boundTokenNamesPodAndNode() {
        ObjectNode claims = claims(3600, ISSUER, Optional.of(object("Pod")));

        assertThat(claims.path("kubernetes.io").at("/pod/uid").asString()).isEqualTo("u-Pod");
        assertThat(claims.path("kubernetes.io").at("/node").toString())
                .isEqualTo("{\"name\":\"node-1\"}");
    }

    @Test
    void podsOwnTokenLastsAYearWithAWarningBefore() {
        ObjectNode own = claims(3607, ISSUER, Optional.of(object("Pod")));
        ObjectNode foreign = claims(3607, "vault", Optional.of(object("Pod")));

        assertThat(own.path("exp").asLong() - own.path("iat").asLong()).isEqualTo(31_536_000);
        assertThat(own.path("kubernetes.io").path("warnafter").asLong()).isEqualTo(1_003_607);
        assertThat(foreign.path("exp").asLong()).isEqualTo(1_003_607);
    }
}
