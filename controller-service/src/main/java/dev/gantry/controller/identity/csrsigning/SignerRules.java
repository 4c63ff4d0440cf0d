package dev.gantry.controller.identity.csrsigning;

import dev.gantry.controller.identity.csrsigning.CertificateAuthority.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What each signer asks of a request. Compat: the words are upstream's. */
public final class SignerRules {
    static final String CLIENT = "kubernetes.io/kube-apiserver-client";
    public static final String KUBELET_CLIENT = "kubernetes.io/kube-apiserver-client-kubelet";
    public static final String KUBELET_SERVING = "kubernetes.io/kubelet-serving";
    static final String LEGACY = "kubernetes.io/legacy-unknown";

    /** Compat: refused by upstream's admission of requests. It may do everything. */
    private static final String MASTERS = "system:masters";

    private static final String OWN = "system:gantry:";
    private static final String SIGNATURE = "digital signature";
    private static final String ENCIPHERMENT = "key encipherment";
    private static final String CLIENT_AUTH = "client auth";
    private static final String SERVER_AUTH = "server auth";
    private static final Set<String> SIGNERS =
            new TreeSet<>(List.of(CLIENT, KUBELET_CLIENT, KUBELET_SERVING, LEGACY));

    private SignerRules() {}

    static boolean isKnown(String signer) {
        return SIGNERS.contains(signer);
    }

    /** Why the signer does not sign it; empty where it does. */
    static Optional<String> objection(String signer, Subject subject, List<String> usages) {
        if (subject.commonName().startsWith(OWN)) {
            return Optional.of("subject common name must not begin with " + OWN);
        }
        if (subject.organizations().contains(MASTERS)) {
            return Optional.of(
                    "use of %s signer with %s group is not allowed".formatted(signer, MASTERS));
        }
        return switch (signer) {
            case CLIENT -> clientUsages(usages);
            case KUBELET_CLIENT -> kubeletClient(subject, usages);
            case KUBELET_SERVING -> kubeletServing(subject, usages);
            default -> Optional.empty();
        };
    }

    private static Optional<String> clientUsages(List<String> usages) {
        for (String each : usages) {
            if (!List.of(SIGNATURE, ENCIPHERMENT, CLIENT_AUTH).contains(each)) {
                return Optional.of("invalid usage for client certificate: " + each);
            }
        }
        return usages.contains(CLIENT_AUTH)
                ? Optional.empty()
                : Optional.of("missing required usage for client certificate: " + CLIENT_AUTH);
    }

    /** Why a request is not for the certificate with which a kubelet asks the API. */
    public static Optional<String> kubeletClient(Subject subject, List<String> usages) {
        if (!subject.organizations().equals(List.of("system:nodes"))) {
            return Optional.of("subject organization is not system:nodes");
        }
        if (!subject.dnsNames().isEmpty()) {
            return Optional.of("DNS subjectAltNames are not allowed");
        }
        if (!subject.addresses().isEmpty()) {
            return Optional.of("IP subjectAltNames are not allowed");
        }
        return otherNames(subject)
                .or(() -> nodeName(subject))
                .or(() -> exactly(usages, CLIENT_AUTH));
    }

    /** Why a request is not for the certificate with which a kubelet serves. */
    public static Optional<String> kubeletServing(Subject subject, List<String> usages) {
        if (!subject.organizations().equals(List.of("system:nodes"))) {
            return Optional.of("subject organization is not system:nodes");
        }
        if (subject.dnsNames().isEmpty() && subject.addresses().isEmpty()) {
            return Optional.of("DNS or IP subjectAltName is required");
        }
        return otherNames(subject)
                .or(() -> exactly(usages, SERVER_AUTH))
                .or(() -> nodeName(subject));
    }

    private static Optional<String> nodeName(Subject subject) {
        return subject.commonName().startsWith("system:node:")
                ? Optional.empty()
                : Optional.of("subject common name does not begin with system:node:");
    }

    private static Optional<String> otherNames(Subject subject) {
        return subject.others().stream()
                .findFirst()
                .map(kind -> "%s subjectAltNames are not allowed".formatted(kind));
    }

    /** Signatures and the one purpose; keys of some kinds need encipherment, too. */
    private static Optional<String> exactly(List<String> usages, String purpose) {
        Set<String> given = new TreeSet<>(usages);
        given.remove(ENCIPHERMENT);
        return given.equals(new TreeSet<>(List.of(purpose, SIGNATURE)))
                ? Optional.empty()
                : Optional.of(
                        "usages did not match [%s %s %s]"
                                .formatted(purpose, SIGNATURE, ENCIPHERMENT));
    }
}
