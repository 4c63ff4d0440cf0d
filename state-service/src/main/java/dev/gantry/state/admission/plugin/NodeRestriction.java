package dev.gantry.state.admission.plugin;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.AdmissionRequest.Operation;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.admission.MutatingPlugin;
import dev.gantry.state.validation.Sameness;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a node may write with its own identity: itself, the pods bound to it, its Lease.
 *
 * <p>Compat: {@code plugin/pkg/admission/noderestriction}.
 */
final class NodeRestriction implements MutatingPlugin {
    private static final String USER_PREFIX = "system:node:";
    private static final String GROUP = "system:nodes";
    private static final String MIRROR = "kubernetes.io/config.mirror";

    private static final Map<GroupResource, Rule> RULES =
            Map.of(
                    Resources.PODS, (request, node, _) -> pod(request, node),
                    Resources.NODES, (request, node, _) -> node(request, node),
                    Resources.LEASES, (request, node, _) -> lease(request, node),
                    Resources.SERVICE_ACCOUNTS, NodeRestriction::token,
                    Resources.CSI_NODES, (request, node, _) -> csiNode(request, node),
                    Resources.RESOURCE_SLICES, (request, node, _) -> slice(request, node));

    @Override
    public Optional<Refusal> admit(AdmissionRequest request, ClusterView view) {
        // Compat: connections are not looked at.
        Optional<String> node =
                request.operation() == Operation.CONNECT
                        ? Optional.empty()
                        : nodeOf(request.caller());
        Rule rule = node.isEmpty() ? null : RULES.get(request.kind().resource());
        return rule == null ? Optional.empty() : rule.check(request, node.get(), view);
    }

    private interface Rule {
        Optional<Refusal> check(AdmissionRequest request, String node, ClusterView view);
    }

    private static Optional<String> nodeOf(Caller caller) {
        return caller.isIn(GROUP) && caller.user().startsWith(USER_PREFIX)
                ? Optional.of(caller.user().substring(USER_PREFIX.length()))
                : Optional.empty();
    }

    private static Optional<Refusal> pod(AdmissionRequest request, String node) {
        return switch (request.subresource()) {
            case "" -> podItself(request, node);
            case "status" -> podStatus(request, node);
            case "eviction" -> bound(request, node, "create", "evictions for ");
            default ->
                    refuse(
                            request,
                            "unexpected pod subresource \"%s\", only 'status' and 'eviction' are"
                                            .formatted(request.subresource())
                                    + " allowed");
        };
    }

    private static Optional<Refusal> podItself(AdmissionRequest request, String node) {
        return switch (request.operation()) {
            case CREATE -> mirrorPod(request, node);
            case DELETE -> bound(request, node, "delete", "");
            case UPDATE, CONNECT -> refuse(request, "unexpected operation \"UPDATE\"");
        };
    }

    private static Optional<Refusal> mirrorPod(AdmissionRequest request, String node) {
        Resource pod = request.resource();
        if (!pod.annotations().containsKey(MIRROR)) {
            return refuse(
                    request,
                    "pod does not have \"%s\" annotation, node \"%s\" can only create mirror pods"
                            .formatted(MIRROR, node));
        }
        String bound = Resource.text(pod.spec(), "nodeName");
        if (!bound.equals(node)) {
            return refuse(
                    request,
                    "node \"%s\" can only create pods with spec.nodeName set to itself"
                            .formatted(node));
        }
        return MirrorPods.referenceOf(pod.spec())
                .flatMap(
                        what ->
                                refuse(
                                        request,
                                        "node \"%s\" can not create pods that reference %s"
                                                .formatted(node, what)));
    }

    private static Optional<Refusal> podStatus(AdmissionRequest request, String node) {
        Resource stored = request.stored().orElseGet(request::resource);
        if (!Resource.text(stored.spec(), "nodeName").equals(node)) {
            return refuse(
                    request,
                    "node \"%s\" can only update pod status for pods with spec.nodeName set to"
                                    .formatted(node)
                            + " itself");
        }
        return stored.labels().equals(request.resource().labels())
                ? Optional.empty()
                : refuse(
                        request,
                        "node \"%s\" cannot update labels through pod status".formatted(node));
    }

    private static Optional<Refusal> bound(
            AdmissionRequest request, String node, String verb, String object) {
        Resource stored = request.stored().orElseGet(request::resource);
        return Resource.text(stored.spec(), "nodeName").equals(node)
                ? Optional.empty()
                : refuse(
                        request,
                        "node \"%s\" can only %s %spods with spec.nodeName set to itself"
                                .formatted(node, verb, object));
    }

    private static Optional<Refusal> node(AdmissionRequest request, String node) {
        String name = request.stored().orElseGet(request::resource).name();
        if (!name.equals(node)) {
            return refuse(
                    request,
                    "node \"%s\" is not allowed to modify node \"%s\"".formatted(node, name));
        }
        return switch (request.operation()) {
            case CREATE -> restrictedLabels(request, node, new TreeMap<>());
            case UPDATE -> nodeUpdate(request, node);
            case DELETE, CONNECT -> Optional.empty();
        };
    }

    private static Optional<Refusal> nodeUpdate(AdmissionRequest request, String node) {
        Resource stored = request.stored().orElseThrow();
        if (!Sameness.same(
                request.resource().spec().path("taints"), stored.spec().path("taints"))) {
            return refuse(request, "node \"%s\" is not allowed to modify taints".formatted(node));
        }
        if (!Sameness.same(
                request.resource().metadata().path("ownerReferences"),
                stored.metadata().path("ownerReferences"))) {
            return refuse(
                    request,
                    "node \"%s\" is not allowed to modify ownerReferences".formatted(node));
        }
        return restrictedLabels(request, node, stored.labels());
    }

    private static Optional<Refusal> restrictedLabels(
            AdmissionRequest request, String node, SortedMap<String, String> before) {
        var changed = NodeLabels.restrictedChanges(request.resource().labels(), before);
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        return refuse(
                request,
                "is not allowed to modify labels: %s".formatted(String.join(", ", changed)),
                node);
    }

    private static Optional<Refusal> lease(AdmissionRequest request, String node) {
        Resource lease = request.stored().orElseGet(request::resource);
        if (!lease.namespace().equals("kube-node-lease")) {
            return refuse(
                    request, "can only access leases in the \"kube-node-lease\" system namespace");
        }
        return lease.name().equals(node)
                ? Optional.empty()
                : refuse(
                        request,
                        "can only access node lease with the same name as the requesting"
                                + " node");
    }

    private static Optional<Refusal> csiNode(AdmissionRequest request, String node) {
        return request.stored().orElseGet(request::resource).name().equals(node)
                ? Optional.empty()
                : refuse(
                        request,
                        "can only access CSINode with the same name as the requesting node");
    }

    private static Optional<Refusal> slice(AdmissionRequest request, String node) {
        Resource slice = request.stored().orElseGet(request::resource);
        String verb =
                switch (request.operation()) {
                    case CREATE -> "create";
                    case UPDATE, CONNECT -> "modify";
                    case DELETE -> "delete";
                };
        return Resource.text(slice.spec(), "nodeName").equals(node)
                ? Optional.empty()
                : refuse(
                        request,
                        "can only %s ResourceSlice with the same NodeName as the requesting node"
                                .formatted(verb));
    }

    private static Optional<Refusal> token(
            AdmissionRequest request, String node, ClusterView view) {
        if (!request.subresource().equals("token") || request.operation() != Operation.CREATE) {
            return Optional.empty();
        }
        String namespace = request.stored().orElseGet(request::resource).namespace();
        return new NodeTokens(node, view)
                .refusal(namespace, request.object().path("spec"))
                .flatMap(why -> refuse(request, why));
    }

    private static Optional<Refusal> refuse(AdmissionRequest request, String why, String node) {
        return refuse(request, "node \"%s\" %s".formatted(node, why));
    }

    private static Optional<Refusal> refuse(AdmissionRequest request, String why) {
        return Optional.of(
                new Refusal.Forbidden(
                        request.kind().resource(),
                        request.stored().orElseGet(request::resource).name(),
                        why));
    }
}
