package dev.gantry.state.definition;

import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.strategy.SubresourceRules;
import dev.gantry.state.subresource.Scale;
import java.util.List;

/** Something below the objects of a resource. */
public sealed interface Subresource {
    List<String> CHANGES = List.of("get", "patch", "update");
    List<String> CONNECTS = List.of("create", "get");
    List<String> PROXIES = List.of("create", "delete", "get", "patch", "update");

    String name();

    List<String> verbs();

    /** What its bodies are. {@code own} is the kind of the objects. */
    GroupVersionKind body(GroupVersionKind own);

    /** A part of the stored object, read and written as the whole object. */
    record Stored(SubresourceRules rules, List<String> verbs) implements Subresource {
        @Override
        public String name() {
            return rules.subresource();
        }

        @Override
        public GroupVersionKind body(GroupVersionKind own) {
            return own;
        }
    }

    /** The number of replicas, as a Scale. */
    record Scaled(Scale scale, SubresourceRules rules) implements Subresource {
        @Override
        public String name() {
            return rules.subresource();
        }

        @Override
        public List<String> verbs() {
            return CHANGES;
        }

        @Override
        public GroupVersionKind body(GroupVersionKind own) {
            return Scale.KIND;
        }
    }

    /** Something that is done to the object, or with it. */
    record Action(String name, GroupVersionKind body, Operation operation) implements Subresource {
        @Override
        public List<String> verbs() {
            return List.of("create");
        }

        @Override
        public GroupVersionKind body(GroupVersionKind own) {
            return body;
        }
    }

    /** What an action does. */
    enum Operation {
        BIND,
        EVICT,
        ISSUE_TOKEN
    }

    /** A connection to where the object runs: the gateway answers it. */
    record Connect(String name, GroupVersionKind body, List<String> verbs) implements Subresource {
        @Override
        public GroupVersionKind body(GroupVersionKind own) {
            return body;
        }
    }
}
