package dev.gantry.state.kind.core.pod.spec;

import dev.gantry.state.kind.core.pod.container.ClaimRules;
import dev.gantry.state.kind.core.pod.container.ContainerListRules;
import dev.gantry.state.kind.core.pod.container.EnvironmentRules;
import dev.gantry.state.kind.core.pod.container.PodContext;
import dev.gantry.state.kind.core.pod.container.ResourceRules;
import dev.gantry.state.kind.core.pod.container.WindowsRules;
import dev.gantry.state.kind.core.pod.volume.VolumeRules;
import dev.gantry.state.validation.AddressRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.Rules;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** The rules of a pod's spec, part by part. Compat: {@code ValidatePodSpec}. */
final class PodSpecRules {
    private static final List<String> RESTART_POLICIES = List.of("Always", "OnFailure", "Never");
    private static final List<String> DNS_POLICIES =
            List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
    private static final List<String> PREEMPTION_POLICIES =
            List.of("PreemptLowerPriority", "Never");

    private PodSpecRules() {}

    /**
     * @param podName empty for a template
     */
    static void check(Field spec, String podName, boolean isPod) {
        Field grace = spec.child("terminationGracePeriodSeconds");
        if (!grace.isSet()) {
            grace.required("");
        }
        Map<String, Field> volumes = VolumeRules.check(spec.child("volumes"), podName, isPod);
        PodContext context = contextOf(spec, volumes);
        ClaimRules.check(spec.child("resourceClaims"));
        ContainerListRules.regular(spec.child("containers"), context);
        ContainerListRules.init(spec, context);
        EphemeralContainerRules.check(spec, context);
        PodLevelRules.check(spec, context);
        hostPorts(spec, isPod);
        spec.child("restartPolicy").oneOf(RESTART_POLICIES);
        spec.child("dnsPolicy").oneOf(DNS_POLICIES);
        LabelRules.labels(spec.child("nodeSelector"));
        PodSecurityRules.check(spec);
        AffinityRules.check(spec.child("affinity"));
        DnsRules.check(spec);
        readinessGates(spec.child("readinessGates"));
        schedulingGates(spec.child("schedulingGates"));
        SpreadRules.check(spec.child("topologySpreadConstraints"));
        WindowsRules.hostProcess(spec);
        hostUsers(spec);
        HostnameRules.override(spec);
        names(spec);
        rest(spec);
        EnvironmentRules.fileVolumes(spec);
    }

    private static PodContext contextOf(Field spec, Map<String, Field> volumes) {
        Set<String> claims = new TreeSet<>();
        for (Field claim : spec.child("resourceClaims").items()) {
            if (!claim.text("name").isEmpty()) {
                claims.add(claim.text("name"));
            }
        }
        Field grace = spec.child("terminationGracePeriodSeconds");
        Field users = spec.child("hostUsers");
        return new PodContext(
                volumes,
                claims,
                grace.isSet() ? OptionalLong.of(grace.number()) : OptionalLong.empty(),
                spec.text("restartPolicy"),
                !users.isSet() || users.isTrue());
    }

    private static void hostPorts(Field spec, boolean isPod) {
        if (!spec.child("hostNetwork").isTrue()) {
            return;
        }
        for (Field container : spec.child("containers").items()) {
            for (Field port : container.child("ports").items()) {
                Field outside = port.child("hostPort");
                boolean mustMatch = isPod || outside.number() != 0;
                if (mustMatch && outside.number() != port.child("containerPort").number()) {
                    outside.invalidNumber("must match `containerPort` when `hostNetwork` is true");
                }
            }
        }
    }

    private static void readinessGates(Field gates) {
        for (Field gate : gates.items()) {
            Field type = gate.child("conditionType");
            type.invalidFor(Names.qualified(type.text()));
        }
    }

    private static void schedulingGates(Field gates) {
        Set<String> seen = new TreeSet<>();
        for (Field gate : gates.items()) {
            String name = gate.text("name");
            Names.qualified(name).forEach(each -> gate.invalidText(name, each));
            if (!seen.add(name)) {
                gate.duplicateText(name);
            }
        }
    }

    private static void hostUsers(Field spec) {
        Field users = spec.child("hostUsers");
        if (!users.isSet() || users.isTrue()) {
            return;
        }
        String why = "when `pod.Spec.HostUsers` is false";
        if (spec.child("hostNetwork").isTrue()) {
            spec.child("hostNetwork").forbidden(why);
        }
        if (spec.child("hostPID").isTrue()) {
            spec.child("HostPID").forbidden(why);
        }
        if (spec.child("hostIPC").isTrue()) {
            spec.child("HostIPC").forbidden(why);
        }
    }

    private static void names(Field spec) {
        subdomain(spec.child("serviceAccountName"));
        subdomain(spec.child("nodeName"));
        Field deadline = spec.child("activeDeadlineSeconds");
        if (deadline.isSet() && (deadline.number() < 1 || deadline.number() > Integer.MAX_VALUE)) {
            deadline.invalid(Rules.between(1, Integer.MAX_VALUE));
        }
        for (String label : List.of("hostname", "subdomain")) {
            Field field = spec.child(label);
            if (!field.isEmpty()) {
                field.invalidFor(Names.dnsLabel(field.text()));
            }
        }
    }

    private static void rest(Field spec) {
        TolerationRules.check(spec.child("tolerations"));
        hostAliases(spec.child("hostAliases"));
        subdomain(spec.child("priorityClassName"));
        Field runtime = spec.child("runtimeClassName");
        if (runtime.isSet()) {
            runtime.invalidFor(Names.dnsSubdomain(runtime.text()));
        }
        Field preemption = spec.child("preemptionPolicy");
        if (preemption.isSet()) {
            preemption.oneOf(PREEMPTION_POLICIES);
        }
        if (spec.has("overhead")) {
            ResourceRules.overhead(spec.child("overhead"));
        }
        OsRules.check(spec);
        if (spec.has("schedulingGroup")) {
            schedulingGroup(spec.child("schedulingGroup", "podGroupName"));
        }
    }

    private static void schedulingGroup(Field name) {
        if (name.isSet()) {
            name.invalidFor(Names.dnsSubdomain(name.text()));
        } else {
            name.invalidAs("null", "must specify one of: `podGroupName`");
        }
    }

    private static void subdomain(Field name) {
        if (!name.isEmpty()) {
            name.invalidFor(Names.dnsSubdomain(name.text()));
        }
    }

    private static void hostAliases(Field aliases) {
        for (Field alias : aliases.items()) {
            AddressRules.ip(alias.child("ip"));
            for (Field name : alias.child("hostnames").items()) {
                name.invalidFor(Names.dnsSubdomain(name.text()));
            }
        }
    }
}
