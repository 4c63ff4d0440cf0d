package dev.gantry.state.admission.plugin;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.AdmissionRequest.Operation;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.admission.ValidatingPlugin;
import dev.gantry.state.admission.podsecurity.Checks;
import dev.gantry.state.admission.podsecurity.NamespaceStandards;
import dev.gantry.state.admission.podsecurity.NamespaceWarnings;
import dev.gantry.state.admission.podsecurity.PodParts;
import dev.gantry.state.admission.podsecurity.PodSecurityConfiguration;
import dev.gantry.state.admission.podsecurity.SignificantChange;
import dev.gantry.state.admission.podsecurity.Standard;
import dev.gantry.state.admission.podsecurity.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Holds pods to the standards that the labels of their namespace name, and warns of templates that
 * would make pods which do not hold them. Compat: {@code security/podsecurity}.
 */
final class PodSecurity implements ValidatingPlugin {
    private static final String ANNOTATION = "pod-security.kubernetes.io/";

    /** Compat: all others may change the pod's spec. */
    private static final Set<String> HARMLESS_SUBRESOURCES =
            Set.of(
                    "exec",
                    "attach",
                    "binding",
                    "eviction",
                    "log",
                    "portforward",
                    "proxy",
                    "status",
                    "token");

    /** Where kinds have the template of their pods. */
    private static final Map<GroupResource, List<String>> TEMPLATES =
            Map.of(
                    new GroupResource("", "replicationcontrollers"), List.of("spec", "template"),
                    new GroupResource("", "podtemplates"), List.of("template"),
                    new GroupResource("apps", "replicasets"), List.of("spec", "template"),
                    new GroupResource("apps", "deployments"), List.of("spec", "template"),
                    new GroupResource("apps", "statefulsets"), List.of("spec", "template"),
                    new GroupResource("apps", "daemonsets"), List.of("spec", "template"),
                    new GroupResource("batch", "jobs"), List.of("spec", "template"),
                    new GroupResource("batch", "cronjobs"),
                            List.of("spec", "jobTemplate", "spec", "template"));

    private final PodSecurityConfiguration configuration;

    PodSecurity(PodSecurityConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public Optional<Refusal> validate(AdmissionRequest request, ClusterView view) {
        boolean isWrite =
                request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
        if (!isWrite) {
            return Optional.empty();
        }
        Kind kind = request.kind();
        if (kind.equals(Kinds.POD)) {
            return pod(request, view);
        }
        if (!request.subresource().isEmpty()) {
            return Optional.empty();
        }
        if (kind.equals(Kinds.NAMESPACE)) {
            return namespace(request, view);
        }
        List<String> path = TEMPLATES.get(kind.resource());
        if (path != null) {
            template(request, path, view);
        }
        return Optional.empty();
    }

    private Optional<Refusal> pod(AdmissionRequest request, ClusterView view) {
        if (HARMLESS_SUBRESOURCES.contains(request.subresource()) || isExempt(request)) {
            return Optional.empty();
        }
        NamespaceStandards standards = standards(request, view);
        boolean isUnchanged =
                request.operation() == Operation.UPDATE
                        && !SignificantChange.test(
                                request.object(), request.stored().orElseThrow().tree());
        if (isUnchanged) {
            return Optional.empty();
        }
        if (!standards.allowEverything() && isExempt(request, request.object().path("spec"))) {
            return Optional.empty();
        }
        request.context()
                .notes()
                .annotate(ANNOTATION + "enforce-policy", standards.enforce().toString());
        if (standards.allowEverything()) {
            return Optional.empty();
        }
        PodParts pod = PodParts.of(request.object());
        annotate(request, standards, pod);
        List<Violation> violations = Checks.violations(standards.enforce(), pod);
        if (!violations.isEmpty()) {
            return Optional.of(
                    new Refusal.Forbidden(
                            request.kind().resource(),
                            request.resource().name(),
                            "violates PodSecurity \"%s\": %s"
                                    .formatted(
                                            standards.enforce(), Violation.details(violations))));
        }
        warn(request, standards, pod);
        return Optional.empty();
    }

    private void template(AdmissionRequest request, List<String> path, ClusterView view) {
        if (isExempt(request)) {
            return;
        }
        NamespaceStandards standards = standards(request, view);
        JsonNode template = request.object();
        for (String each : path) {
            template = template.path(each);
        }
        if (!standards.tellNothing()
                && template.isObject()
                && !isExempt(request, template.path("spec"))) {
            PodParts pod = PodParts.of(template);
            annotate(request, standards, pod);
            warn(request, standards, pod);
        }
    }

    private static void annotate(
            AdmissionRequest request, NamespaceStandards standards, PodParts pod) {
        List<Violation> violations = Checks.violations(standards.audit(), pod);
        if (!violations.isEmpty()) {
            request.context()
                    .notes()
                    .annotate(
                            ANNOTATION + "audit-violations",
                            wouldViolate(standards.audit(), violations));
        }
    }

    private static String wouldViolate(Standard standard, List<Violation> violations) {
        return "would violate PodSecurity \"%s\": %s"
                .formatted(standard, Violation.details(violations));
    }

    private static void warn(AdmissionRequest request, NamespaceStandards standards, PodParts pod) {
        List<Violation> violations = Checks.violations(standards.warn(), pod);
        if (!violations.isEmpty()) {
            request.context().notes().warn(wouldViolate(standards.warn(), violations));
        }
    }

    private NamespaceStandards standards(AdmissionRequest request, ClusterView view) {
        String name = request.subject().key().namespace();
        return configuration.standards(view.labels(new ObjectKey(Resources.NAMESPACES, "", name)));
    }

    private boolean isExempt(AdmissionRequest request) {
        if (configuration.namespaces().contains(request.subject().key().namespace())) {
            return exempted(request, "namespace");
        }
        return configuration.usernames().contains(request.context().caller().user())
                && exempted(request, "user");
    }

    private boolean isExempt(AdmissionRequest request, JsonNode podSpec) {
        return configuration.exempts(podSpec) && exempted(request, "runtimeClass");
    }

    /** Always true: an exemption is noted for the audit log where it is found. */
    private static boolean exempted(AdmissionRequest request, String why) {
        request.context().notes().annotate(ANNOTATION + "exempt", why);
        return true;
    }

    private Optional<Refusal> namespace(AdmissionRequest request, ClusterView view) {
        Resource namespace = request.resource();
        NamespaceStandards wanted = configuration.standards(namespace.labels());
        Optional<NamespaceStandards> before =
                request.operation() == Operation.UPDATE
                        ? request.stored().map(each -> configuration.standards(each.labels()))
                        : Optional.empty();
        boolean isNewError =
                !wanted.errors().isEmpty()
                        && before.map(each -> !each.errors().equals(wanted.errors())).orElse(true);
        if (isNewError) {
            return Optional.of(
                    new Refusal.Invalid("", "Namespace", namespace.name(), wanted.errors()));
        }
        if (configuration.namespaces().contains(namespace.name())) {
            return Optional.empty();
        }
        before.filter(each -> wanted.enforce().isStricterThan(each.enforce()))
                .ifPresent(
                        _ ->
                                NamespaceWarnings.of(
                                                namespace.name(),
                                                wanted.enforce(),
                                                pods(view, namespace.name()))
                                        .forEach(request.context().notes()::warn));
        return Optional.empty();
    }

    private List<Resource> pods(ClusterView view, String namespace) {
        return view.list(Resources.PODS, namespace).stream()
                .filter(each -> !configuration.exempts(each.spec()))
                .toList();
    }
}
