package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.history.History;
import dev.gantry.state.history.HistoryPoint;
import dev.gantry.state.history.PointInTime;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.shell.api.TestApi.Answer;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewsTest {
    private static final String MAPS = "/api/v1/namespaces/shop/configmaps";
    private TestApi api;

    /** Knows one moment, in which the live object was the only one. */
    private record OneMoment(StoredObject object) implements History {
        @Override
        public PointInTime find(HistoryPoint moment) {
            return new PointInTime.Known(object.revision());
        }

        @Override
        public Optional<StoredObject> get(ObjectKey key, Revision at) {
            return key.equals(object.key()) ? Optional.of(object) : Optional.empty();
        }

        @Override
        public List<StoredObject> list(GroupResource resource, String namespace, Revision at) {
            return resource.equals(object.key().resource()) ? List.of(object) : List.of();
        }
    }

    private static final class Lost implements History {
        @Override
        public PointInTime find(HistoryPoint moment) {
            throw new PersistenceException("no database");
        }

        @Override
        public Optional<StoredObject> get(ObjectKey key, Revision at) {
            throw new PersistenceException("no database");
        }

        @Override
        public List<StoredObject> list(GroupResource resource, String namespace, Revision at) {
            throw new PersistenceException("no database");
        }
    }

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
        api.post(MAPS, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"then\"}}");
        StoredObject then =
                api.log.list(new GroupResource("", "configmaps"), "shop").objects().getFirst();
        api.history = new OneMoment(then);
        api.put(MAPS + "/a", "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"now\"}}");
    }

    @Test
    void objectsAndListsAreAsTheyWere() {
        assertThat(api.get(MAPS + "/a").text("/data/k")).isEqualTo("now");
        assertThat(api.get("/asof/2026-11-24T10:00:00+01:00" + MAPS + "/a").text("/data/k"))
                .isEqualTo("then");
        assertThat(api.get("/asof/2" + MAPS).text("/items/0/data/k")).isEqualTo("then");
    }

    @Test
    void pastIsReadOnlyAndIsNotWatched() {
        Answer write = api.post("/asof/2" + MAPS, "{}");
        Answer watch = api.get("/asof/2" + MAPS + "?watch=1");

        assertThat(write.code()).isEqualTo(403);
        assertThat(write.message()).contains("the past cannot be changed");
        assertThat(watch.code()).isEqualTo(405);
    }

    @Test
    void nonsenseIsNoMoment() {
        assertThat(api.get("/asof/yesterday" + MAPS).message())
                .isEqualTo("\"yesterday\" is neither an RFC 3339 time nor a resource version");
    }

    @Test
    void withoutDatabaseThePastIsUnavailableAndThePresentIsNot() {
        api.history = new Lost();

        Answer past = api.get("/asof/2" + MAPS);

        assertThat(past.code()).isEqualTo(503);
        assertThat(past.headers()).containsKey("Retry-After");
        assertThat(api.get(MAPS).code()).isEqualTo(200);
    }
}
