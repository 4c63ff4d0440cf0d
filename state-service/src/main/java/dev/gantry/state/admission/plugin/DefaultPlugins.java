package dev.gantry.state.admission.plugin;

import dev.gantry.state.admission.MutatingPlugin;
import dev.gantry.state.admission.ValidatingPlugin;
import java.util.List;

/** Compat: those of {@code DefaultOffAdmissionPlugins}' complement, in upstream's order. */
public final class DefaultPlugins {
    public static final List<MutatingPlugin> MUTATING =
            List.of(
                    new LimitRanger(),
                    new ServiceAccountAdmission(),
                    new NodeRestriction(),
                    new TaintNodesByCondition(),
                    new PriorityAdmission(),
                    new DefaultTolerationSeconds(),
                    new DefaultStorageClass(),
                    new DefaultIngressClass(),
                    new InUseProtection(),
                    new RuntimeClassAdmission(),
                    new PodTopologyLabels());

    private DefaultPlugins() {}

    public static List<ValidatingPlugin> validating(AdmissionConfiguration configuration) {
        return List.of(
                new DeviceAdminAccess(),
                new LimitRanger(),
                new ServiceAccountAdmission(),
                new PodSecurity(configuration.podSecurity()),
                new PriorityAdmission(),
                new ClaimResize(),
                new CertificateSubjectRestriction(),
                new RuntimeClassAdmission(),
                new NodeDeclaredFeatures(),
                new PodResize(),
                new PodGroupAdmission());
    }
}
