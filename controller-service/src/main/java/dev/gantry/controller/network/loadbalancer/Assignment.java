package dev.gantry.controller.network.loadbalancer;

import dev.gantry.model.address.Address;
import dev.gantry.model.address.Family;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which addresses a Service is to have, or why it gets none.
 *
 * <p>One of each family that it has and that the pool has, its primary family first. Steps for
 * each: the one that it asks for; else the one that it has; else the lowest free one.
 */
sealed interface Assignment {
    record Assigned(List<Address> addresses) implements Assignment {}

    record Impossible(String why) implements Assignment {}

    String SETTING = "gantry.controller.load-balancer-ranges";

    static Assignment of(LoadBalancerView view) {
        List<Family> families = Balanced.families(view.service());
        List<Family> served = families.stream().filter(view.pool()::has).toList();
        boolean needsAll =
                Resource.text(view.service().spec(), "ipFamilyPolicy").equals("RequireDualStack");
        if (served.isEmpty() || (needsAll && served.size() < families.size())) {
            return new Impossible(
                    "the Service needs addresses of %s, and %s names only %s"
                            .formatted(names(families), SETTING, view.pool()));
        }
        String requested = Balanced.requested(view.service());
        return requested.isEmpty()
                ? choose(served, Optional.empty(), view)
                : Address.parse(requested)
                        .<Assignment>map(address -> choose(served, address, view))
                        .orElseGet(
                                () ->
                                        new Impossible(
                                                "loadBalancerIP %s is no IP address"
                                                        .formatted(requested)));
    }

    private static Assignment choose(
            List<Family> served, Address requested, LoadBalancerView view) {
        return refusal(requested, served, view)
                .<Assignment>map(Impossible::new)
                .orElseGet(() -> choose(served, Optional.of(requested), view));
    }

    private static Assignment choose(
            List<Family> served, Optional<Address> requested, LoadBalancerView view) {
        List<Address> chosen = new ArrayList<>();
        for (Family family : served) {
            Optional<Address> address =
                    requested
                            .filter(each -> each.family() == family)
                            .or(() -> kept(family, view))
                            .or(() -> view.pool().free(family, view.taken()::containsKey));
            if (address.isEmpty()) {
                String advice = "delete a Service of type LoadBalancer, or add a range to";
                return new Impossible(
                        "no %s address is free in %s: %s %s"
                                .formatted(family.wire(), view.pool(), advice, SETTING));
            }
            chosen.add(address.get());
        }
        return new Assigned(chosen);
    }

    private static Optional<Address> kept(Family family, LoadBalancerView view) {
        return own(view).filter(each -> each.family() == family).findFirst();
    }

    private static Stream<Address> own(LoadBalancerView view) {
        return Balanced.addresses(view.service(), view.pool()).stream()
                .filter(each -> !view.contested().contains(each));
    }

    private static Optional<String> refusal(
            Address requested, List<Family> served, LoadBalancerView view) {
        if (!view.pool().holds(requested)) {
            return Optional.of(
                    "loadBalancerIP %s is in none of the ranges of %s, %s"
                            .formatted(requested, SETTING, view.pool()));
        }
        if (!served.contains(requested.family())) {
            return Optional.of(
                    "loadBalancerIP %s is of no family of the Service, %s"
                            .formatted(requested, names(served)));
        }
        ObjectKey holder = view.taken().get(requested);
        return holder == null || own(view).anyMatch(requested::equals)
                ? Optional.empty()
                : Optional.of(
                        "loadBalancerIP %s is in use by the Service %s/%s"
                                .formatted(requested, holder.namespace(), holder.name()));
    }

    private static String names(List<Family> families) {
        return families.stream().map(Family::wire).collect(Collectors.joining(" and "));
    }
}
