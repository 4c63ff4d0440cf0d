package dev.gantry.state.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ServiceAllocationTest {
    private final ServiceAllocation both =
            new ServiceAllocation(
                    List.of(AddressRange.parse("10.0.0.0/24"), AddressRange.parse("fd00::/112")),
                    new PortRange(30000, 30001));
    private final ServiceAllocation onlyFour =
            new ServiceAllocation(
                    List.of(AddressRange.parse("10.0.0.0/24")), new PortRange(30000, 30001));
    private final Set<String> taken = new TreeSet<>();

    private static ObjectNode service(String spec) {
        return (ObjectNode)
                JsonMapper.shared()
                        .readTree("{\"metadata\":{\"name\":\"s\"},\"spec\":" + spec + "}");
    }

    private List<FieldError> allocate(
            ServiceAllocation allocation, ObjectNode service, Optional<Resource> stored) {
        Taken others =
                new Taken() {
                    @Override
                    public boolean hasAddress(String address) {
                        return taken.contains(address);
                    }

                    @Override
                    public boolean hasPort(String port) {
                        return taken.contains(port);
                    }
                };
        return allocation.allocate(service, stored, others, 5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'selector':{'a':'b'}} | SingleStack | ['IPv4']",
                "{'selector':{'a':'b'},'ipFamilies':['IPv6']} | SingleStack | ['IPv6']",
                "{'ipFamilyPolicy':'RequireDualStack','ipFamilies':['IPv6']} | RequireDualStack |"
                        + " ['IPv6','IPv4']",
                "{'ipFamilies':['IPv6','IPv4']} | RequireDualStack | ['IPv6','IPv4']",
                "{'clusterIP':'None'} | RequireDualStack | ['IPv4','IPv6']",
                "{'clusterIP':'None','selector':{'a':'b'}} | SingleStack | ['IPv4']"
            })
    void familiesFollowFromWhatIsAsked(String spec, String policy, String families) {
        ObjectNode service = service(spec.replace('\'', '"'));

        assertThat(allocate(both, service, Optional.empty())).isEmpty();

        assertThat(service.at("/spec/ipFamilyPolicy").asString()).isEqualTo(policy);
        assertThat(service.at("/spec/ipFamilies").toString())
                .isEqualTo(families.replace('\'', '"'));
    }

    @Test
    void requiredSecondFamilyMustBeThere() {
        ObjectNode service = service("{\"ipFamilyPolicy\":\"RequireDualStack\"}");

        assertThat(allocate(onlyFour, service, Optional.empty()))
                .extracting(FieldError::toString)
                .containsExactly(
                        "spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is"
                                + " not configured for dual-stack services");
    }

    @Test
    void preferredSecondFamilyNeedNotBeThere() {
        ObjectNode service = service("{\"ipFamilyPolicy\":\"PreferDualStack\"}");

        assertThat(allocate(onlyFour, service, Optional.empty())).isEmpty();
        assertThat(service.at("/spec/clusterIPs").size()).isEqualTo(1);
    }

    @Test
    void downgradeGivesTheSecondAddressBack() {
        ObjectNode service = service("{\"ipFamilyPolicy\":\"PreferDualStack\"}");
        allocate(both, service, Optional.empty());
        ObjectNode narrowed = service.deepCopy();
        Resource.child(narrowed, "spec").put("ipFamilyPolicy", "SingleStack");

        assertThat(allocate(both, narrowed, Optional.of(new Resource(service)))).isEmpty();

        assertThat(narrowed.at("/spec/clusterIPs").size()).isEqualTo(1);
        assertThat(narrowed.at("/spec/clusterIP")).isEqualTo(service.at("/spec/clusterIP"));
        assertThat(Holdings.of(service).without(Holdings.of(narrowed)).addresses()).hasSize(1);
    }

    @Test
    void externalNameHoldsNothing() {
        ObjectNode service =
                service(
                        "{\"type\":\"ExternalName\",\"externalName\":\"x.org\",\"ports\":[{\"port\":1}]}");

        assertThat(allocate(both, service, Optional.empty())).isEmpty();

        assertThat(Holdings.of(service).addresses()).isEmpty();
        assertThat(service.at("/spec").has("clusterIP")).isFalse();
    }

    @Test
    void samePortOverTwoProtocolsSharesItsNodePort() {
        ObjectNode service =
                service(
                        """
                        {"type":"NodePort","ports":[{"port":53,"protocol":"UDP"},
                                                    {"port":53,"protocol":"TCP"}]}
                        """);

        assertThat(allocate(both, service, Optional.empty())).isEmpty();

        assertThat(service.at("/spec/ports/0/nodePort"))
                .isEqualTo(service.at("/spec/ports/1/nodePort"));
    }

    @Test
    void fullRangesAreSaidToBeFull() {
        taken.addAll(Set.of("30000/TCP", "30001/TCP"));
        for (int i = 1; i < 255; i++) {
            taken.add("10.0.0." + i);
        }

        assertThat(allocate(both, service("{}"), Optional.empty()))
                .extracting(FieldError::toString)
                .containsExactly(
                        "spec.clusterIPs: Invalid value: []: failed to allocate a serviceIP: range"
                                + " is full");
        taken.remove("10.0.0.9");
        assertThat(
                        allocate(
                                both,
                                service("{\"type\":\"NodePort\",\"ports\":[{\"port\":1}]}"),
                                Optional.empty()))
                .extracting(FieldError::field)
                .containsExactly("spec.ports[0].nodePort");
    }
}
