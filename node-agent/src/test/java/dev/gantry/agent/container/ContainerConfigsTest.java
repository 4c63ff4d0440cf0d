package dev.gantry.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.runtime.Image;
import dev.gantry.agent.runtime.RuntimeFeatures;
import dev.gantry.agent.runtime.RuntimeFeatures.HandlerFeatures;
import dev.gantry.agent.runtime.container.EnvironmentVariable;
import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.runtime.sandbox.DnsConfig;
import dev.gantry.agent.runtime.sandbox.PortMapping;
import dev.gantry.agent.runtime.security.NamespaceUse.Scope;
import dev.gantry.agent.runtime.security.RunAs.GroupsPolicy;
import dev.gantry.agent.runtime.security.SecurityProfile;
import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.QosClass;
import dev.gantry.model.quantity.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ContainerConfigsTest {
    /** Equal requests and limits. */
    private static final String FULL = "{\"requests\": %1$s, \"limits\": %1$s}";

    private static final NodeFacts NODE =
            new NodeFacts(
                    "node-1",
                    List.of("10.89.0.2", "fd00::2"),
                    List.of("10.96.0.10"),
                    "cluster.local",
                    new TreeMap<>(
                            Map.of(
                                    "cpu",
                                    Quantity.ofMilli(2000),
                                    "memory",
                                    Quantity.ofBytes(1 << 30))));
    private static final NodeSecurity SECURITY =
            new NodeSecurity(
                    SecurityProfile.RUNTIME_DEFAULT, "/agent/seccomp", false, List.of(), 0);

    private static final DnsConfig OF_NODE =
            new DnsConfig(List.of("9.9.9.9"), List.of("example.org"), List.of("timeout:1"));

    @Test
    void buildsTheEnvironmentInOrderFromAllSources() {
        PodSpec pod =
                pod(
                        """
                        {"serviceAccountName": "sa", "containers": [{"name": "main", "image": "i",
                         "resources": {"limits": {"memory": "64Mi"}},
                         "envFrom": [{"prefix": "P_", "configMapRef": {"name": "cm"}}, {"secretRef": {"name": "none", "optional": true}}],
                         "env": [{"name": "A", "value": "1"}, {"name": "B", "value": "$(A)-$(P_key)-$(NO)"},
                                 {"name": "S", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}},
                                 {"name": "IP", "valueFrom": {"fieldRef": {"fieldPath": "status.podIPs"}}},
                                 {"name": "L", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels['app']"}}},
                                 {"name": "M", "valueFrom": {"resourceFieldRef": {"resource": "limits.memory", "divisor": "1Mi"}}},
                                 {"name": "C", "valueFrom": {"resourceFieldRef": {"resource": "limits.cpu"}}},
                                 {"name": "OPT", "valueFrom": {"configMapKeyRef": {"name": "cm", "key": "no", "optional": true}}}]}]}
                        """);
        var outcome =
                environment(pod).of(pod.mains().getFirst(), new TreeMap<>(Map.of("A", "link")));
        assertThat(outcome.problem()).isEmpty();
        assertThat(byName(outcome))
                .containsEntry("P_key", "value")
                .containsEntry("A", "1")
                .containsEntry("B", "1-value-$(NO)")
                .containsEntry("S", "secret")
                .containsEntry("IP", "10.1.0.5,fd00:1::5")
                .containsEntry("L", "web")
                .containsEntry("M", "64")
                .containsEntry("C", "2")
                .doesNotContainKey("OPT");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(problem("{\"configMapKeyRef\": {\"name\": \"none\", \"key\": \"k\"}}"))
                .isEqualTo("configmap \"none\" not found");
        assertThat(problem("{\"secretKeyRef\": {\"name\": \"s\", \"key\": \"no\"}}"))
                .isEqualTo("couldn't find key no in Secret default/s");
    }

    @Test
    void takesVariablesFromFilesOfVolumes() {
        String reference =
                "{\"fileKeyRef\": {\"volumeName\": \"made\", \"path\": \"%s\", \"key\": \"%s\"}}";
        PodSpec pod =
                pod(
                        "{\"containers\": [{\"name\": \"main\", \"env\": [{\"name\": \"H\", \"valueFrom\": %s}]}]}"
                                .formatted(reference.formatted("app/env", "HOST")));
        assertThat(byName(environment(pod).of(pod.mains().getFirst(), new TreeMap<>())))
                .containsEntry("H", "db");
        assertThat(problem(reference.formatted("app/env", "PORT")))
                .isEqualTo("couldn't parse env file");
        assertThat(problem(reference.formatted("none", "HOST")))
                .isEqualTo("couldn't parse env file");
    }

    @Test
    void linksServicesOfTheNamespaceAndTheApi() {
        var services =
                List.of(
                        service("default", "kubernetes", "10.96.0.1", 443),
                        service("default", "my-db", "fd00::7", 5432),
                        service("other", "far", "10.96.0.9", 80),
                        service("default", "headless", "None", 80));
        assertThat(ServiceLinks.variables(services, "default", true))
                .containsEntry("KUBERNETES_SERVICE_HOST", "10.96.0.1")
                .containsEntry("MY_DB_SERVICE_PORT_MAIN", "5432")
                .containsEntry("MY_DB_PORT", "tcp://[fd00::7]:5432")
                .containsEntry("MY_DB_PORT_5432_TCP_ADDR", "fd00::7")
                .doesNotContainKeys("FAR_SERVICE_HOST", "HEADLESS_SERVICE_HOST");
        assertThat(ServiceLinks.variables(services, "other", false))
                .containsKey("KUBERNETES_SERVICE_HOST")
                .doesNotContainKey("FAR_SERVICE_HOST");
    }

    @Test
    void resolvesNamesAsThePolicySays() {
        assertThat(dns("{}"))
                .isEqualTo(
                        new DnsConfig(
                                List.of("10.96.0.10"),
                                List.of(
                                        "default.svc.cluster.local",
                                        "svc.cluster.local",
                                        "cluster.local",
                                        "example.org"),
                                List.of("ndots:5")));
        assertThat(dns("{\"hostNetwork\": true}")).isEqualTo(OF_NODE);
        assertThat(
                        dns("{\"hostNetwork\": true, \"dnsPolicy\": \"ClusterFirstWithHostNet\"}")
                                .servers())
                .containsExactly("10.96.0.10");
        assertThat(
                        dns(
                                "{\"dnsPolicy\": \"None\", \"dnsConfig\": {\"nameservers\": [\"1.1.1.1\"], \"searches\": [\"a\"], \"options\": [{\"name\": \"ndots\", \"value\": \"2\"}]}}"))
                .isEqualTo(new DnsConfig(List.of("1.1.1.1"), List.of("a"), List.of("ndots:2")));
        assertThat(
                        dns("{\"dnsConfig\": {\"options\": [{\"name\": \"ndots\", \"value\": \"1\"}]}}")
                                .options())
                .containsExactly("ndots:1");
        assertThat(ResolverFile.parse("# c\nnameserver 1.2.3.4\nsearch a b\noptions edns0\n"))
                .isEqualTo(new DnsConfig(List.of("1.2.3.4"), List.of("a", "b"), List.of("edns0")));
    }

    @Test
    void writesAHostsFileWithNamesAndAliases() {
        PodSpec pod =
                pod(
                        "{\"hostname\": \"h\", \"subdomain\": \"sub\", \"hostAliases\": [{\"ip\": \"1.2.3.4\", \"hostnames\": [\"a\", \"b\"]}]}");
        assertThat(HostsFile.of(pod, NODE, List.of("10.1.0.5"), ""))
                .startsWith("# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n")
                .contains("\n10.1.0.5\th.sub.default.svc.cluster.local\th\n")
                .endsWith("\n# Entries added by HostAliases.\n1.2.3.4\ta\tb\n");
        assertThat(HostsFile.of(pod("{\"hostNetwork\": true}"), NODE, List.of(), "127.0.0.1 x\n"))
                .isEqualTo("# Kubernetes-managed hosts file (host network).\n127.0.0.1 x\n");
    }

    @Test
    void tellsTheKernelTheWholeNameWhereThePodWantsThat() {
        String spec = "{\"subdomain\": \"svc\", \"setHostnameAsFQDN\": true%s, \"containers\": []}";
        assertThat(hostname(spec.formatted(""))).isEqualTo("web-1.svc.default.svc.cluster.local");
        assertThat(hostname(spec.formatted(", \"hostnameOverride\": \"other.example\"")))
                .isEqualTo("other.example");
        assertThat(hostname(spec.formatted("").replace("true", "false"))).isEqualTo("web-1");
    }

    private static String hostname(String spec) {
        var places = new SandboxConfigs.Places("/logs", "/cgroup", Optional.empty());
        return SandboxConfigs.of(pod(spec), 0, NODE, OF_NODE, places).hostname();
    }

    @Test
    void refusesSandboxesThatCannotBeAsThePodWants() {
        String wide =
                "{\"hostname\": \"%s\", \"subdomain\": \"svc\", \"setHostnameAsFQDN\": true, \"containers\": []}"
                        .formatted("h".repeat(40));
        assertThat(SandboxConfigs.problem(pod(wide), NODE, "", RuntimeFeatures.NONE))
                .hasValue(
                        "failed to construct FQDN from pod hostname and cluster domain, FQDN %s.svc.default.svc.cluster.local is too long (64 characters is the max, 70 characters requested)"
                                .formatted("h".repeat(40)));
    }

    @Test
    void givesAPodUsersOfItsOwnOnlyWhereTheHandlerCan() {
        assertThat(problem("\"hostUsers\": true", "", RuntimeFeatures.NONE)).isEmpty();
        assertThat(problem("\"hostUsers\": false", "", RuntimeFeatures.NONE))
                .hasValue(
                        "can't set `spec.hostUsers: false`, runtime does not support user namespaces: the handler \"\" is not known");
        SortedMap<String, HandlerFeatures> handlers = new TreeMap<>();
        handlers.put("", new HandlerFeatures(false, true));
        handlers.put("kata", HandlerFeatures.NONE);
        var some = new RuntimeFeatures(handlers, Optional.empty());
        assertThat(problem("\"hostUsers\": false", "", some)).isEmpty();
        assertThat(problem("\"hostUsers\": false", "kata", some))
                .hasValue(
                        "can't set `spec.hostUsers: false`, RuntimeClass handler \"kata\" does not support user namespaces");
    }

    @Test
    void makesNoSandboxForStrictGroupsWhereTheRuntimeKnowsNoSuchPolicy() {
        String strict = "\"securityContext\": {\"supplementalGroupsPolicy\": \"Strict\"}";
        assertThat(problem(strict, "", RuntimeFeatures.NONE)).isPresent();
        var able = new RuntimeFeatures(new TreeMap<>(), Optional.of(true));
        assertThat(problem(strict, "", able)).isEmpty();
        PodSpec pod = pod("{" + strict + ", \"containers\": [{\"name\": \"a\"}]}");
        assertThat(Security.ofSandbox(pod, Optional.empty()).runAs().policy())
                .isEqualTo(GroupsPolicy.STRICT);
    }

    private static Optional<String> problem(String spec, String handler, RuntimeFeatures of) {
        PodSpec pod = pod("{" + spec + ", \"containers\": []}");
        return SandboxConfigs.problem(pod, NODE, handler, of);
    }

    @Test
    void turnsRequestsAndLimitsIntoCgroupValues() {
        assertThat(
                        resources(
                                "{\"requests\": {\"cpu\": \"250m\", \"memory\": \"512Mi\"}, \"limits\": {\"cpu\": \"1500m\", \"memory\": \"1Gi\"}}"))
                .isEqualTo(new LinuxResources(100_000, 150_000, 256, 1L << 30, 500));
        assertThat(resources("{}")).isEqualTo(new LinuxResources(100_000, 0, 2, 0, 1000));
        assertThat(resources(FULL.formatted("{\"cpu\": \"1\", \"memory\": \"64Mi\"}")))
                .isEqualTo(new LinuxResources(100_000, 100_000, 1024, 64L << 20, -997));
        assertThat(resources("{\"limits\": {\"cpu\": \"1m\"}}").cpuQuotaMicros()).isEqualTo(1000);
    }

    @Test
    void theQualityOfServiceThatTheApiStoredCounts() {
        PodSpec pod = pod("{\"containers\": [{\"name\": \"a\"}]}");
        assertThat(pod.qosClass()).isEqualTo(QosClass.BEST_EFFORT);

        Resource stored = pod.pod().copy();
        Resource.child(stored.tree(), "status").put("qosClass", "Guaranteed");
        assertThat(new PodSpec(stored).qosClass()).isEqualTo(QosClass.GUARANTEED);
    }

    @Test
    void letsTheContainersSecurityWinOverThePods() {
        PodSpec pod =
                pod(
                        """
                        {"hostPID": true, "securityContext": {"runAsUser": 1000, "runAsGroup": 2000, "fsGroup": 3000, "supplementalGroups": [4000], "seccompProfile": {"type": "RuntimeDefault"}},
                         "containers": [{"name": "a", "securityContext": {"runAsUser": 5, "allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true, "capabilities": {"add": ["NET_ADMIN"], "drop": ["ALL"]}}},
                                        {"name": "b", "securityContext": {"privileged": true}}]}
                        """);
        var own = Security.ofContainer(pod, pod.mains().get(0), "", Optional.empty(), SECURITY);
        assertThat(own.runAs().user()).isEqualTo(5);
        assertThat(own.runAs().group()).isEqualTo(2000);
        assertThat(own.runAs().supplementalGroups()).containsExactly(4000L, 3000L);
        assertThat(own.namespaces().pid()).isEqualTo(Scope.NODE);
        assertThat(own.namespaces().network()).isEqualTo(Scope.POD);
        assertThat(own.forbidsNewPrivileges()).isTrue();
        assertThat(own.hasReadOnlyRoot()).isTrue();
        assertThat(own.capabilities().dropped()).containsExactly("ALL");
        assertThat(own.seccomp()).isEqualTo(SecurityProfile.RUNTIME_DEFAULT);
        assertThat(own.kernelFiles().masked()).contains("/proc/kcore");
        var mighty = Security.ofContainer(pod, pod.mains().get(1), "", Optional.empty(), SECURITY);
        assertThat(mighty.isPrivileged()).isTrue();
        assertThat(mighty.kernelFiles().masked()).isEmpty();
        assertThat(mighty.seccomp()).isEqualTo(SecurityProfile.UNCONFINED);
        assertThat(Security.ofSandbox(pod, Optional.empty()).isPrivileged()).isTrue();
    }

    @Test
    void confinesContainersThatNameNoProfile() {
        PodSpec pod =
                pod(
                        """
                        {"containers": [{"name": "a"},
                                        {"name": "b", "securityContext": {"seccompProfile": {"type": "Unconfined"}}},
                                        {"name": "c", "securityContext": {"seccompProfile": {"type": "Localhost", "localhostProfile": "mine.json"},
                                                                          "appArmorProfile": {"type": "Localhost", "localhostProfile": "mine"}}}]}
                        """);
        var silent = Security.ofContainer(pod, pod.mains().get(0), "", Optional.empty(), SECURITY);
        assertThat(silent.seccomp()).isEqualTo(SecurityProfile.RUNTIME_DEFAULT);
        assertThat(silent.appArmor()).isEmpty();
        var open = Security.ofContainer(pod, pod.mains().get(1), "", Optional.empty(), SECURITY);
        assertThat(open.seccomp()).isEqualTo(SecurityProfile.UNCONFINED);
        var own = Security.ofContainer(pod, pod.mains().get(2), "", Optional.empty(), SECURITY);
        assertThat(own.seccomp().localhostProfile()).isEqualTo("/agent/seccomp/mine.json");
        assertThat(own.appArmor())
                .hasValue(new SecurityProfile(SecurityProfile.Type.LOCALHOST, "mine"));
    }

    @Test
    void refusesRootWhereThePodMustNotBeRoot() {
        PodSpec pod =
                pod(
                        "{\"securityContext\": {\"runAsNonRoot\": true}, \"containers\": [{\"name\": \"a\", \"image\": \"i\"}]}");
        var spec = pod.mains().getFirst();
        assertThat(Security.rootProblem(pod, spec, image(null, "")))
                .get()
                .asString()
                .startsWith("container has runAsNonRoot and image will run as root");
        assertThat(Security.rootProblem(pod, spec, image(null, "app")))
                .get()
                .asString()
                .contains("image has non-numeric user (app)");
        assertThat(Security.rootProblem(pod, spec, image(7L, ""))).isEmpty();
    }

    @Test
    void opensHostPortsUnlessThePodIsOnTheNodesNetwork() {
        String ports =
                "\"containers\": [{\"name\": \"a\", \"ports\": [{\"containerPort\": 80, \"hostPort\": 8080}, {\"containerPort\": 81}]}]}";
        var places = new SandboxConfigs.Places("/logs", "/kubepods", Optional.empty());
        assertThat(SandboxConfigs.of(pod("{" + ports), 0, NODE, OF_NODE, places).ports())
                .containsExactly(new PortMapping("TCP", 80, 8080, ""));
        assertThat(
                        SandboxConfigs.of(
                                        pod("{\"hostNetwork\": true, " + ports),
                                        0,
                                        NODE,
                                        OF_NODE,
                                        places)
                                .ports())
                .isEmpty();
    }

    private static Image image(@org.jspecify.annotations.Nullable Long user, String name) {
        return new Image("sha256:1", List.of(), List.of(), 1, user, name, false);
    }

    @Test
    void aSidecarIsEndedNoSoonerThanWhatItServes() {
        String asking = "\"resources\": {\"requests\": {\"memory\": \"%s\"}}";
        PodSpec pod =
                pod(
                        "{\"initContainers\": [{\"name\": \"side\", \"restartPolicy\": \"Always\", %s}], \"containers\": [{\"name\": \"a\", %s}, {\"name\": \"b\", %s}]}"
                                .formatted(
                                        asking.formatted("1Mi"),
                                        asking.formatted("512Mi"),
                                        asking.formatted("256Mi")));
        assertThat(oomScore(pod, "side")).isEqualTo(oomScore(pod, "b")).isEqualTo(750);
        assertThat(oomScore(pod, "a")).isEqualTo(500);
    }

    private static int oomScore(PodSpec pod, String container) {
        return ResourceLimits.of(pod, pod.container(container).orElseThrow(), 1L << 30)
                .oomScoreAdjust();
    }

    private static LinuxResources resources(String resources) {
        PodSpec pod =
                pod("{\"containers\": [{\"name\": \"a\", \"resources\": " + resources + "}]}");
        return ResourceLimits.of(pod, pod.mains().getFirst(), 1L << 30);
    }

    private static DnsConfig dns(String spec) {
        return ResolverFile.of(pod(spec), NODE, OF_NODE);
    }

    private static String problem(String from) {
        PodSpec pod =
                pod(
                        "{\"containers\": [{\"name\": \"main\", \"env\": [{\"name\": \"X\", \"valueFrom\": "
                                + from
                                + "}]}]}");
        return environment(pod).of(pod.mains().getFirst(), new TreeMap<>()).problem().orElseThrow();
    }

    private static Environment environment(PodSpec pod) {
        var config = new ObjectKey(Resources.CONFIG_MAPS, "default", "cm");
        var secret = new ObjectKey(Resources.SECRETS, "default", "s");
        return new Environment(
                pod,
                NODE,
                List.of("10.1.0.5", "fd00:1::5"),
                Map.of(
                        config,
                        resource("{\"data\": {\"key\": \"value\"}}"),
                        secret,
                        resource("{\"data\": {\"k\": \"c2VjcmV0\"}}")),
                Map.of(new EnvironmentFile.Place("made", "app/env"), "HOST='db'\nNO=quotes\n"));
    }

    private static Map<String, String> byName(Environment.Outcome outcome) {
        return outcome.variables().stream()
                .collect(Collectors.toMap(EnvironmentVariable::name, EnvironmentVariable::value));
    }

    private static Resource service(String namespace, String name, String ip, int port) {
        return resource(
                "{\"metadata\": {\"name\": \"%s\", \"namespace\": \"%s\"}, \"spec\": {\"clusterIP\": \"%s\", \"ports\": [{\"name\": \"main\", \"port\": %d, \"protocol\": \"TCP\"}]}}"
                        .formatted(name, namespace, ip, port));
    }

    private static PodSpec pod(String spec) {
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        tree.putObject("metadata")
                .put("name", "web-1")
                .put("namespace", "default")
                .put("uid", "u")
                .putObject("labels")
                .put("app", "web");
        tree.set("spec", JsonMapper.shared().readTree(spec));
        return new PodSpec(new Resource(tree));
    }

    private static Resource resource(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json));
    }
}
