package dev.gantry.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class StatusMessagesTest {
    private static final String LONG = "x".repeat(4096);

    private final ObjectNode status = JsonNodeFactory.instance.objectNode();

    @Test
    void threeContainersMaySayAllThatAContainerMaySay() {
        for (int i = 0; i < 3; i++) {
            terminated("containerStatuses", "state", LONG);
        }
        StatusMessages.share(status);
        assertThat(message("/containerStatuses/2/state/terminated")).isEqualTo(LONG);
    }

    @Test
    void ofMoreContainersEachHasItsShare() {
        terminated("initContainerStatuses", "state", LONG);
        terminated("ephemeralContainerStatuses", "state", LONG);
        terminated("containerStatuses", "lastState", LONG);
        terminated("containerStatuses", "state", "short");
        StatusMessages.share(status);
        assertThat(message("/initContainerStatuses/0/state/terminated")).hasSize(3072);
        assertThat(message("/ephemeralContainerStatuses/0/state/terminated")).hasSize(3072);
        assertThat(message("/containerStatuses/0/lastState/terminated")).hasSize(3072);
        assertThat(message("/containerStatuses/1/state/terminated")).isEqualTo("short");
    }

    @Test
    void onlyLastWordsAreShared() {
        status.putArray("containerStatuses")
                .addObject()
                .putObject("state")
                .putObject("waiting")
                .put("message", LONG.repeat(4));
        StatusMessages.share(status);
        assertThat(message("/containerStatuses/0/state/waiting")).hasSize(4 * 4096);
    }

    @Test
    void whatIsTooLargeHasShortMessagesEverywhere() {
        status.put("phase", "Pending").put("message", LONG);
        status.putArray("conditions").addObject().put("message", LONG).put("reason", LONG);
        StatusMessages.shorten(status);
        assertThat(message("")).hasSize(1024);
        assertThat(message("/conditions/0")).hasSize(1024);
        assertThat(status.at("/conditions/0/reason").stringValue()).isEqualTo(LONG);
    }

    @Test
    void noCharacterIsCutInTwo() {
        status.put("message", "a" + "é".repeat(1000));
        StatusMessages.shorten(status);
        assertThat(message("")).isEqualTo("a" + "é".repeat(511));
    }

    private void terminated(String list, String state, String message) {
        Resource.array(status, list)
                .addObject()
                .putObject(state)
                .putObject("terminated")
                .put("message", message);
    }

    private String message(String path) {
        JsonNode parent = path.isEmpty() ? status : status.at(path);
        return parent.path("message").stringValue();
    }
}
