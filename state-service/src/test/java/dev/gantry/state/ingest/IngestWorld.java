package dev.gantry.state.ingest;

import static dev.gantry.state.log.Samples.NOON;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.memory.ObjectEncoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A pod that waits, a node, and what a word about the pod makes of what else is stored. */
final class IngestWorld {
    private static final ObjectEncoder ENCODER = new ObjectEncoder((_, _) -> Map.of());

    private final Map<ObjectKey, StoredObject> stored = new HashMap<>();

    IngestWorld() {
        store(Kinds.NODE, "{'metadata':{'name':'node-a','uid':'n'}}", 1);
        store(
                Kinds.POD,
                "{'metadata':{'name':'web','namespace':'default','uid':'pod-uid'},'spec':{}}",
                2);
    }

    Map<String, Resource> committed(Binding binding) {
        var verdict = (Verdict.Commit) decide(binding);
        Map<String, Resource> written = new HashMap<>();
        for (Change each : verdict.group()) {
            if (!each.key().resource().equals(Resources.EVENTS)) {
                written.put(each.key().name(), each.object().orElseThrow());
            }
        }
        return written;
    }

    String refusal(Binding binding) {
        return ((Verdict.Reject) decide(binding)).why();
    }

    Verdict decide(Binding binding) {
        return BindingDecider.decide(binding, key -> Optional.ofNullable(stored.get(key)), NOON);
    }

    void store(Kind kind, String json, long revision) {
        var object = new Resource(tree(json));
        ObjectKey key = object.key(kind.resource());
        object.mutableMetadata().put("resourceVersion", Long.toString(revision));
        stored.put(key, ENCODER.encode(key, object).at(new Revision(revision)));
    }

    void podHasLeft() {
        stored.remove(new ObjectKey(Resources.PODS, "default", "web"));
    }

    static Binding placed(Effect... effects) {
        return word("node-a", effects);
    }

    static Binding preparing(Effect effect) {
        return new Binding(
                        new Binding.Pod("default", "web", new Uid("pod-uid")),
                        1,
                        "",
                        new Binding.Grounds("", "waiting for binding conditions", ""))
                .nominating("node-a", List.of())
                .withEffects(List.of(effect.toJson()));
    }

    static Binding badNews(Effect effect) {
        return new Binding(
                        new Binding.Pod("default", "web", new Uid("pod-uid")),
                        1,
                        "",
                        new Binding.Grounds("Unschedulable", "no room", ""))
                .withEffects(List.of(effect.toJson()));
    }

    static Binding word(String node, Effect... effects) {
        return new Binding(
                        new Binding.Pod("default", "web", new Uid("pod-uid")),
                        1,
                        node,
                        Binding.Grounds.NONE)
                .withEffects(Effect.toJson(Arrays.asList(effects)));
    }

    static ObjectNode tree(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"'));
    }
}
