package dev.gantry.controller.identity.csrcleaner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class CsrCleanerTest {
    private static final GroupResource REQUESTS = Kinds.CERTIFICATE_SIGNING_REQUEST.resource();
    private static final int HOUR = 3600;

    private final SimulatedApi api = new SimulatedApi(new CsrCleaner());

    @ParameterizedTest
    @ValueSource(strings = {"Denied", "Failed"})
    void whatCameToNothingGoesAfterAnHour(String condition) {
        request(condition, "");
        api.pass(HOUR - 1);
        assertThat(isThere()).isTrue();
        api.pass(2);
        assertThat(isThere()).isFalse();
    }

    @Test
    void whatIsIssuedGoesAfterAnHour() {
        request("Approved", "eA==");
        api.pass(HOUR + 1);
        assertThat(isThere()).isFalse();
    }

    @Test
    void whatIsApprovedWaitsForItsCertificate() {
        request("Approved", "");
        api.pass(48 * HOUR);
        assertThat(isThere()).isTrue();
    }

    @Test
    void whatNobodyDecidesAboutGoesAfterADay() {
        request("", "");
        api.pass(24 * HOUR - 1);
        assertThat(isThere()).isTrue();
        api.pass(2);
        assertThat(isThere()).isFalse();
    }

    private void request(String condition, String certificate) {
        Resource request = SimulatedApi.object("{'metadata':{'name':'bob'},'spec':{},'status':{}}");
        request.mutableMetadata().put("creationTimestamp", Conditions.timestamp(api.now()));
        ObjectNode status = Resource.child(request.tree(), "status");
        if (!condition.isEmpty()) {
            status.putArray("conditions")
                    .addObject()
                    .put("type", condition)
                    .put("lastUpdateTime", Conditions.timestamp(api.now()));
        }
        if (!certificate.isEmpty()) {
            status.put("certificate", certificate);
        }
        api.create(REQUESTS, request);
        api.settle();
    }

    private boolean isThere() {
        return !api.list(REQUESTS).isEmpty();
    }
}
