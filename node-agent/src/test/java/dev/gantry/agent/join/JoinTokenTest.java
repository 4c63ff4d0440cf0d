package dev.gantry.agent.join;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.meta.Resource;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class JoinTokenTest {
    /** An example of upstream's own tests. */
    private static final JoinToken JOSHUA = new JoinToken("joshua", "my voice is my passcode");

    private static final String CONTENT =
            "Hello from the other side. I must have called a thousand times.";
    private static final String SIGNATURE =
            "eyJhbGciOiJIUzI1NiIsImtpZCI6Impvc2h1YSJ9.."
                    + "VShe2taLd-YTrmWuRkcL_8QTNDHYxQIEBsAYYiIj1_8";

    private final ObjectNode content = JsonNodeFactory.instance.objectNode();

    @Test
    void knowsWhatWasSignedWithIt() {
        assertThat(JOSHUA.hasSigned(CONTENT, SIGNATURE)).isTrue();
        assertThat(JOSHUA.hasSigned(CONTENT + " ", SIGNATURE)).isFalse();
        assertThat(new JoinToken("joshua", "my voice").hasSigned(CONTENT, SIGNATURE)).isFalse();
        assertThat(new JoinToken("jennie", "my voice is my passcode").hasSigned(CONTENT, SIGNATURE))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "!..x", "eyJhbGciOiJub25lIn0..", "a.b.c.d"})
    void takesNothingElseForASignature(String text) {
        assertThat(JOSHUA.hasSigned(CONTENT, text)).isFalse();
    }

    @Test
    void aHeaderThatNamesNoAlgorithmProvesNothing() {
        String none =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("{\"alg\":\"none\",\"kid\":\"joshua\"}".getBytes(UTF_8));
        String mac = SIGNATURE.substring(SIGNATURE.lastIndexOf('.') + 1);
        assertThat(JOSHUA.hasSigned(CONTENT, none + ".." + mac)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abcdef",
                "abcdef.",
                "ABCDEF.0123456789abcdef",
                "abcdef.0123456789abcde"
            })
    void isSixAndSixteenLettersOrDigits(String text) {
        assertThat(JoinToken.parse(text)).isEmpty();
        assertThat(JoinToken.parse("abcdef.0123456789abcdef"))
                .contains(new JoinToken("abcdef", "0123456789abcdef"));
    }

    @Test
    void aDescriptionIsBelievedAsFarAsItIsSigned() {
        content.put("kubeconfig", CONTENT).put("jws-kubeconfig-joshua", SIGNATURE);
        assertThat(described().vouchedFor(JOSHUA)).isEqualTo(CONTENT);
        content.put("kubeconfig", "forged");
        assertThatThrownBy(() -> described().vouchedFor(JOSHUA))
                .isInstanceOf(CannotJoin.class)
                .hasMessageContaining("token joshua is wrong");
        content.remove("jws-kubeconfig-joshua");
        assertThatThrownBy(() -> described().vouchedFor(JOSHUA))
                .isInstanceOf(CannotJoin.class)
                .hasMessageContaining("does not know the token joshua");
    }

    private DiscoveredCluster described() {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        map.set("data", content);
        return DiscoveredCluster.of(new Resource(map));
    }
}
