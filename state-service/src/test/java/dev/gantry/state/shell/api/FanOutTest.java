package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.FrameSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FanOutTest {
    @Test
    @Timeout(180)
    void watchersOfOneChangeShareOneArray() throws InterruptedException {
        TestApi api = TestApi.withNamespace("shop");
        String maps = "/api/v1/namespaces/shop/configmaps";
        List<FrameSource> watchers = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            ApiReply reply = api.raw("GET", maps + "?watch=1", "", Map.of());
            watchers.add(((ApiReply.Streaming) reply).frames());
        }

        api.post(maps, "{\"metadata\":{\"name\":\"a\"}}");

        byte[] first = watchers.getFirst().next();
        for (FrameSource each : watchers.subList(1, watchers.size())) {
            assertThat(each.next()).isSameAs(first);
            each.close();
        }
        watchers.getFirst().close();
    }
}
