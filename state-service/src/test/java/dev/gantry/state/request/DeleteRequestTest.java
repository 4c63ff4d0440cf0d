package dev.gantry.state.request;

import static dev.gantry.state.request.Calls.accepted;
import static dev.gantry.state.request.Calls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.codec.protobuf.ProtobufCodec;
import dev.gantry.state.registry.option.DeletionOptions;
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
    void aQueryDoesNotCountBesideABody() {
        assertThat(accepted(request("dryRun=All", "{}")).write().isDryRun()).isFalse();
        assertThat(accepted(request("dryRun=Some&propagationPolicy=Odd", "{}")).deletion())
                .isEqualTo(DeletionOptions.NONE);
    }

    @Test
    void allThatIsWrongWithTheOptionsIsTold() {
        assertThat(
                        refused(
                                        request(
                                                "propagationPolicy=Odd&orphanDependents=true"
                                                        + "&dryRun=All&dryRun=Some&fieldValidation=x",
                                                ""))
                                .message())
                .isEqualTo(
                        "DeleteOptions.meta.k8s.io \"\" is invalid: [propagationPolicy: Invalid value:"
                                + " \"Odd\": orphanDependents and deletionPropagation cannot be both"
                                + " set, propagationPolicy: Unsupported value: \"Odd\": supported"
                                + " values: \"Foreground\", \"Background\", \"Orphan\", \"nil\", dryRun:"
                                + " Unsupported value: [\"All\",\"Some\"]: supported values: \"All\"]");
    }

    @Test
    void aBodyThatIsNoOptionsIsRefusedInTheDecodersWords() {
        String noType = "couldn't get version/kind; json parse error: ";
        assertThat(refused(request("", "{")).message())
                .isEqualTo(noType + "unexpected end of JSON input");
        assertThat(refused(request("", "[]")).message())
                .startsWith(noType + "json: cannot unmarshal array into Go value of type struct {");
        assertThat(refused(request("", "{\"kind\":\"Odd\",\"apiVersion\":\"v1\"}")).message())
                .isEqualTo(
                        "no kind \"Odd\" is registered for version \"v1\" in scheme"
                                + " \"k8s.io/apimachinery/pkg/apis/meta/internalversion/scheme/register.go:27\"");
        assertThat(refused(request("", "{\"kind\":\"CreateOptions\"}")).message())
                .isEqualTo(
                        "converting (v1.CreateOptions) to (v1.DeleteOptions): unknown conversion");
        assertThat(refused(request("", "{\"gracePeriodSeconds\":\"x\"}")).message())
                .isEqualTo(
                        "json: cannot unmarshal string into Go struct field"
                                + " DeleteOptions.gracePeriodSeconds of type int64");
        assertThat(accepted(request("", "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"x/v9\"}")))
                .isNotNull();
    }

    @Test
    void aNumberThatIsNoneIsTheClientsMistake() {
        assertThat(refused(request("gracePeriodSeconds=x", "")))
                .isInstanceOf(Refusal.BadRequest.class);
    }
}
