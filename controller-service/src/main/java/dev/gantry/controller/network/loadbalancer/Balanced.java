package dev.gantry.controller.network.loadbalancer;

import dev.gantry.model.address.Address;
import dev.gantry.model.address.Family;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a Service says about load balancers: what it wants, and what it has. */
final class Balanced {
    /** Compat: of cloud-provider's service controller, too. */
    static final String FINALIZER = "service.kubernetes.io/load-balancer-cleanup";

    /** No class is the default one, which is ours. */
    private static final Set<String> OUR_CLASSES = Set.of("", "gantry.dev/pool");

    private Balanced() {}

    /** Whether it is to have addresses of the pool. */
    static boolean isWanted(Resource service) {
        return Resource.text(service.spec(), "type").equals("LoadBalancer")
                && OUR_CLASSES.contains(Resource.text(service.spec(), "loadBalancerClass"))
                && !service.isBeingDeleted();
    }

    static boolean isMarked(Resource service) {
        return service.finalizers().contains(FINALIZER);
    }

    /** Those of the pool, in the order of its status. */
    static List<Address> addresses(Resource service, AddressPool pool) {
        List<Address> found = new ArrayList<>();
        for (JsonNode each : ingress(service)) {
            Address.parse(Resource.text(each, "ip")).filter(pool::holds).ifPresent(found::add);
        }
        return found;
    }

    static JsonNode ingress(Resource service) {
        return service.status().path("loadBalancer").path("ingress");
    }

    /** Primary first. */
    static List<Family> families(Resource service) {
        List<Family> found = new ArrayList<>();
        service.spec()
                .path("ipFamilies")
                .forEach(each -> Family.parse(each.asString("")).ifPresent(found::add));
        return found;
    }

    /** The address that it asks for, as it is written there; empty where it asks for none. */
    static String requested(Resource service) {
        return Resource.text(service.spec(), "loadBalancerIP");
    }
}
