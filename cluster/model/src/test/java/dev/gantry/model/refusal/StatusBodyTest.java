package dev.gantry.model.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.GroupResource;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class StatusBodyTest {
    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final GroupResource DEPLOYMENTS = new GroupResource("apps", "deployments");

    @Test
    void saysWhatIsMissing() {
        assertThat(StatusBody.of(new Refusal.Missing(DEPLOYMENTS, "web")).toString())
                .isEqualTo(
                        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                                + "\"message\":\"deployments.apps \\\"web\\\" not found\",\"reason\":\"NotFound\","
                                + "\"details\":{\"name\":\"web\",\"group\":\"apps\",\"kind\":\"deployments\"},\"code\":404}");
    }

    @Test
    void listsEveryErrorOnceInTheMessageAndEachAmongTheCauses() {
        var required = FieldError.required("spec.a", "");
        var invalid = FieldError.invalid("spec.b", "\"x\"", "must be y");
        ObjectNode status =
                StatusBody.of(
                        new Refusal.Invalid("", "Pod", "a", List.of(required, invalid, invalid)));
        assertThat(status.path("message").asString())
                .isEqualTo(
                        "Pod \"a\" is invalid: [spec.a: Required value, spec.b: Invalid value: \"x\":"
                                + " must be y]");
        assertThat(status.at("/details/causes").size()).isEqualTo(3);
        assertThat(status.at("/details/causes/1").toString())
                .isEqualTo(
                        "{\"reason\":\"FieldValueInvalid\",\"message\":\"Invalid value: \\\"x\\\":"
                                + " must be y\",\"field\":\"spec.b\"}");
    }

    @Test
    void staysSmallHoweverMuchIsWrong() {
        var large = FieldError.invalid("f".repeat(10_000), "v".repeat(100_000), "no");
        ObjectNode status =
                StatusBody.of(
                        new Refusal.Invalid("", "Pod", "a", Collections.nCopies(5_000, large)));
        assertThat(status.at("/details/causes").size()).isEqualTo(101);
        assertThat(status.at("/details/causes/100/message").asString())
                .isEqualTo("Too many errors: the others are not shown");
        assertThat(status.toString()).hasSizeLessThan(4_000_000);
        ObjectNode quoting = StatusBody.of(new Refusal.BadRequest("x".repeat(1_000_000)));
        assertThat(quoting.path("message").asString()).hasSizeLessThan(20_000).endsWith("...");
    }

    @Test
    void tellsWhenToComeBack() {
        var busy = new Refusal.TooManyRequests("too many requests", Duration.ofMillis(200));
        assertThat(StatusBody.codeOf(busy)).isEqualTo(429);
        assertThat(StatusBody.retryAfterOf(busy)).contains(Duration.ofMillis(200));
        assertThat(StatusBody.of(busy).at("/details/retryAfterSeconds").asInt()).isEqualTo(1);
        assertThat(StatusBody.retryAfterOf(new Refusal.Missing(PODS, "a"))).isEmpty();
    }

    /** kubectl would try again ten times by itself, once it is told when. */
    @Test
    void doesNotTellToComeBackWhereNobodyKnowsWhen() {
        var gone = new Refusal.Unavailable("no endpoints available", Duration.ZERO);
        assertThat(StatusBody.retryAfterOf(gone)).isEmpty();
        assertThat(StatusBody.of(gone).has("details")).isFalse();
        assertThat(StatusBody.codeOf(gone)).isEqualTo(503);
    }
}
