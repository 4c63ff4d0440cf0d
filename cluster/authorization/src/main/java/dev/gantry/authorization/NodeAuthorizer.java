package dev.gantry.authorization;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What a node's agent may do: see to its own pods, and to what they refer to.
 *
 * <p>Compat: {@code plugin/pkg/auth/authorizer/node}, with one difference: a pod that does not
 * exist may be asked for, so that the agent hears that it is gone and not that it may not know.
 */
public final class NodeAuthorizer {
    private static final String GROUP = "system:nodes";
    private static final String PREFIX = "system:node:";
    private static final String LEASES = "kube-node-lease";
    private static final JsonNode NOTHING = MissingNode.getInstance();

    /** What is bound where; looked up only when a verdict depends on it. */
    public interface PodsView {
        Optional<Resource> pod(String namespace, String name);

        List<Resource> podsOf(String node, String namespace);

        /** A PersistentVolume. */
        Optional<Resource> volume(String name);

        /** A VolumeAttachment. */
        Optional<Resource> attachment(String name);
    }

    private final PodsView view;

    public NodeAuthorizer(PodsView view) {
        this.view = view;
    }

    /** Empty where the caller is no node. */
    public static Optional<String> nodeOf(Caller caller) {
        boolean isNode = caller.user().startsWith(PREFIX) && caller.isIn(GROUP);
        return isNode ? Optional.of(caller.user().substring(PREFIX.length())) : Optional.empty();
    }

    public Verdict judge(String node, Access access) {
        if (!access.isResource()) {
            return new Verdict.NoOpinion("");
        }
        String resource =
                access.group().isEmpty() ? access.plural() : access.plural() + "." + access.group();
        return switch (resource) {
            case "secrets" -> related(node, access, PodReferences::secrets);
            case "configmaps" -> related(node, access, PodReferences::configMaps);
            case "persistentvolumeclaims" -> related(node, access, PodReferences::claims);
            case "persistentvolumes" -> individual(node, access, this::isVolumeOf);
            case "volumeattachments.storage.k8s.io" ->
                    individual(node, access, this::isAttachmentOf);
            case "resourceclaims.resource.k8s.io" ->
                    related(node, access, PodReferences::deviceClaims);
            case "serviceaccounts" -> serviceAccount(node, access);
            case "pods" -> pods(node, access);
            case "nodes" -> nodes(node, access);
            case "leases.coordination.k8s.io" -> lease(node, access);
            case "csinodes.storage.k8s.io" -> ownCsiNode(node, access);
            case "resourceslices.resource.k8s.io" -> slices(node, access);
            default -> byRules(access);
        };
    }

    private static Verdict byRules(Access access) {
        for (PolicyRule rule : NodeRules.RULES) {
            if (rule.allows(access)) {
                return new Verdict.Allowed("");
            }
        }
        return new Verdict.NoOpinion("");
    }

    private Verdict related(
            String node, Access access, Function<PodReferences, java.util.Set<String>> names) {
        if (!access.subresource().isEmpty() || !isRead(access)) {
            return new Verdict.NoOpinion("can only read resources of this type");
        }
        if (access.namespace().isEmpty() || access.name().isEmpty()) {
            return new Verdict.NoOpinion("can only read namespaced object of this type");
        }
        for (Resource pod : view.podsOf(node, access.namespace())) {
            if (names.apply(PodReferences.of(pod)).contains(access.name())) {
                return new Verdict.Allowed("");
            }
        }
        return unrelated(node);
    }

    /**
     * @param isRelated whether the object of this name is the node's matter
     */
    private static Verdict individual(
            String node, Access access, BiPredicate<String, String> isRelated) {
        if (!access.verb().equals("get")) {
            return new Verdict.NoOpinion("can only get individual resources of this type");
        }
        if (!access.subresource().isEmpty()) {
            return new Verdict.NoOpinion("cannot get subresource");
        }
        return isRelated.test(node, access.name()) ? new Verdict.Allowed("") : unrelated(node);
    }

    /** A volume is a node's matter while it is bound to a claim of one of the node's pods. */
    private boolean isVolumeOf(String node, String name) {
        JsonNode claim =
                view.volume(name).map(each -> each.spec().path("claimRef")).orElse(NOTHING);
        return claim.isObject()
                && view.podsOf(node, Resource.text(claim, "namespace")).stream()
                        .map(pod -> PodReferences.of(pod).claims())
                        .anyMatch(claims -> claims.contains(Resource.text(claim, "name")));
    }

    private boolean isAttachmentOf(String node, String name) {
        return view.attachment(name)
                .filter(each -> Resource.text(each.spec(), "nodeName").equals(node))
                .isPresent();
    }

    /**
     * Compat: {@code authorizeResourceSlice}; admission sees to it that the slice is the node's.
     */
    private static Verdict slices(String node, Access access) {
        if (!access.subresource().isEmpty()) {
            return new Verdict.NoOpinion("cannot authorize ResourceSlice subresources");
        }
        return switch (access.verb()) {
            case "get", "create", "update", "patch", "delete" -> new Verdict.Allowed("");
            case "list", "watch", "deletecollection" ->
                    access.demanded("spec.nodeName").equals(node)
                            ? new Verdict.Allowed("")
                            : new Verdict.NoOpinion(
                                    "can only list/watch/deletecollection resourceslices with"
                                            + " nodeName field selector");
            default ->
                    new Verdict.NoOpinion(
                            "only the following verbs are allowed for a ResourceSlice: get, watch,"
                                    + " list, create, update, patch, delete, deletecollection");
        };
    }

    /** A node makes tokens for the accounts of its own pods; it also reads those accounts. */
    private Verdict serviceAccount(String node, Access access) {
        boolean makesToken = access.verb().equals("create") && access.subresource().equals("token");
        boolean reads = access.verb().equals("get") && access.subresource().isEmpty();
        if (!makesToken && !reads) {
            return new Verdict.NoOpinion("can only create tokens for individual service accounts");
        }
        for (Resource pod : view.podsOf(node, access.namespace())) {
            if (PodReferences.of(pod).serviceAccount().equals(access.name())) {
                return new Verdict.Allowed("");
            }
        }
        return unrelated(node);
    }

    private Verdict pods(String node, Access access) {
        return switch (access.subresource()) {
            case "" -> wholePods(node, access);
            case "status" -> isUpdate(access) ? ownPod(node, access) : new Verdict.NoOpinion("");
            case "eviction" ->
                    access.verb().equals("create")
                            ? ownPod(node, access)
                            : new Verdict.NoOpinion("");
            default -> new Verdict.NoOpinion("");
        };
    }

    private Verdict wholePods(String node, Access access) {
        return switch (access.verb()) {
            case "get", "delete" -> ownPod(node, access);
            case "list", "watch" -> {
                if (access.demanded("spec.nodeName").equals(node)) {
                    yield new Verdict.Allowed("");
                }
                yield access.name().isEmpty()
                        ? new Verdict.NoOpinion(
                                "can only list/watch pods with spec.nodeName field selector")
                        : ownPod(node, access);
            }
            default -> new Verdict.NoOpinion("");
        };
    }

    private Verdict ownPod(String node, Access access) {
        Optional<Resource> pod = view.pod(access.namespace(), access.name());
        boolean isOurs = pod.isEmpty() || Resource.text(pod.get().spec(), "nodeName").equals(node);
        return isOurs ? new Verdict.Allowed("") : unrelated(node);
    }

    /** Every node's addresses and pod ranges are read, since agents route between nodes. */
    private static Verdict nodes(String node, Access access) {
        boolean isWhole = access.subresource().isEmpty();
        boolean isStatus = access.subresource().equals("status");
        if (isWhole && (isRead(access) || access.verb().equals("create"))) {
            return new Verdict.Allowed("");
        }
        if ((isWhole || isStatus) && isUpdate(access)) {
            return access.name().equals(node)
                    ? new Verdict.Allowed("")
                    : new Verdict.NoOpinion(
                            "node '%s' cannot change node '%s', only its own Node object"
                                    .formatted(node, access.name()));
        }
        return new Verdict.NoOpinion("");
    }

    private static Verdict lease(String node, Access access) {
        boolean isRightPlace = access.namespace().equals(LEASES) && access.subresource().isEmpty();
        boolean isRightName = access.name().equals(node) || access.verb().equals("create");
        return switch (access.verb()) {
            case "get", "create", "update", "patch", "delete" ->
                    isRightPlace && isRightName
                            ? new Verdict.Allowed("")
                            : new Verdict.NoOpinion(
                                    "can only access node lease with the same name as the"
                                            + " requesting node");
            default ->
                    new Verdict.NoOpinion(
                            "can only get, create, update, patch, or delete a node lease");
        };
    }

    private static Verdict ownCsiNode(String node, Access access) {
        boolean isOwn = access.name().equals(node) || access.verb().equals("create");
        return switch (access.verb()) {
            case "get", "create", "update", "patch", "delete" ->
                    isOwn
                            ? new Verdict.Allowed("")
                            : new Verdict.NoOpinion(
                                    "can only access CSINode with the same name as the requesting"
                                            + " node");
            default -> new Verdict.NoOpinion("");
        };
    }

    private static boolean isRead(Access access) {
        return switch (access.verb()) {
            case "get", "list", "watch" -> true;
            default -> false;
        };
    }

    private static boolean isUpdate(Access access) {
        return access.verb().equals("update") || access.verb().equals("patch");
    }

    private static Verdict unrelated(String node) {
        return new Verdict.NoOpinion(
                "no relationship found between node '%s' and this object".formatted(node));
    }
}
