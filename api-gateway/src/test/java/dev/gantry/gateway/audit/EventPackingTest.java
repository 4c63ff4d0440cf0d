package dev.gantry.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.gateway.audit.EventPacking.Packed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventPackingTest {
    private static final String LONG = "{\"data\":{\"k\":\"%s\"}}".formatted("x".repeat(5_000));

    @Test
    void allGoTogetherWhereNothingIsLimited() {
        Packed packed =
                EventPacking.UNLIMITED.pack(
                        List.of(
                                SampleEvents.created("jane", "a", LONG),
                                SampleEvents.metadata("joe", "b")));

        assertThat(packed.tooLong()).isZero();
        assertThat(packed.lists()).hasSize(1);
        assertThat(packed.lists().getFirst().count()).isEqualTo(2);
        JsonNode list = read(packed.lists().getFirst());
        assertThat(list.path("kind").asString()).isEqualTo("EventList");
        assertThat(list.path("apiVersion").asString()).isEqualTo("audit.k8s.io/v1");
        JsonNode first = list.path("items").path(0);
        assertThat(first.path("auditID").asString()).isEqualTo("a");
        assertThat(first.has("kind")).isFalse();
        assertThat(first.at("/requestObject/data/k").asString()).hasSize(5_000);
        assertThat(list.path("items").path(1).at("/user/username").asString()).isEqualTo("joe");
    }

    @Test
    void whatWasSentIsLeftOutOfALongEvent() {
        Packed packed =
                new EventPacking(2_000, 1 << 20)
                        .pack(List.of(SampleEvents.created("jane", "a", LONG)));

        JsonNode event = read(packed.lists().getFirst()).path("items").path(0);
        assertThat(event.has("requestObject")).isFalse();
        assertThat(event.at("/annotations/audit.k8s.io~1truncated").asString()).isEqualTo("true");
        assertThat(event.at("/annotations/authorization.k8s.io~1decision").asString())
                .isEqualTo("allow");
    }

    @Test
    void anEventThatStillIsTooLongIsCountedAndNotSent() {
        Packed packed =
                new EventPacking(2_000, 1 << 20)
                        .pack(
                                List.of(
                                        SampleEvents.metadata("jane".repeat(1_000), "a"),
                                        SampleEvents.metadata("joe", "b")));

        assertThat(packed.tooLong()).isEqualTo(1);
        assertThat(ids(packed)).containsExactly(List.of("b"));
    }

    @Test
    void aListIsNoLongerThanItMayBe() {
        long one = EventPacking.UNLIMITED.pack(some(1)).lists().getFirst().body().length;

        Packed packed = new EventPacking(1 << 20, 2 * one).pack(some(5));

        assertThat(ids(packed)).containsExactly(List.of("0", "1"), List.of("2", "3"), List.of("4"));
    }

    private static List<AuditEvent> some(int many) {
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            events.add(SampleEvents.metadata("jane", Integer.toString(i)));
        }
        return events;
    }

    private static List<List<String>> ids(Packed packed) {
        return packed.lists().stream()
                .map(
                        each -> {
                            List<String> ids = new ArrayList<>();
                            read(each)
                                    .path("items")
                                    .forEach(item -> ids.add(item.path("auditID").asString()));
                            return ids;
                        })
                .toList();
    }

    private static JsonNode read(EventList list) {
        return JsonMapper.shared().readTree(list.body());
    }
}
