package dev.gantry.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.container.NodeSecurity;
import dev.gantry.agent.pod.PodFailure;
import dev.gantry.agent.runtime.RuntimeFeatures;
import dev.gantry.agent.runtime.security.SecurityProfile;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class NodeAbilitiesTest {
    @Test
    void refusesWhatOnlyAppArmorCouldEnforce() {
        String confined = "'securityContext': {'appArmorProfile': {'type': '%s'}}";
        assertThat(refusal(confined.formatted("Localhost"), node(false)))
                .hasValue(
                        PodFailure.refusal(
                                "AppArmor",
                                "Cannot enforce AppArmor: AppArmor is not enabled on the host"));
        assertThat(refusal(confined.formatted("Localhost"), node(true))).isEmpty();
        assertThat(refusal(confined.formatted("Unconfined"), node(false))).isEmpty();
        assertThat(refusal("", node(false))).isEmpty();
    }

    @Test
    void takesSafeSysctlsAndSuchAsTheNodeAllows() {
        assertThat(refusal(sysctl("kernel.shm_rmid_forced"), node(false))).isEmpty();
        assertThat(refusal(sysctl("net/ipv4/tcp_rmem"), node(false))).isEmpty();
        assertThat(refusal(sysctl("net.core.somaxconn"), node(false, "net.core.*"))).isEmpty();
        assertThat(refusal(sysctl("kernel.msgmax"), node(false, "kernel.msgmax"))).isEmpty();
    }

    @Test
    void refusesOtherSysctlsWithUpstreamsWords() {
        assertThat(refusal(sysctl("kernel/msgmax"), node(false, "net.core.*", "kernel.msgmnb")))
                .hasValue(
                        PodFailure.refusal(
                                "SysctlForbidden",
                                "forbidden sysctl: \"kernel.msgmax\" not allowlisted"));
    }

    @Test
    void refusesSysctlsOfNamespacesThatAreTheNodes() {
        String network = "'hostNetwork': true, " + sysctl("net.ipv4.tcp_syncookies");
        assertThat(refusal(network, node(false)))
                .map(PodFailure::message)
                .hasValue(
                        "forbidden sysctl: \"net.ipv4.tcp_syncookies\" not allowed with host net enabled");
        String processes = "'hostIPC': true, " + sysctl("kernel.shm_rmid_forced");
        assertThat(refusal(processes, node(false)))
                .map(PodFailure::message)
                .hasValue(
                        "forbidden sysctl: \"kernel.shm_rmid_forced\" not allowed with host ipc enabled");
        assertThat(refusal("'hostIPC': true, " + sysctl("net.ipv4.tcp_wmem"), node(false)))
                .isEmpty();
    }

    @Test
    void refusesAStrictPolicyOfGroups() {
        String policy = "'securityContext': {'supplementalGroupsPolicy': '%s'}";
        assertThat(refusal(policy.formatted("Strict"), node(false)))
                .map(PodFailure::reason)
                .hasValue("SupplementalGroupsPolicyNotSupported");
        assertThat(refusal(policy.formatted("Merge"), node(false))).isEmpty();
        var able = new RuntimeFeatures(new TreeMap<>(), Optional.of(true));
        assertThat(NodeAbilities.refusal(pod(policy.formatted("Strict")), node(false), able))
                .isEmpty();
    }

    @Test
    void refusesPodsOfAnotherSystem() {
        assertThat(refusal("'os': {'name': 'windows'}", node(false)))
                .map(PodFailure::reason)
                .hasValue("PodOSNotSupported");
        Resource labelled = pod("").pod().copy();
        labelled.mutableMetadata().putObject("labels").put("kubernetes.io/os", "windows");
        assertThat(NodeAbilities.refusal(new PodSpec(labelled), node(false), RuntimeFeatures.NONE))
                .map(PodFailure::reason)
                .hasValue("PodOSSelectorNodeLabelDoesNotMatch");
        assertThat(refusal("'os': {'name': 'linux'}", node(false))).isEmpty();
    }

    private static String sysctl(String name) {
        return "'securityContext': {'sysctls': [{'name': '%s', 'value': '1'}]}".formatted(name);
    }

    private static NodeSecurity node(boolean hasAppArmor, String... allowedSysctls) {
        return new NodeSecurity(
                SecurityProfile.RUNTIME_DEFAULT, "/none", hasAppArmor, List.of(allowedSysctls), 0);
    }

    private static Optional<PodFailure> refusal(String spec, NodeSecurity node) {
        return NodeAbilities.refusal(pod(spec), node, RuntimeFeatures.NONE);
    }

    private static PodSpec pod(String spec) {
        String json =
                "{'spec': {%s'containers': [{'name': 'a'}]}}"
                        .formatted(spec.isEmpty() ? "" : spec + ", ")
                        .replace('\'', '"');
        return new PodSpec(new Resource((ObjectNode) JsonMapper.shared().readTree(json)));
    }
}
