package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.ApiReply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(180)
class WatchesTest {
    private static final String MAPS = "/api/v1/namespaces/shop/configmaps";
    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
    }

    private static String map(String name, String color) {
        return "{\"metadata\":{\"name\":\"%s\",\"labels\":{\"color\":\"%s\"}}}"
                .formatted(name, color);
    }

    /** Reads frame by frame. */
    private final class Watch implements AutoCloseable {
        private final ApiReply.Streaming reply;
        private final ArrayDeque<String> lines = new ArrayDeque<>();

        Watch(String query, String accept) {
            this.reply =
                    (ApiReply.Streaming)
                            api.raw("GET", MAPS + "?watch=1" + query, "", Map.of("accept", accept));
        }

        JsonNode next() throws InterruptedException {
            while (lines.isEmpty()) {
                byte[] chunk = reply.frames().next();
                if (chunk == null) {
                    return JsonMapper.shared().missingNode();
                }
                lines.addAll(new String(chunk, StandardCharsets.UTF_8).lines().toList());
            }
            return JsonMapper.shared().readTree(lines.remove());
        }

        String nextShort() throws InterruptedException {
            JsonNode event = next();
            return event.path("type").asString("end")
                    + " "
                    + event.at("/object/metadata/name").asString("");
        }

        @Override
        public void close() {
            reply.frames().close();
        }
    }

    private Watch watch(String query) {
        return new Watch(query, "application/json");
    }

    private String revision() {
        return api.get(MAPS).text("/metadata/resourceVersion");
    }

    @Test
    void watcherFromARevisionHearsOnlyWhatCameAfter() throws InterruptedException {
        api.post(MAPS, map("a", "red"));
        String from = revision();
        api.post(MAPS, map("b", "red"));
        api.put(MAPS + "/a", map("a", "blue"));
        api.delete(MAPS + "/b");

        try (Watch watch = watch("&resourceVersion=" + from)) {
            assertThat(watch.nextShort()).isEqualTo("ADDED b");
            assertThat(watch.nextShort()).isEqualTo("MODIFIED a");
            assertThat(watch.nextShort()).isEqualTo("DELETED b");
        }
    }

    @Test
    void watcherWithoutARevisionBeginsWithWhatThereIs() throws InterruptedException {
        api.post(MAPS, map("a", "red"));
        try (Watch watch = watch("")) {
            assertThat(watch.nextShort()).isEqualTo("ADDED a");
            api.post(MAPS, map("b", "red"));
            assertThat(watch.nextShort()).isEqualTo("ADDED b");
        }
    }

    @Test
    void bookmarkClosesTheInitialEvents() throws InterruptedException {
        api.post(MAPS, map("a", "red"));
        String query =
                "&sendInitialEvents=true&allowWatchBookmarks=true"
                        + "&resourceVersionMatch=NotOlderThan&resourceVersion=";
        try (Watch watch = watch(query)) {
            assertThat(watch.nextShort()).isEqualTo("ADDED a");
            JsonNode bookmark = watch.next();
            assertThat(bookmark.path("type").asString()).isEqualTo("BOOKMARK");
            assertThat(
                            bookmark.at("/object/metadata/annotations")
                                    .path("k8s.io/initial-events-end")
                                    .asString())
                    .isEqualTo("true");
            assertThat(bookmark.at("/object/metadata/resourceVersion").asString())
                    .isEqualTo(revision());
        }
    }

    @Test
    void objectsEnterAndLeaveASelection() throws InterruptedException {
        api.post(MAPS, map("a", "red"));
        String from = revision();
        api.put(MAPS + "/a", map("a", "blue"));
        String left = revision();
        api.put(MAPS + "/a", map("a", "red"));
        try (Watch watch = watch("&labelSelector=color%3Dred&resourceVersion=" + from)) {
            JsonNode gone = watch.next();
            assertThat(gone.path("type").asString()).isEqualTo("DELETED");
            assertThat(gone.at("/object/metadata/labels/color").asString()).isEqualTo("red");
            assertThat(gone.at("/object/metadata/resourceVersion").asString()).isEqualTo(left);
            assertThat(watch.nextShort()).isEqualTo("ADDED a");
        }
    }

    @Test
    void timeoutEndsTheStream() throws InterruptedException {
        try (Watch watch = watch("&timeoutSeconds=1&resourceVersion=" + revision())) {
            assertThat(watch.nextShort()).isEqualTo("end ");
        }
    }

    @Test
    void tableWatchNamesItsColumnsOnce() throws InterruptedException {
        api.post(MAPS, map("a", "red"));
        api.post(MAPS, map("b", "red"));
        try (Watch watch = new Watch("", "application/json;as=Table;v=v1;g=meta.k8s.io")) {
            assertThat(watch.next().at("/object/columnDefinitions").isEmpty()).isFalse();
            JsonNode second = watch.next();
            assertThat(second.at("/object/columnDefinitions").isEmpty()).isTrue();
            assertThat(second.at("/object/rows/0/cells/0").asString()).isEqualTo("b");
        }
    }

    @Test
    void initialEventsNeedTheirMatchAndBookmarks() {
        assertThat(api.get(MAPS + "?watch=1&sendInitialEvents=true").code()).isEqualTo(422);
    }
}
