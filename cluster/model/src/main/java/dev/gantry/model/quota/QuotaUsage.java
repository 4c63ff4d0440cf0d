package dev.gantry.model.quota;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What one object takes. Compat: the evaluators of {@code pkg/quota/v1/evaluator/core}.
 *
 * <p>Example: a Service of type NodePort with two ports takes {@code services: 1}, {@code
 * count/services: 1} and {@code services.nodeports: 2}.
 */
public final class QuotaUsage {
    private static final Quantity ONE = count(1);
    private static final String OF_CLASS = ".storageclass.storage.k8s.io/";

    /** Resources that have names of their own from before there was {@code count/}. */
    private static final Set<String> COUNTED =
            Set.of(
                    "configmaps",
                    "persistentvolumeclaims",
                    "replicationcontrollers",
                    "resourcequotas",
                    "secrets",
                    "services");

    private QuotaUsage() {}

    /**
     * @param now pods that should have gone by then take nothing but their place among objects
     */
    public static SortedMap<String, Quantity> of(
            GroupResource resource, Resource object, Instant now) {
        SortedMap<String, Quantity> taken = new TreeMap<>();
        String group = resource.group().isEmpty() ? "" : "." + resource.group();
        taken.put("count/" + resource.plural() + group, ONE);
        if (resource.group().isEmpty() && COUNTED.contains(resource.plural())) {
            taken.put(resource.plural(), ONE);
        }
        if (resource.equals(Resources.PODS) && PodUsage.isCharged(object, now)) {
            PodUsage.add(object, taken);
        } else if (resource.equals(Resources.SERVICES)) {
            service(object.spec(), taken);
        } else if (resource.equals(Resources.PERSISTENT_VOLUME_CLAIMS)) {
            claim(object, taken);
        } else if (resource.equals(Resources.RESOURCE_CLAIMS)) {
            DeviceUsage.add(object.spec(), taken);
        }
        return taken;
    }

    /** Whether a limit of this name is about objects of the resource. Compat: MatchingResources. */
    public static boolean isOf(GroupResource resource, String name) {
        String group = resource.group().isEmpty() ? "" : "." + resource.group();
        if (name.equals("count/" + resource.plural() + group)) {
            return true;
        }
        if (resource.equals(Resources.PODS)) {
            return PodUsage.isOfPods(name);
        }
        if (!resource.group().isEmpty()) {
            return resource.equals(Resources.RESOURCE_CLAIMS) && DeviceUsage.isOfDevices(name);
        }
        boolean isPlain = COUNTED.contains(resource.plural()) && name.equals(resource.plural());
        return switch (resource.plural()) {
            case "services" -> isPlain || name.startsWith("services.");
            case "persistentvolumeclaims" ->
                    isPlain || name.equals("requests.storage") || name.contains(OF_CLASS);
            default -> isPlain;
        };
    }

    static Quantity count(long number) {
        return new Quantity(BigDecimal.valueOf(number), Quantity.Format.DECIMAL_SI);
    }

    private static void service(JsonNode spec, SortedMap<String, Quantity> taken) {
        String type = Resource.text(spec, "type");
        boolean isBalancer = type.equals("LoadBalancer");
        taken.put("services.loadbalancers", count(isBalancer ? 1 : 0));
        taken.put("services.nodeports", Quantity.ZERO);
        boolean allocatesPorts = spec.path("allocateLoadBalancerNodePorts").asBoolean(true);
        if (type.equals("NodePort") || isBalancer && allocatesPorts) {
            taken.put("services.nodeports", count(spec.path("ports").size()));
        } else if (isBalancer) {
            int given = 0;
            for (JsonNode port : spec.path("ports")) {
                given += port.path("nodePort").asInt(0) == 0 ? 0 : 1;
            }
            taken.put("services.nodeports", count(given));
        }
    }

    /** Compat: the annotation of old counts before the field. */
    private static void claim(Resource claim, SortedMap<String, Quantity> taken) {
        String old = claim.annotations().get("volume.beta.kubernetes.io/storage-class");
        String name = old == null ? Resource.text(claim.spec(), "storageClassName") : old;
        Quantity.parse(claim.spec().at("/resources/requests/storage").asString(""))
                .ifPresent(
                        amount -> {
                            taken.put("requests.storage", amount);
                            if (!name.isEmpty()) {
                                taken.put(name + OF_CLASS + "requests.storage", amount);
                            }
                        });
        if (!name.isEmpty()) {
            taken.put(name + OF_CLASS + "persistentvolumeclaims", ONE);
        }
    }
}
