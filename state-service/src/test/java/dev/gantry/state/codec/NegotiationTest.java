package dev.gantry.state.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.codec.Negotiation.Offer;
import dev.gantry.state.codec.Negotiation.Outcome;
import dev.gantry.state.codec.Negotiation.Outcome.Chosen;
import org.junit.jupiter.api.Test;

final class NegotiationTest {
    @Test
    void givesKubectlGetATable() {
        assertThat(
                        Negotiation.choose(
                                "application/json;as=Table;v=v1;g=meta.k8s.io,"
                                        + "application/json;as=Table;v=v1beta1;g=meta.k8s.io,"
                                        + "application/json",
                                Offer.OBJECTS))
                .isEqualTo(new Chosen(Encoding.JSON, Transformation.TABLE, "application/json"));
    }

    @Test
    void givesTypedGoClientsProtobuf() {
        String accept = "application/vnd.kubernetes.protobuf,application/json";
        assertThat(Negotiation.choose(accept, Offer.OBJECTS))
                .isEqualTo(
                        new Chosen(
                                Encoding.PROTOBUF,
                                Transformation.NONE,
                                "application/vnd.kubernetes.protobuf"));
        assertThat(Negotiation.choose(accept, Offer.WATCHES))
                .isEqualTo(
                        new Chosen(
                                Encoding.PROTOBUF,
                                Transformation.NONE,
                                "application/vnd.kubernetes.protobuf;stream=watch"));
    }

    @Test
    void givesMetadataClientsPartialMetadata() {
        assertThat(
                        Negotiation.choose(
                                "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;"
                                        + "g=meta.k8s.io;v=v1,application/json",
                                Offer.OBJECTS))
                .isEqualTo(
                        new Chosen(
                                Encoding.PROTOBUF,
                                Transformation.PARTIAL_METADATA_LIST,
                                "application/vnd.kubernetes.protobuf"));
    }

    @Test
    void givesKubectlAggregatedDiscovery() {
        Outcome outcome =
                Negotiation.choose(
                        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
                                + "application/json;g=apidiscovery.k8s.io;v=v2beta1;"
                                + "as=APIGroupDiscoveryList,application/json",
                        Offer.DISCOVERY);
        assertThat(outcome)
                .isEqualTo(
                        new Chosen(
                                Encoding.JSON,
                                Transformation.DISCOVERY_V2,
                                "application/json;g=apidiscovery.k8s.io;v=v2;"
                                        + "as=APIGroupDiscoveryList"));
    }

    @Test
    void prefersTheHigherQuality() {
        assertThat(
                        Negotiation.choose(
                                "application/json;q=0.5, application/yaml;q=0.9", Offer.OBJECTS))
                .isInstanceOfSatisfying(
                        Chosen.class,
                        chosen -> assertThat(chosen.encoding()).isEqualTo(Encoding.YAML));
    }

    @Test
    void passesOverUnknownTransformations() {
        assertThat(
                        Negotiation.choose(
                                "application/json;as=Chair;v=v1;g=meta.k8s.io, */*", Offer.OBJECTS))
                .isEqualTo(new Chosen(Encoding.JSON, Transformation.NONE, "application/json"));
    }

    @Test
    void refusesWhatItCannotServe() {
        assertThat(Negotiation.choose("text/html", Offer.OBJECTS))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused ->
                                assertThat(refused.why().message())
                                        .isEqualTo(
                                                "only the following media types are accepted:"
                                                        + " application/json, application/yaml,"
                                                        + " application/vnd.kubernetes.protobuf"));
    }
}
