package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.shell.api.TestApi.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** IPAddresses that Services have, and ServiceCIDRs that they have them from. */
class ServiceAddressesTest {
    private static final String SERVICES = "/api/v1/namespaces/shop/services";
    private static final String ADDRESSES = "/apis/networking.k8s.io/v1/ipaddresses";
    private static final String RANGES = "/apis/networking.k8s.io/v1/servicecidrs";
    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
    }

    @Test
    void eachAddressOfAServiceSaysWhoseItIsAndGoesWithIt() {
        Answer made = service("web", "\"ipFamilyPolicy\":\"PreferDualStack\"");
        String four = made.text("/spec/clusterIPs/0");
        String six = made.text("/spec/clusterIPs/1");

        Answer record = api.get(ADDRESSES + "/" + four);
        assertThat(record.code()).as(record.message()).isEqualTo(200);
        assertThat(record.at("/spec/parentRef"))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        "{\"resource\":\"services\",\"namespace\":\"shop\",\"name\":\"web\"}"));
        assertThat(record.at("/metadata/labels"))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        "{\"ipaddress.kubernetes.io/ip-family\":\"IPv4\","
                                                + "\"ipaddress.kubernetes.io/managed-by\":\"ipallocator.k8s.io\"}"));
        assertThat(record.text("/metadata/uid")).hasSize(36);
        assertThat(names(ADDRESSES)).containsExactlyInAnyOrder(four, six);

        api.delete(SERVICES + "/web");

        assertThat(names(ADDRESSES)).isEmpty();
    }

    @Test
    void anAddressThatIsGivenUpGoesAlone() {
        Answer made = service("web", "\"ipFamilyPolicy\":\"PreferDualStack\"");
        Answer single =
                api.put(SERVICES + "/web", object("web", "\"ipFamilyPolicy\":\"SingleStack\""));

        assertThat(single.code()).as(single.message()).isEqualTo(200);
        assertThat(names(ADDRESSES)).containsExactly(made.text("/spec/clusterIP"));
    }

    @Test
    void aRefusedOrRehearsedServiceLeavesNothingBehind() {
        assertThat(service("web", "\"clusterIP\":\"192.168.0.1\"").code()).isEqualTo(422);
        assertThat(api.post(SERVICES + "?dryRun=All", object("web", "")).code()).isEqualTo(201);

        assertThat(names(ADDRESSES)).isEmpty();
    }

    @Test
    void anAddressThatSomebodyReservedIsNotGiven() {
        Answer reserved =
                api.post(
                        ADDRESSES,
                        "{\"metadata\":{\"name\":\"10.96.0.9\"},\"spec\":{\"parentRef\":"
                                + "{\"resource\":\"configmaps\",\"namespace\":\"shop\",\"name\":\"x\"}}}");
        assertThat(reserved.code()).as(reserved.message()).isEqualTo(201);

        assertThat(service("web", "\"clusterIP\":\"10.96.0.9\"").message())
                .contains("provided IP is already allocated");
        api.delete(ADDRESSES + "/10.96.0.9");
        assertThat(service("web", "\"clusterIP\":\"10.96.0.9\"").code()).isEqualTo(201);
    }

    @Test
    void aSecondRangeServesUntilItIsToGo() {
        String wanted = "\"clusterIP\":\"10.97.0.9\"";
        assertThat(service("early", wanted).code()).isEqualTo(422);
        Answer range =
                api.post(
                        RANGES,
                        "{\"metadata\":{\"name\":\"second\",\"finalizers\":[\"example.com/kept\"]},"
                                + "\"spec\":{\"cidrs\":[\"10.97.0.0/24\"]}}");
        assertThat(range.code()).as(range.message()).isEqualTo(201);

        assertThat(service("web", wanted).code()).isEqualTo(201);
        assertThat(service("other", "").text("/spec/clusterIP")).startsWith("10.96.0.");

        api.delete(RANGES + "/second");
        assertThat(service("late", "\"clusterIP\":\"10.97.0.10\"").message())
                .contains("The range of valid IPs is 10.96.0.0/24");
        assertThat(api.get(SERVICES + "/web").text("/spec/clusterIP")).isEqualTo("10.97.0.9");
    }

    private Answer service(String name, String spec) {
        return api.post(SERVICES, object(name, spec));
    }

    private static String object(String name, String spec) {
        String more = spec.isEmpty() ? "" : "," + spec;
        return "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"ports\":[{\"port\":80}]%s}}"
                .formatted(name, more);
    }

    private List<String> names(String path) {
        List<String> found = new ArrayList<>();
        api.get(path).at("/items").forEach(each -> found.add(each.at("/metadata/name").asString()));
        return found;
    }
}
