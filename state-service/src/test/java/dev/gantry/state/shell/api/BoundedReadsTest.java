package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.ApiReply;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks by the parameters and headers of reads. */
class BoundedReadsTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

    private final TestApi api;

    BoundedReadsTest() throws InterruptedException {
        this.api = TestApi.withNamespace("default");
        api.post(MAPS, "{\"metadata\":{\"name\":\"a\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=b,", "!", "a in (b,c),", "a,", "a=", "((", "a.", "a/", "%20"})
    void longSelectors(String part) {
        String selector = part.repeat(1_000_000 / part.length());
        for (String name : new String[] {"labelSelector", "fieldSelector"}) {
            check(MAPS + "?" + name + "=" + selector, "application/json");
            check(MAPS + "?limit=1&" + name + "=" + selector, TABLE);
        }
    }

    @Test
    void longHeadersOfManyClauses() {
        for (String clause : new String[] {"a/b,", "a/b;q=0.1,", ";", "*/*;as=Table;", ";q=,"}) {
            check(MAPS, clause.repeat(1_000_000 / clause.length()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "g1 1 default/a",
                "g1 99999999999 default/a",
                "g1 -1 default/a",
                "g1 99999999999999999999999 default/a",
                "g1 0 ",
                "g1 0 /////",
                "g1",
                "{}",
                ""
            })
    void tokensThatNobodyGave(String token) {
        String sent = Base64.getUrlEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
        check(MAPS + "?limit=1&continue=" + sent, "application/json");
        check(MAPS + "?limit=1&continue=" + sent.repeat(10_000), "application/json");
        check(MAPS + "?limit=1&continue=" + token.replace(" ", "%20"), "application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=-1",
                "limit=9223372036854775807",
                "limit=99999999999999999999",
                "resourceVersion=99999999999999999999",
                "resourceVersion=-1",
                "resourceVersionMatch=Exact",
                "timeoutSeconds=-1",
                "timeoutSeconds=9223372036854775807"
            })
    void numbersBeyondReason(String parameter) {
        check(MAPS + "?" + parameter, "application/json");
    }

    @Test
    void manyParametersOfOneName() {
        check(MAPS + "?" + "limit=1&".repeat(100_000), "application/json");
        check(MAPS + "?" + "%41=&".repeat(100_000), "application/json");
    }

    /** However long a list is, of its objects one at a time is a tree. */
    @ParameterizedTest
    @ValueSource(strings = {TABLE, "application/vnd.kubernetes.protobuf", "application/json"})
    void listsAreMadeObjectByObject(String accept) {
        String labels = "x".repeat(60_000);
        for (int i = 0; i < 100; i++) {
            api.post(
                    MAPS,
                    "{\"metadata\":{\"name\":\"c%d\"},\"data\":{\"a\":\"%s\"}}"
                            .formatted(i, labels));
        }
        ApiReply reply = api.raw("GET", MAPS, "", Map.of("accept", accept));

        assertThat(reply.code()).isEqualTo(200);
        var request =
                new Cost.Request("GET", MAPS, new byte[0], Map.of("accept", accept), 6_000_000);
        Cost.of(api, request).isBoundedFor("a list as " + accept, request);
    }

    private void check(String path, String accept) {
        var request = new Cost.Request("GET", path, new byte[0], Map.of("accept", accept), 0);
        Cost cost = Cost.of(api, request);
        cost.isBoundedFor(
                path.substring(0, Math.min(120, path.length()))
                        + " "
                        + accept.substring(0, Math.min(60, accept.length())),
                request);
    }
}
