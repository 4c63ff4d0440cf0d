package dev.gantry.state.request;

import static dev.gantry.state.request.Calls.accepted;
import static dev.gantry.state.request.Calls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.codec.protobuf.ProtobufCodec;
import dev.gantry.state.schema.Schema;
import org.junit.jupiter.api.Test;

class DeleteRequestTest {
    private static final String POD = "/api/v1/namespaces/a/pods/p";

    private final Calls calls = new Calls();
    private final BodyReading bodies = new BodyReading(new ProtobufCodec(Schema.builtin()));

    private Judged<DeleteRequest> request(String query, String body) {
        return DeleteRequest.of(calls.of("DELETE", POD, query, body), bodies);
    }

    @Test
    void theBodyCountsWhereThereIsOne() {
        assertThat(accepted(request("gracePeriodSeconds=3", "")).deletion().gracePeriodSeconds())
                .hasValue(3);
        assertThat(
                        accepted(
                                        request(
                                                "gracePeriodSeconds=3",
                                                "{\"gracePeriodSeconds\":5,\"dryRun\":[\"All\"]}"))
                                .deletion()
                                .gracePeriodSeconds())
                .hasValue(5);
    }

    @Test
    void eitherMayAskForADryRun() {
        assertThat(accepted(request("dryRun=All", "")).write().isDryRun()).isTrue();
        assertThat(accepted(request("", "{\"dryRun\":[\"All\"]}")).write().isDryRun()).isTrue();
        assertThat(accepted(request("", "{}")).write().isDryRun()).isFalse();
        assertThat(refused(request("", "{\"dryRun\":[\"Some\"]}")))
                .isInstanceOf(Refusal.Invalid.class);
    }

    @Test
    void aNumberThatIsNoneIsTheClientsMistake() {
        assertThat(refused(request("gracePeriodSeconds=x", "")))
                .isInstanceOf(Refusal.BadRequest.class);
    }
}
