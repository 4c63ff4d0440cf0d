package dev.gantry.gateway.flowcontrol;

import dev.gantry.authorization.Access;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;

/**
 * Which requests are of a level, and which of them belong together.
 *
 * @param uid empty where there is no such object, and the schema has to be there all the same
 * @param precedence of several schemas that match, the one with the lowest number decides
 * @param level by its name
 */
public record FlowSchema(
        String name,
        String uid,
        int precedence,
        String level,
        Distinguisher distinguisher,
        List<FlowRule> rules) {
    private static final int DEFAULT_PRECEDENCE = 1_000;

    /** What tells one flow of a schema from the others. */
    public enum Distinguisher {
        NONE,
        BY_USER,
        BY_NAMESPACE;

        private static Distinguisher of(String written) {
            return switch (written) {
                case "ByUser" -> BY_USER;
                case "ByNamespace" -> BY_NAMESPACE;
                default -> NONE;
            };
        }
    }

    public FlowSchema {
        rules = List.copyOf(rules);
    }

    static FlowSchema of(Resource object) {
        List<FlowRule> rules = new ArrayList<>();
        object.spec().path("rules").forEach(each -> rules.add(FlowRule.of(each)));
        return new FlowSchema(
                object.name(),
                object.uid().value(),
                object.spec().path("matchingPrecedence").asInt(DEFAULT_PRECEDENCE),
                levelOf(object),
                Distinguisher.of(Resource.text(object.spec().path("distinguisherMethod"), "type")),
                rules);
    }

    static String levelOf(Resource object) {
        return Resource.text(object.spec().path("priorityLevelConfiguration"), "name");
    }

    boolean matches(Caller caller, Access access) {
        for (FlowRule each : rules) {
            if (each.matches(caller, access)) {
                return true;
            }
        }
        return false;
    }

    /** By which the flow of a request chooses its queues. */
    public long flowOf(Caller caller, Access access) {
        return ShuffleSharding.hash(name, distinguisherOf(caller, access));
    }

    /** What tells the flow of a request from the others of this schema. */
    public String distinguisherOf(Caller caller, Access access) {
        return switch (distinguisher) {
            case NONE -> "";
            case BY_USER -> caller.user();
            case BY_NAMESPACE -> access.namespace();
        };
    }
}
