package dev.gantry.gateway.flowcontrol;

import dev.gantry.authorization.Access;
import dev.gantry.authorization.PolicyRule;
import dev.gantry.model.exchange.Caller;
import java.util.List;

/**
 * Which requests are of a level.
 *
 * @param precedence of several schemas that match, the one with the lowest number decides
 * @param rules one of them allows a request that matches; everything matches where there are none
 */
record FlowSchema(
        String name,
        int precedence,
        PriorityLevel level,
        List<Subject> subjects,
        List<PolicyRule> rules) {
    FlowSchema {
        subjects = List.copyOf(subjects);
        rules = List.copyOf(rules);
    }

    /** Users by name or by how their names begin, or members of a group. */
    sealed interface Subject {
        boolean matches(Caller caller);

        record Group(String name) implements Subject {
            @Override
            public boolean matches(Caller caller) {
                return caller.isIn(name);
            }
        }

        /** Compat: upstream names each user; parts of the platform are known by a prefix here. */
        record UserPrefix(String prefix) implements Subject {
            @Override
            public boolean matches(Caller caller) {
                return caller.user().startsWith(prefix);
            }
        }

        record Everybody() implements Subject {
            @Override
            public boolean matches(Caller caller) {
                return true;
            }
        }
    }

    boolean matches(Caller caller, Access access) {
        return matches(caller) && (rules.isEmpty() || allowsSome(access));
    }

    /** Whether it is about everything that such callers ask. */
    boolean matchesAllOf(Caller caller) {
        return rules.isEmpty() && matches(caller);
    }

    private boolean allowsSome(Access access) {
        for (PolicyRule rule : rules) {
            if (rule.allows(access)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(Caller caller) {
        for (Subject subject : subjects) {
            if (subject.matches(caller)) {
                return true;
            }
        }
        return false;
    }
}
