package dev.gantry.authorization;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What a write of a ResourceClaim's status needs besides the permission for the status: who
 * allocates or reserves the claim may update its {@code binding}, and who tells of a driver's
 * devices the {@code driver} of that name; from the node that has the claim a lesser verb will do.
 *
 * <p>Compat: {@code AuthorizedForBinding} and {@code AuthorizedForDeviceStatus} of
 * pkg/registry/resource (DRAResourceClaimGranularStatusAuthorization).
 */
public final class ClaimRights {
    public static final GroupResource CLAIMS = Resources.RESOURCE_CLAIMS;

    private static final String NODE_NAME = "authentication.kubernetes.io/node-name";
    private static final String ACCOUNT = "system:serviceaccount:";
    private static final String ON_ITS_NODE = "associated-node:";
    private static final String ON_ANY_NODE = "arbitrary-node:";

    private final Caller caller;
    private final String verb;
    private final Function<Access, Verdict> judge;

    /**
     * @param verb update or patch
     */
    public ClaimRights(Caller caller, String verb, Function<Access, Verdict> judge) {
        this.caller = caller;
        this.verb = verb;
        this.judge = judge;
    }

    /** Empty where the caller may write this. */
    public Optional<Refusal> refusal(Resource wanted, Resource stored) {
        List<FieldError> errors = new ArrayList<>();
        bindingError(wanted, stored).ifPresent(errors::add);
        for (String each : changedDrivers(wanted, stored)) {
            driverError(each, wanted).ifPresent(errors::add);
        }
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Refusal.Invalid(CLAIMS.group(), wanted.kind(), wanted.name(), errors));
    }

    private Optional<FieldError> bindingError(Resource wanted, Resource stored) {
        boolean isAsBefore =
                isSame("allocation", wanted, stored) && isSame("reservedFor", wanted, stored);
        if (isAsBefore || may(binding())) {
            return Optional.empty();
        }
        String why =
                "changing status.allocation or status.reservedFor requires"
                        + " resource=\"resourceclaims/binding\", verb=\"%s\" permission: %s";
        return Optional.of(
                FieldError.forbidden("status", why.formatted(verb, sentence(binding()))));
    }

    private Optional<FieldError> driverError(String driver, Resource wanted) {
        List<String> verbs = new ArrayList<>();
        if (isFromNodeOf(wanted)) {
            verbs.add(ON_ITS_NODE);
        }
        verbs.add(ON_ANY_NODE);
        String namespace = wanted.namespace();
        if (verbs.stream().anyMatch(each -> may(driver(each, namespace, driver)))) {
            return Optional.empty();
        }
        List<String> named = verbs.stream().map(each -> each + verb).toList();
        String why =
                "changing status.devices requires resource=\"resourceclaims/driver\","
                        + " verb=\"[%s]\" permission: %s";
        return Optional.of(
                FieldError.forbidden(
                        "status.devices",
                        why.formatted(
                                String.join(" ", named),
                                sentence(driver(verbs.getFirst(), namespace, driver)))));
    }

    /** Compat: for claims of all namespaces and names at once. */
    private Access binding() {
        return Access.resource(verb, CLAIMS, "binding", "", "");
    }

    private Access driver(String prefix, String namespace, String driver) {
        return Access.resource(prefix + verb, CLAIMS, "driver", namespace, driver);
    }

    private boolean may(Access access) {
        return judge.apply(access).isAllowed();
    }

    private String sentence(Access access) {
        String reason = judge.apply(access).reason();
        return ForbiddenText.refusal(caller.user(), access, reason).message();
    }

    private static boolean isSame(String field, Resource one, Resource other) {
        JsonNode of = one.status().path(field);
        JsonNode than = other.status().path(field);
        return of.equals(than) || of.isEmpty() && than.isEmpty();
    }

    /** Those of which an entry came, went, or became another. */
    private static SortedSet<String> changedDrivers(Resource wanted, Resource stored) {
        Map<List<String>, JsonNode> before = byDevice(stored);
        Map<List<String>, JsonNode> now = byDevice(wanted);
        SortedSet<String> drivers = new TreeSet<>();
        now.forEach(
                (device, entry) -> {
                    if (!entry.equals(before.remove(device))) {
                        drivers.add(device.getFirst());
                    }
                });
        before.keySet().forEach(device -> drivers.add(device.getFirst()));
        return drivers;
    }

    private static Map<List<String>, JsonNode> byDevice(Resource claim) {
        Map<List<String>, JsonNode> found = new HashMap<>();
        for (JsonNode each : claim.status().path("devices")) {
            List<String> device =
                    List.of(
                            Resource.text(each, "driver"),
                            Resource.text(each, "pool"),
                            Resource.text(each, "device"),
                            Resource.text(each, "shareID"));
            found.put(device, each);
        }
        return found;
    }

    /** Whether the caller's token is bound to the one node that can use the claim. */
    private boolean isFromNodeOf(Resource claim) {
        List<String> nodes = caller.extra().getOrDefault(NODE_NAME, List.of());
        return caller.user().startsWith(ACCOUNT)
                && nodes.size() == 1
                && !nodes.getFirst().isEmpty()
                && nodes.equals(nodesOf(claim));
    }

    private static List<String> nodesOf(Resource claim) {
        JsonNode terms = claim.status().at("/allocation/nodeSelector/nodeSelectorTerms");
        JsonNode term = terms.path(0);
        JsonNode field = term.path("matchFields").path(0);
        boolean isByName =
                terms.size() == 1
                        && term.path("matchExpressions").isEmpty()
                        && term.path("matchFields").size() == 1
                        && Resource.text(field, "key").equals("metadata.name")
                        && Resource.text(field, "operator").equals("In");
        List<String> names = new ArrayList<>();
        if (isByName) {
            field.path("values").forEach(each -> names.add(each.asString("")));
        }
        return names;
    }
}
