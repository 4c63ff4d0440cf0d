package dev.gantry.client.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

final class ObjectControllerTest {
    private static final Instant NOW = Instant.EPOCH;
    private static final GroupResource NODES = Resources.NODES;
    private static final Resource NODE = node("here");
    private static final Resource BORING = node("boring");
    private static final ObjectKey KEY = NODE.key(NODES);

    private final Controller controller = new Updates();

    @Test
    void looksAtTheObjectThatChanged() {
        assertThat(looks(Optional.empty(), Optional.of(NODE))).containsExactly(KEY);
    }

    @Test
    void looksAtAnObjectThatIsGoneSoThatNothingIsRememberedOfIt() {
        assertThat(looks(Optional.of(NODE), Optional.empty())).containsExactly(KEY);
    }

    @Test
    void doesNotLookAtWhatDoesNotConcernIt() {
        assertThat(looks(Optional.of(NODE), Optional.of(BORING))).isEmpty();
    }

    @Test
    void decidesOnTheObjectAsItIsNow() {
        Plan<Action> plan = controller.reconcile(KEY, new OneObject(NODE), NOW);

        assertThat(plan.actions()).containsExactly(new Action.Update(NODES, NODE));
    }

    @Test
    void hasNothingToDoForWhatIsGoneOrDoesNotConcernIt() {
        ObjectKey gone = new ObjectKey(NODES, "", "gone");

        assertThat(controller.reconcile(gone, new OneObject(NODE), NOW).isSettled()).isTrue();
        assertThat(controller.reconcile(BORING.key(NODES), new OneObject(BORING), NOW).isSettled())
                .isTrue();
    }

    @Test
    void aRemarkIsAboutTheObjectOfTheKeyAndFallsSilentWithIt() {
        var text = EventText.warning("Odd", "It is odd.");

        assertThat(text.about(KEY, new OneObject(NODE)))
                .contains(new Action.RecordEvent(NODES, NODE, true, "Odd", "It is odd."));
        assertThat(text.about(KEY, new OneObject(BORING))).isEmpty();
    }

    private List<ObjectKey> looks(Optional<Resource> before, Optional<Resource> after) {
        List<ObjectKey> looks = new ArrayList<>();
        controller.keysFor(
                new Controller.Change(KEY, before, after), new OneObject(NODE), looks::add);
        return looks;
    }

    private static Resource node(String name) {
        var tree = JsonNodeFactory.instance.objectNode();
        tree.putObject("metadata").put("name", name);
        return new Resource(tree);
    }

    /** Wants every object that is not boring updated. */
    private static final class Updates implements ObjectController {
        @Override
        public String component() {
            return "updates";
        }

        @Override
        public GroupResource resource() {
            return NODES;
        }

        @Override
        public boolean isConcerned(Resource object) {
            return !object.name().equals("boring");
        }

        @Override
        public Plan<Action> reconcile(Resource object, ClusterReader cluster, Instant now) {
            return Plan.of(List.of(new Action.Update(NODES, object)));
        }
    }

    private record OneObject(Resource object) implements ClusterReader {
        @Override
        public Optional<Resource> get(ObjectKey key) {
            return Optional.of(object).filter(each -> each.key(NODES).equals(key));
        }

        @Override
        public List<Resource> list(GroupResource resource) {
            return List.of(object);
        }
    }
}
