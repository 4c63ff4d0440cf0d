package dev.gantry.state.secret;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.state.secret.EncryptionConfiguration.Provider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What seals the objects of some resources.
 *
 * @param named a plural {@code *} stands for all of the group, and so does a group {@code *}
 * @param providers of which the first seals
 */
public record EncryptionRule(List<GroupResource> named, List<Provider> providers) {
    private static final String ALL = "*";
    private static final GroupResource EVERYTHING = new GroupResource(ALL, ALL);

    /**
     * Of names as in {@code secrets}, {@code deployments.apps}, {@code *.apps}, {@code *.} (of the
     * core group) and {@code *.*}. Throws IllegalArgumentException where one cannot be meant so.
     *
     * <p>Compat: {@code validateResourceNames}, {@code validateResourceOverlap}.
     */
    static List<GroupResource> named(List<String> names, String at) {
        List<GroupResource> found = new ArrayList<>();
        for (String name : names) {
            GroupResource next = GroupResource.parse(name);
            check(name, next, "%s[%d]".formatted(at, found.size()));
            found.add(next);
        }
        Set<GroupResource> all = new HashSet<>(found);
        boolean overlaps =
                all.contains(EVERYTHING)
                        ? all.size() > 1
                        : all.stream()
                                .anyMatch(
                                        each ->
                                                !each.plural().equals(ALL)
                                                        && all.contains(allOf(each.group())));
        if (all.size() < found.size() || overlaps) {
            throw new IllegalArgumentException(
                    "%s: a resource is named twice, or by its name and by \"*\"".formatted(at));
        }
        return List.copyOf(found);
    }

    private static void check(String name, GroupResource found, String at) {
        if (!name.equals(name.toLowerCase(Locale.ROOT))) {
            throw wrong(at, name, "resource name should not contain capital letters");
        }
        if (name.isEmpty() || name.equals(ALL)) {
            throw wrong(at, name, "use \"*.\" for the core group, or \"*.*\" for all resources");
        }
        if (found.group().equals(ALL) && !found.plural().equals(ALL)) {
            throw wrong(at, name, "encrypting the same resource across groups is not supported");
        }
        if (found.group().equals("events.k8s.io")) {
            throw wrong(at, name, "its objects are stored as \"events\": use that");
        }
        if (found.group().equals("extensions")) {
            throw wrong(at, name, "there is no such group");
        }
    }

    private static IllegalArgumentException wrong(String at, String name, String why) {
        return new IllegalArgumentException("%s: \"%s\": %s".formatted(at, name, why));
    }

    private static GroupResource allOf(String group) {
        return new GroupResource(group, ALL);
    }

    public boolean concerns(GroupResource resource) {
        return named.contains(resource)
                || named.contains(allOf(resource.group()))
                || named.contains(EVERYTHING);
    }

    /** Whether the first provider is anything but {@code identity}. */
    boolean seals() {
        return !(providers.getFirst() instanceof Provider.Identity);
    }
}
