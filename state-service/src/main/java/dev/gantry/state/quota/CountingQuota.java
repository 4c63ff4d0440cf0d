package dev.gantry.state.quota;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.model.quota.QuotaScopes;
import dev.gantry.model.quota.QuotaUsage;
import dev.gantry.state.apply.NotedFields;
import dev.gantry.state.log.Change;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** A ResourceQuota, as its status tells: what is allowed, and what is used of it. */
record CountingQuota(
        Resource quota, SortedMap<String, Quantity> hard, SortedMap<String, Quantity> used) {
    CountingQuota(Resource quota) {
        this(
                quota,
                PodResources.amounts(quota.status().path("hard")),
                PodResources.amounts(quota.status().path("used")));
    }

    /** Whether it limits something of such objects, and its scopes match this one. */
    boolean counts(GroupResource resource, Resource object) {
        return !limits(resource).isEmpty() && QuotaScopes.count(quota.spec(), resource, object);
    }

    /** Why no such object can be counted, whatever is left. */
    Optional<String> unfit(GroupResource resource, Resource object) {
        Set<String> limits = limits(resource);
        if (resource.equals(Resources.PODS)) {
            Optional<String> unsaid = PodConstraints.unsaid(limits, object.spec());
            if (unsaid.isPresent()) {
                return Optional.of("failed quota: %s: %s".formatted(quota.name(), unsaid.get()));
            }
        }
        return used.keySet().containsAll(limits)
                ? Optional.empty()
                : Optional.of(
                        "status unknown for quota: %s, resources: %s"
                                .formatted(quota.name(), String.join(",", limits)));
    }

    /** What of the usage this quota limits; nothing that is zero. */
    SortedMap<String, Quantity> share(SortedMap<String, Quantity> usage) {
        SortedMap<String, Quantity> share = new TreeMap<>(usage);
        share.keySet().retainAll(hard.keySet());
        share.values().removeIf(amount -> amount.signum() == 0);
        return share;
    }

    /** Example: {@code exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2}. */
    Optional<String> exceeded(SortedMap<String, Quantity> taken) {
        Set<String> over = new TreeSet<>();
        taken.forEach(
                (name, amount) -> {
                    if (together(name, amount).compareTo(hard.getOrDefault(name, Quantity.ZERO))
                            > 0) {
                        over.add(name);
                    }
                });
        return over.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "exceeded quota: %s, requested: %s, used: %s, limited: %s"
                                .formatted(
                                        quota.name(),
                                        written(over, taken),
                                        written(over, used),
                                        written(over, hard)));
    }

    Change charged(SortedMap<String, Quantity> taken, String actor, Instant now) {
        Resource charged = quota.copy();
        ObjectNode amounts = Resource.child(Resource.child(charged.tree(), "status"), "used");
        taken.forEach((name, amount) -> amounts.put(name, together(name, amount).toString()));
        NotedFields.ofServer(now).status(charged, quota);
        return new Change(
                quota.key(Resources.RESOURCE_QUOTAS),
                quota.revision(),
                Optional.of(charged),
                actor,
                now);
    }

    /** What is taken beyond what was taken before; what became less is not given back here. */
    static SortedMap<String, Quantity> more(
            SortedMap<String, Quantity> now, SortedMap<String, Quantity> before) {
        SortedMap<String, Quantity> more = new TreeMap<>();
        now.forEach(
                (name, amount) -> {
                    Quantity rest = amount.minus(before.getOrDefault(name, Quantity.ZERO));
                    if (rest.signum() > 0) {
                        more.put(name, rest);
                    }
                });
        return more;
    }

    private Set<String> limits(GroupResource resource) {
        return hard.keySet().stream()
                .filter(name -> QuotaUsage.isOf(resource, name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Quantity together(String name, Quantity amount) {
        return used.getOrDefault(name, Quantity.ZERO).plus(amount);
    }

    private static String written(Set<String> names, SortedMap<String, Quantity> amounts) {
        return names.stream()
                .filter(amounts::containsKey)
                .map(name -> name + "=" + amounts.get(name))
                .collect(Collectors.joining(","));
    }
}
