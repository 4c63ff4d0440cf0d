package dev.gantry.gateway.shell.authorization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.authorization.Access;
import dev.gantry.client.shell.feed.ChangeCodec;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.gateway.shell.aggregation.ApiServiceStore;
import dev.gantry.gateway.shell.flowcontrol.FlowControlStore;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.model.message.Topics;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.model.request.Query;
import dev.gantry.testkit.Patience;
import dev.gantry.testkit.TestKafka;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The policy follows the change feed of a real broker. */
@Timeout(180)
class PolicyFeedTest {
    private static final Caller JANE = new Caller("jane", "", List.of(), new TreeMap<>());
    private static final Access LIST =
            Access.resource("list", new GroupResource("", "pods"), "", "y", "");

    private final Topics topics = new Topics(TestKafka.freshPrefix());
    private final KafkaSettings kafka = new KafkaSettings(TestKafka.shared().connection(), topics);
    private final PolicyStore store = new PolicyStore();
    private final ApiServiceStore apis = new ApiServiceStore();
    private final FlowControlStore flow = new FlowControlStore();

    @Test
    void grantsAndRevokesAsRolesComeAndGo() throws Exception {
        makeTopics();
        try (PolicyFeed feed =
                new PolicyFeed(new PolicyFeed.Stores(store, apis, flow), kafka).start()) {
            publish(
                    Kinds.ROLE,
                    "reader",
                    1,
                    "{\"kind\":\"Role\",\"metadata\":{\"namespace\":\"y\",\"name\":\"reader\"},"
                            + "\"rules\":[{\"verbs\":[\"list\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"]}]}");
            publish(
                    Kinds.ROLE_BINDING,
                    "reader",
                    2,
                    "{\"kind\":\"RoleBinding\",\"metadata\":{\"namespace\":\"y\",\"name\":\"reader\"},"
                            + "\"roleRef\":{\"kind\":\"Role\",\"name\":\"reader\"},\"subjects\":[{\"kind\":\"User\",\"name\":\"jane\"}]}");
            Patience.await().untilAsserted(() -> assertThat(mayList()).isTrue());
            Patience.await().until(feed::isCaughtUp);
            publish(Kinds.ROLE_BINDING, "reader", 3, null);
            Patience.await().untilAsserted(() -> assertThat(mayList()).isFalse());
        }
    }

    private boolean mayList() {
        return store.current().judge(JANE, LIST).isAllowed();
    }

    @Test
    void followsWhatExtensionServersAnswer() throws Exception {
        makeTopics();
        ApiRequest asked = ApiRequest.parse("GET", "/apis/example.com/v1/chairs", Query.EMPTY);
        try (var feed = new PolicyFeed(new PolicyFeed.Stores(store, apis, flow), kafka).start()) {
            publish(
                    Kinds.API_SERVICE,
                    "v1.example.com",
                    1,
                    "{\"kind\":\"APIService\",\"metadata\":{\"name\":\"v1.example.com\"},"
                            + "\"spec\":{\"group\":\"example.com\",\"version\":\"v1\","
                            + "\"service\":{\"namespace\":\"y\",\"name\":\"s\"}}}");
            Patience.await().until(() -> apis.current().find(asked).isPresent());
            Patience.await().until(feed::isCaughtUp);
            publish(Kinds.API_SERVICE, "v1.example.com", 2, null);
            Patience.await().until(() -> apis.current().find(asked).isEmpty());
        }
    }

    @Test
    void followsWhoWaitsForWhom() throws Exception {
        makeTopics();
        try (var feed = new PolicyFeed(new PolicyFeed.Stores(store, apis, flow), kafka).start()) {
            publish(
                    Kinds.FLOW_SCHEMA,
                    "mine",
                    1,
                    "{\"kind\":\"FlowSchema\",\"metadata\":{\"name\":\"mine\"},"
                            + "\"spec\":{\"priorityLevelConfiguration\":{\"name\":\"small\"}}}");
            publish(
                    Kinds.PRIORITY_LEVEL_CONFIGURATION,
                    "small",
                    2,
                    "{\"kind\":\"PriorityLevelConfiguration\",\"metadata\":{\"name\":\"small\"},"
                            + "\"spec\":{\"type\":\"Limited\",\"limited\":{}}}");
            Patience.await().until(this::isMineInForce);
            Patience.await().until(feed::isCaughtUp);
            publish(Kinds.PRIORITY_LEVEL_CONFIGURATION, "small", 3, null);
            Patience.await().until(() -> !isMineInForce());
        }
    }

    private boolean isMineInForce() {
        return flow.compiled().schemas().stream().anyMatch(each -> each.name().equals("mine"));
    }

    private void makeTopics() throws Exception {
        try (Admin admin = Admin.create(new java.util.HashMap<>(kafka.connection()))) {
            admin.createTopics(
                            Stream.concat(
                                            PolicyResources.all().stream(),
                                            Stream.of(
                                                    ApiServiceStore.RESOURCE,
                                                    Kinds.FLOW_SCHEMA.resource(),
                                                    Kinds.PRIORITY_LEVEL_CONFIGURATION.resource()))
                                    .map(each -> new NewTopic(topics.changes(each), 1, (short) 1))
                                    .toList())
                    .all()
                    .get();
        }
    }

    private void publish(Kind kind, String name, long revision, String body) throws Exception {
        var change =
                new ChangeMessage(
                        new ObjectKey(kind.resource(), "y", name),
                        new Revision(revision),
                        Revision.NONE,
                        body == null ? Type.DELETED : Type.ADDED,
                        Instant.now().toString(),
                        "test",
                        body == null ? null : body.getBytes(UTF_8));
        try (var producer =
                new KafkaProducer<>(
                        kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(ChangeCodec.encode(topics.changes(kind.resource()), change)).get();
        }
    }
}
