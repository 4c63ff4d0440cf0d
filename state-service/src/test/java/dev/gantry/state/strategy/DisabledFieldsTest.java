package dev.gantry.state.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.kind.Transcript;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

class DisabledFieldsTest {
    private static final DisabledFields FIELDS =
            DisabledFields.of("spec.devices.*.attributes.*.ints", "spec.strategy");

    @Test
    void dropsFieldsInListsAndMaps() {
        ObjectNode object =
                Transcript.yaml(
                        """
                        spec:
                          strategy: none
                          devices:
                          - attributes: {a: {ints: [1], int: 1}, b: {ints: []}}
                          - name: plain
                        """);
        FIELDS.drop(object, MissingNode.getInstance());
        assertThat(object)
                .isEqualTo(
                        Transcript.yaml(
                                """
                                spec:
                                  devices:
                                  - attributes: {a: {int: 1}, b: {}}
                                  - name: plain
                                """));
    }

    @Test
    void whatAnObjectHadBeforeItMayKeepAndChange() {
        ObjectNode stored = Transcript.yaml("spec: {devices: [{attributes: {a: {ints: [1]}}}]}");
        ObjectNode updated =
                Transcript.yaml("spec: {strategy: new, devices: [{attributes: {b: {ints: [2]}}}]}");
        FIELDS.drop(updated, stored);
        assertThat(updated)
                .isEqualTo(Transcript.yaml("spec: {devices: [{attributes: {b: {ints: [2]}}}]}"));
    }

    @Test
    void aPartsFieldsLieUnderThePart() {
        ObjectNode object = Transcript.yaml("spec: {template: {spec: {strategy: x}}}");
        FIELDS.under("spec", "template").drop(object, MissingNode.getInstance());
        assertThat(object).isEqualTo(Transcript.yaml("spec: {template: {spec: {}}}"));
    }
}
