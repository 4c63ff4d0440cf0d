package dev.gantry.state.shell.api;

import static dev.gantry.state.shell.api.WebhookWorld.CONFIG_MAPS;
import static dev.gantry.state.shell.api.WebhookWorld.json;
import static dev.gantry.state.shell.webhook.WebhookServer.allowed;
import static dev.gantry.state.shell.webhook.WebhookServer.denied;
import static dev.gantry.state.shell.webhook.WebhookServer.patch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.state.shell.api.TestApi.Answer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the audit log is told of the calls of webhooks. */
class WebhookAnnotationsTest {
    private static final String MUTATION = "mutation.webhook.admission.k8s.io/";
    private static final String PATCH = "patch.webhook.admission.k8s.io/";

    private WebhookWorld world;

    @BeforeEach
    void start() throws InterruptedException {
        world = new WebhookWorld();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void eachMutatingWebhookAndWhatItChanged() {
        world.answers("a", _ -> patch("[{'path':'/data/b','op':'add','value':'<2>'}]"));
        world.answers("c", _ -> allowed());
        world.mutating("a", CONFIG_MAPS, "");
        world.mutating("b", WebhookWorld.rule("CREATE", "", "v1", "pods"), "");
        world.mutating("c", CONFIG_MAPS, "");

        assertThat(annotations(world.createMap("x")))
                .containsExactlyInAnyOrderEntriesOf(
                        new TreeMap<>(
                                Map.of(
                                        MUTATION + "round_0_index_0",
                                        mutation("a", true),
                                        PATCH + "round_0_index_0",
                                        json(
                                                "{'configuration':'a','webhook':'a.example.com','patch':"
                                                        + "[{'op':'add','path':'/data/b','value':'\\u003c2\\u003e'}],"
                                                        + "'patchType':'JSONPatch'}"),
                                        MUTATION + "round_0_index_2",
                                        mutation("c", false))));
    }

    @Test
    void oneThatIsAskedAgainIsToldOfTwice() {
        world.answers("a", _ -> allowed());
        world.answers("b", _ -> patch("[{'op':'add','path':'/data/b','value':'2'}]"));
        world.mutating("a", CONFIG_MAPS, "'reinvocationPolicy':'IfNeeded'");
        world.mutating("b", CONFIG_MAPS, "");

        assertThat(annotations(world.createMap("x")))
                .containsEntry(MUTATION + "round_0_index_0", mutation("a", false))
                .containsEntry(MUTATION + "round_0_index_1", mutation("b", true))
                .containsEntry(MUTATION + "round_1_index_0", mutation("a", false))
                .hasSize(4);
    }

    @Test
    void aPatchThatChangesNothingIsToldAndOneWithoutOperationsIsNone() {
        world.answers("a", _ -> patch("[{'op':'replace','path':'/data/a','value':'1'}]"));
        world.answers("b", _ -> patch("[]"));
        world.mutating("a", CONFIG_MAPS, "");
        world.mutating("b", CONFIG_MAPS, "");

        assertThat(annotations(world.createMap("x")).keySet())
                .containsExactly(
                        MUTATION + "round_0_index_0",
                        MUTATION + "round_0_index_1",
                        PATCH + "round_0_index_0");
    }

    @Test
    void whoRefusesChangedNothing() {
        world.answers("a", _ -> denied("{}"));
        world.mutating("a", CONFIG_MAPS, "");

        assertThat(annotations(world.createMap("x")))
                .containsOnlyKeys(MUTATION + "round_0_index_0")
                .containsValue(mutation("a", false));
    }

    @Test
    void thoseThatFailedOpenAreNamed() {
        world.mutating("a", CONFIG_MAPS, "'failurePolicy':'Ignore'");
        world.validating("b", WebhookWorld.rule("CREATE", "", "v1", "pods"), "");
        world.validating("c", CONFIG_MAPS, "'failurePolicy':'Ignore'");
        world.server.close();

        Answer made = world.createMap("x");

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(annotations(made))
                .containsEntry(
                        "failed-open.mutation.webhook.admission.k8s.io/round_0_index_0",
                        "a.example.com")
                .containsEntry(
                        "failed-open.validating.webhook.admission.k8s.io/round_0_index_0",
                        "c.example.com")
                .containsEntry(MUTATION + "round_0_index_0", mutation("a", false))
                .hasSize(3);
    }

    private static String mutation(String name, boolean isMutated) {
        return json(
                "{'configuration':'%1$s','webhook':'%1$s.example.com','mutated':%2$s}"
                        .formatted(name, isMutated));
    }

    private static SortedMap<String, String> annotations(Answer answer) {
        SortedMap<String, String> found = new TreeMap<>();
        JsonMapper.shared()
                .readTree(answer.headers().getOrDefault(ApiReply.AUDIT_ANNOTATIONS, "{}"))
                .properties()
                .forEach(each -> found.put(each.getKey(), each.getValue().asString()));
        return found;
    }
}
