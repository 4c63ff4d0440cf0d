package dev.gantry.gateway.flowcontrol;

import dev.gantry.authorization.Access;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * One rule of a schema: who asks, and for what.
 *
 * <p>Compat: matching is that of {@code apiserver/pkg/util/flowcontrol/rule.go}.
 */
record FlowRule(List<Subject> subjects, List<ResourceRule> resources, List<PathRule> paths) {
    private static final String ALL = "*";
    private static final String ACCOUNT = "system:serviceaccount:";

    FlowRule {
        subjects = List.copyOf(subjects);
        resources = List.copyOf(resources);
        paths = List.copyOf(paths);
    }

    static FlowRule of(JsonNode rule) {
        return new FlowRule(
                each(rule.path("subjects"), Subject::of),
                each(rule.path("resourceRules"), ResourceRule::of),
                each(rule.path("nonResourceRules"), PathRule::of));
    }

    boolean matches(Caller caller, Access access) {
        if (!isAbout(caller)) {
            return false;
        }
        if (access.isResource()) {
            for (ResourceRule each : resources) {
                if (each.matches(access)) {
                    return true;
                }
            }
            return false;
        }
        for (PathRule each : paths) {
            if (each.matches(access)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAbout(Caller caller) {
        for (Subject each : subjects) {
            if (each.matches(caller)) {
                return true;
            }
        }
        return false;
    }

    private static <T> List<T> each(JsonNode items, Function<JsonNode, T> reading) {
        List<T> all = new ArrayList<>();
        items.forEach(each -> all.add(reading.apply(each)));
        return all;
    }

    sealed interface Subject {
        boolean matches(Caller caller);

        static Subject of(JsonNode subject) {
            JsonNode account = subject.path("serviceAccount");
            return switch (Resource.text(subject, "kind")) {
                case "Group" -> new Group(Resource.text(subject.path("group"), "name"));
                case "ServiceAccount" ->
                        Account.of(
                                Resource.text(account, "namespace"),
                                Resource.text(account, "name"));
                default -> new User(Resource.text(subject.path("user"), "name"));
            };
        }

        record User(String name) implements Subject {
            @Override
            public boolean matches(Caller caller) {
                return name.equals(ALL) || name.equals(caller.user());
            }
        }

        record Group(String name) implements Subject {
            @Override
            public boolean matches(Caller caller) {
                return name.equals(ALL) || caller.isIn(name);
            }
        }

        /**
         * @param user how the account's user name begins, or the whole of it
         */
        record Account(String user, boolean isOneOfMany) implements Subject {
            static Account of(String namespace, String name) {
                boolean isEach = name.equals(ALL);
                return new Account(ACCOUNT + namespace + ":" + (isEach ? "" : name), isEach);
            }

            @Override
            public boolean matches(Caller caller) {
                return isOneOfMany ? caller.user().startsWith(user) : caller.user().equals(user);
            }
        }
    }

    /**
     * @param coversCluster whether it is also about what belongs to no namespace
     */
    record ResourceRule(
            Texts verbs, Texts groups, Texts resources, Texts namespaces, boolean coversCluster) {
        static ResourceRule of(JsonNode rule) {
            return new ResourceRule(
                    Texts.of(rule.path("verbs")),
                    Texts.of(rule.path("apiGroups")),
                    Texts.of(rule.path("resources")),
                    Texts.of(rule.path("namespaces")),
                    rule.path("clusterScope").asBoolean(false));
        }

        boolean matches(Access access) {
            boolean isInScope =
                    access.namespace().isEmpty()
                            ? coversCluster
                            : namespaces.has(access.namespace());
            return isInScope
                    && verbs.has(access.verb())
                    && groups.has(access.group())
                    && (resources.isAll() || resources.has(access.pluralWithSubresource()));
        }
    }

    record PathRule(Texts verbs, List<String> paths) {
        static PathRule of(JsonNode rule) {
            return new PathRule(
                    Texts.of(rule.path("verbs")),
                    each(rule.path("nonResourceURLs"), path -> path.asString("")));
        }

        boolean matches(Access access) {
            return verbs.has(access.verb()) && covers(access.path());
        }

        private boolean covers(String path) {
            for (String each : paths) {
                boolean isBelow =
                        each.endsWith(ALL) && path.startsWith(each.substring(0, each.length() - 1));
                if (isBelow || each.equals(path)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Names, or all of them. */
    record Texts(boolean isAll, Set<String> names) {
        static Texts of(JsonNode array) {
            Set<String> names = new TreeSet<>(each(array, item -> item.asString("")));
            return new Texts(names.contains(ALL), Set.copyOf(names));
        }

        boolean has(String name) {
            return isAll || names.contains(name);
        }
    }
}
