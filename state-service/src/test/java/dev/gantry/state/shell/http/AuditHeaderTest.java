package dev.gantry.state.shell.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AuditHeaderTest {
    @Test
    void isAsciiAndSaysTheSame() {
        String annotations = "{\"a.example/k\":\"größer\\n\\\"als\\\" €\"}";
        String header = AuditHeader.of(annotations);
        assertThat(header).isASCII().doesNotContain("\n");
        assertThat(JsonMapper.shared().readTree(header))
                .isEqualTo(JsonMapper.shared().readTree(annotations));
    }

    @Test
    void leavesOutTheLongestWhereTheyAreTooMuch() {
        String annotations =
                "{\"long\":\"%s\",\"longer\":\"%s\",\"short\":\"x\"}"
                        .formatted("l".repeat(30_000), "€".repeat(20_000));
        String header = AuditHeader.of(annotations);
        assertThat(header.length()).isLessThan(48 * 1024);
        assertThat(JsonMapper.shared().readTree(header).propertyNames())
                .containsExactlyInAnyOrder("long", "short");
    }
}
